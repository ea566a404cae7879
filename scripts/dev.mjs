import { ensureInstalled } from './install.mjs';
import { runProgram, runTool } from './node-24.mjs';

// The server restarts when one of its files changes; the administration is rebuilt when one of its own does.
ensureInstalled();
const options = ['build', '--watch', '--logLevel', 'warn', '--mode', 'development'];
void runTool('vite', [...options, '--minify', 'false', 'web/admin']);
process.exitCode = await runProgram('src/app/main.ts', process.argv.slice(2), [
  '--watch',
  '--watch-preserve-output',
]);
process.exit();
