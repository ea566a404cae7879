import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { BenchError, say } from './line.ts';

const run = promisify(execFile);

/** Where Debian keeps the programs of its PostgreSQL versions. */
const DEBIAN = '/usr/lib/postgresql';
/** pgbench alone, unpacked from Debian's package: to install that would set up a database server. */
const UNPACKED = join(tmpdir(), 'yiping-pgbench');

/**
 * The path of pgbench; fetched from Debian's packages when it is missing and this is root.
 * @throws BenchError with the sentence that says what to install
 */
export function ensurePgbench(): string {
  const found = findPgbench();
  if (found) return found;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new BenchError(
      'The benchmark rating-submit is measured against pgbench, which is missing: ' +
        'run "sudo apt-get install postgresql-contrib" and try again.',
    );
  }
  say("Fetching pgbench from Debian's packages.");
  unpack();
  const made = findPgbench();
  if (made) return made;
  throw new BenchError(
    'pgbench could not be fetched: run "apt-get install postgresql-contrib" and try again.',
  );
}

function findPgbench(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versionsUnder(DEBIAN)];
  return [...folders, ...versionsUnder(join(UNPACKED, DEBIAN))]
    .map((folder) => join(folder, 'pgbench'))
    .find((file) => existsSync(file) && works(file));
}

function versionsUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const newestFirst = readdirSync(folder).sort((a, b) => Number(b) - Number(a));
  return newestFirst.map((version) => join(folder, version, 'bin'));
}

function works(file: string): boolean {
  return spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function unpack(): void {
  rmSync(UNPACKED, { recursive: true, force: true });
  mkdirSync(UNPACKED, { recursive: true });
  apt(['update', '-q']);
  apt(['install', '-y', '--no-install-recommends', 'libpq5']);
  const server = serverPackage();
  apt(['download', server]);
  const file = readdirSync(UNPACKED).find((name) => name.startsWith(`${server}_`) && name.endsWith('.deb'));
  if (file) spawnSync('dpkg-deb', ['-x', file, '.'], { cwd: UNPACKED, stdio: ['ignore', 'ignore', 2] });
}

/** The version that this Debian brings, such as postgresql-15. */
function serverPackage(): string {
  const { stdout } = spawnSync('apt-cache', ['depends', 'postgresql'], { encoding: 'utf8' });
  return /postgresql-\d+/.exec(stdout ?? '')?.[0] ?? 'postgresql-15';
}

function apt(args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Packages come down as an account of apt's own, which need not be able to write here.
  const options = ['-o', 'APT::Sandbox::User=root', ...args];
  spawnSync('apt-get', options, { cwd: UNPACKED, env, stdio: ['ignore', 'ignore', 2] });
}

/**
 * Runs one statement over and over and answers transactions a second; what opening connections takes is left
 * out.
 */
export async function pgbench(options: {
  program: string;
  url: string;
  statement: string;
  clients: number;
  seconds: number;
  dir: string;
}): Promise<number> {
  const { program, url, clients, seconds, dir } = options;
  const script = join(dir, 'statement.sql');
  writeFileSync(script, `${options.statement.replace(/\s+/g, ' ').trim()};\n`);
  const threads = Math.min(clients, 2);
  const times = ['-T', String(seconds), '-c', String(clients), '-j', String(threads)];
  const address = new URL(url);
  // The password stays out of the list of processes.
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(address.password) };
  address.password = '';
  const args = ['-n', '-M', 'prepared', ...times, '-f', script, address.href];
  const { stdout, stderr } = await run(program, args, { env });
  const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (tps === undefined) throw new BenchError(`pgbench said: ${(stderr || stdout).split('\n')[0]}`);
  return Number(tps);
}
