import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completed, type Lockfile } from './lockfile.ts';

const file = new URL('../package-lock.json', import.meta.url);
const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;

test('the lockfile names no registry, so that closed networks can use their own', () => {
  expect(Object.entries(lockfile.packages).filter(([, locked]) => locked.resolved)).toEqual([]);
});

test('the lockfile is complete for all platforms: else run scripts/complete-lockfile.ts', () => {
  expect(completed(lockfile).added).toEqual([]);
});

test('a package of another version is noted beside the parent that wants it', () => {
  const parent = { version: '2.0.0', optionalDependencies: { '@x/y-darwin-arm64': '2.0.0' } };
  const packages = {
    'node_modules/@x/y-darwin-arm64': { version: '1.0.0' },
    'node_modules/a/node_modules/y': parent,
  };
  const { added, lockfile: after } = completed({ packages });
  expect(added).toEqual(['node_modules/a/node_modules/@x/y-darwin-arm64']);
  expect(after.packages[added[0] ?? '']).toEqual({
    version: '2.0.0',
    cpu: ['arm64'],
    optional: true,
    os: ['darwin'],
  });
});
