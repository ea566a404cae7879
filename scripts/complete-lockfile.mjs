// node scripts/complete-lockfile.mjs, after `npm install` from a mirror that lacks other platforms' binaries: npm then
// leaves those optional packages out of the lockfile, and `npm ci` refuses a lockfile without them. This notes them with
// the version that their parent asks for; they're never fetched on a platform that they aren't for.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './checkout.mjs';

const systems = [
  'android',
  'darwin',
  'win32',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
  'linux',
];
const processors = [
  'arm64',
  'arm',
  'x64',
  'ia32',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
];

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages } = lock;

for (const { path, name, range, dev } of missing()) {
  const [, variant = name] = name.split('/');
  const os = systems.find((system) => variant.includes(system));
  const cpu = processors.find((processor) => variant.split(/[-_.]/).includes(processor));
  if (!os && cpu !== 'wasm32') throw new Error(`${name}, wanted by ${path}, has no platform in its name`);
  packages[`node_modules/${name}`] = {
    version: range.replace(/^\D*/, ''),
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(os === 'linux' && { libc: [variant.includes('musl') ? 'musl' : 'glibc'] }),
    optional: true,
    ...(os && { os: [os] }),
  };
  say(`added ${name}`);
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

function missing() {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, range]) => ({ path, name, range, dev })),
  );
}
