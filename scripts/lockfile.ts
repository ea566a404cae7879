import { dirname } from 'node:path/posix';

export interface Locked {
  version?: string;
  resolved?: string;
  dev?: true;
  optional?: true;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lockfile {
  packages: Record<string, Locked>;
}

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

/**
 * The lockfile with every optional package that its packages name. From a mirror that lacks other
 * platforms' binaries npm leaves them out, and `npm ci` then refuses the lockfile. They're noted with the
 * version that is asked for; npm never fetches them on a platform that they aren't for.
 */
export function completed(lockfile: Lockfile): { lockfile: Lockfile; added: string[] } {
  const packages = { ...lockfile.packages };
  const added: string[] = [];
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lockfile.packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const places = placesFor(name, parent);
      const found = places.find((place) => packages[place]);
      if (found && satisfies(packages[found]?.version ?? '', range)) continue;
      const free = places.findLast((place) => !packages[place]) ?? '';
      packages[free] = entry(name, range, dev);
      added.push(free);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { lockfile: { ...lockfile, packages: Object.fromEntries(sorted) }, added };
}

/** Where Node looks for `name` from within `parent`, nearest first. */
function placesFor(name: string, parent: string): string[] {
  const places: string[] = [];
  for (let at = parent; ; at = dirname(at)) {
    if (at === '.' || at === '') return [...places, `node_modules/${name}`];
    if (!at.endsWith('node_modules') && !/node_modules\/@[^/]+$/.test(at))
      places.push(`${at}/node_modules/${name}`);
  }
}

/** Platform packages are asked for by exact version; what a range found was npm's own choice. */
function satisfies(version: string, range: string): boolean {
  return /^\d/.test(range) ? version === range : true;
}

function entry(name: string, range: string, dev: true | undefined): Locked {
  const variant = name.split('/').at(-1) ?? name;
  const os = systems.find((system) => variant.includes(system));
  const cpu = processors.find((processor) => variant.split(/[-_.]/).includes(processor));
  if (!os && cpu !== 'wasm32') throw new Error(`The optional package ${name} has no platform in its name.`);
  return {
    version: range.replace(/^\D*/, ''),
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(os === 'linux' &&
      /musl|gnu/.test(variant) && { libc: [variant.includes('musl') ? 'musl' : 'glibc'] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
