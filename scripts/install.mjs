// Runs on the system's Node with nothing installed: no imports from packages in this folder.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './checkout.mjs';

/** Installs the packages of the lockfile when they're missing or other ones. */
export function ensureInstalled() {
  if (isInstalled()) return;
  say('Installing packages, which takes a minute or two the first time.');
  // No package may run a program while it's being installed. Devices with NODE_ENV=production need the
  // build tools too.
  const options = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ];
  const npm = spawnSync('npm', [...options, '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 'pipe'],
    encoding: 'utf8',
  });
  if (npm.status === 0 && isInstalled()) return;
  // What npm adds after its reasons is its manual.
  process.stderr.write((npm.stderr ?? '').replace(/^npm error Clean install a project$.*/ms, ''));
  if (npm.signal) process.kill(process.pid, npm.signal);
  say(
    `The packages can't be installed (${npm.error?.message ?? `npm ci ended with ${npm.status}`}): ` +
      'see the lines above.',
  );
  process.exit(1);
}

/** npm notes what it has installed; each package that the lockfile names must be there in that version. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const installed = present[path];
    // Optional packages of other platforms stay away.
    return installed ? installed.version === version : optional === true;
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
