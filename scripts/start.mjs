import { ensureInstalled } from './install.mjs';
import { runProgram } from './node-24.mjs';
import { ensureWebBuilt } from './web-build.mjs';

ensureInstalled();
await ensureWebBuilt();
process.exitCode = await runProgram('src/app/main.ts', process.argv.slice(2));
