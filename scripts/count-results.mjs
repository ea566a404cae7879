import { readFileSync } from 'node:fs';

// node scripts/count-results.mjs <status of the whole> <results as vitest's JSON>…
const [status, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const file of files) {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    passed += results.numPassedTests;
    failed += results.numFailedTests;
    // A file that can't be loaded holds no test that could fail.
    failed += results.testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.length === 0,
    ).length;
  } catch {
    failed += 1;
  }
}
// A check that isn't a test (format, types, …) failed.
if (status !== '0' && failed === 0) failed = 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
