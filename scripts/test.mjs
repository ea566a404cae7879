import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { root } from './checkout.mjs';
import { ensureInstalled } from './install.mjs';
import { environment, runTool } from './node-24.mjs';
import { ensureWebBuilt } from './web-build.mjs';

// npm test [-- --database | files and options of vitest]. TEST_RESULTS names a file for the results as JSON.
const given = process.argv.slice(2);
const onlyDatabase = given.includes('--database');
const args = onlyDatabase ? databaseTests() : given;
const everything = args.every((arg) => arg.startsWith('-'));

ensureInstalled();
if (everything || args.some((arg) => arg.includes('browser'))) ensureBrowser();
if (everything || !onlyDatabase) await ensureWebBuilt();
const results = process.env.TEST_RESULTS;
const reporters = results ? ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`] : [];
process.exitCode = await runTool('vitest', ['run', ...reporters, ...args], {
  env: environment({ NODE_ENV: 'test' }),
});

/**
 * What depends on the version of PostgreSQL: the tests that clone a database, without those that drive a
 * browser.
 */
function databaseTests() {
  return ['src', 'db', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => `${folder}/${name}`)
      .filter((name) => name.endsWith('.test.ts') && !name.startsWith('test/browser/'))
      .filter((name) => readFileSync(join(root, name), 'utf8').includes('testDb(')),
  );
}
