import { say } from './checkout.mjs';
import { ensureInstalled } from './install.mjs';
import { runTool } from './node-24.mjs';

// Everything is run even after a failure: one look at the output then shows all there is to mend.
ensureInstalled();
const steps = [
  ['format and lint', 'biome', ['ci', '--no-errors-on-unmatched', '.']],
  ['types', 'tsc', ['--noEmit', '-p', '.']],
  ['unused files, exports and packages', 'knip', ['--no-progress']],
];
const failed = [];
for (const [what, tool, args] of steps) {
  say(`\n— ${what}`);
  if ((await runTool(tool, args)) !== 0) failed.push(what);
}
say('\n— tests');
const tests = await import('./test.mjs').then(() => process.exitCode);
if (tests !== 0) failed.push('tests');
say(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join('; ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
