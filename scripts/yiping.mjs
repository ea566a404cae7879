import { ensureInstalled } from './install.mjs';
import { runProgram } from './node-24.mjs';

ensureInstalled();
process.exitCode = await runProgram('src/app/cli.ts', process.argv.slice(2));
