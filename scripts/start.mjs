import { ensureInstalled } from './install.mjs';
import { runProgram } from './node-24.mjs';
import { ensureWebBuilt } from './web-build.mjs';

ensureInstalled();
await ensureWebBuilt();
// The server shares its machine with the database. On a big machine garbage would be left lying until the
// heap is several times what is used; collecting it from 80 MB on costs no speed worth naming.
const memory = ['--max-semi-space-size=16', '--initial-old-space-size=80', '--heap-growing-percent=40'];
process.exitCode = await runProgram('src/app/main.ts', process.argv.slice(2), memory);
