import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { checkoutDir } from './config.ts';
import { sha256 } from './crypto.ts';
import { openPool } from './db.ts';

const LOCK = 7_370_800;

/** The database can't be migrated; the message is the sentence that the operator reads. */
export class MigrationError extends Error {}

export interface AppRole {
  user: string;
  password: string;
  /** Whether the password may be (re)set, because it is ours and not the operator's. */
  managed: boolean;
}

/** The restricted role of a database: the one of DATABASE_APP_URL, or one named after the database. */
export function appRoleOf(
  ownerUrl: string,
  appUrl: string | null,
  password: string,
): AppRole & { url: string } {
  if (appUrl) {
    const url = new URL(appUrl);
    return {
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      managed: false,
      url: appUrl,
    };
  }
  const url = new URL(ownerUrl);
  const user = `${decodeURIComponent(url.pathname.slice(1)) || 'yiping'}_login`;
  url.username = encodeURIComponent(user);
  url.password = password;
  return { user, password, managed: true, url: url.href };
}

/**
 * Brings the database to the newest schema: the queue's own tables, then each file of db/migrations once,
 * in order. Several processes may call it at the same time; one works, the others wait. Answers the files
 * applied.
 * @throws MigrationError when an applied file was changed or the owner lacks a right.
 */
export async function migrate(ownerUrl: string, role: AppRole, now: Date): Promise<string[]> {
  const pool = openPool(ownerUrl, { max: 2, applicationName: 'yiping migrate' });
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await runMigrations({ pgPool: pool });
    await refuseMightyRole(client, role);
    await ensureRoles(client, role);
    const applied = await applyFiles(client);
    await refuseWritersOfTheBook(client, role);
    await ensurePartitions(client, now);
    return applied;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    client.release();
    await pool.end();
  }
}

/** Every migration that the code brings has been applied: part of `/readyz`. */
export async function pendingMigrations(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM platform.migration');
  const done = new Set(rows.map((row) => row.name));
  return (await migrationFiles()).filter((name) => !done.has(name));
}

async function migrationFiles(): Promise<string[]> {
  const names = await readdir(join(checkoutDir, 'db/migrations'));
  return names.filter((name) => name.endsWith('.sql')).sort();
}

async function applyFiles(client: pg.PoolClient): Promise<string[]> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS platform;
    CREATE TABLE IF NOT EXISTS platform.migration (
      name text PRIMARY KEY,
      sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    );`);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM platform.migration',
  );
  const known = new Map(rows.map((row) => [row.name, row.sha256]));
  const applied: string[] = [];
  for (const name of await migrationFiles()) {
    const text = await readFile(join(checkoutDir, 'db/migrations', name), 'utf8');
    const hash = sha256(text).toString('hex');
    const before = known.get(name);
    if (before === hash) continue;
    if (before !== undefined) {
      throw new MigrationError(
        `The migration ${name} was changed after it had been applied to this database: ` +
          'go back to the released file, or start with a new database.',
      );
    }
    await applyFile(client, name, text, hash);
    applied.push(name);
  }
  return applied;
}

async function applyFile(client: pg.PoolClient, name: string, text: string, hash: string): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(text);
    await client.query('INSERT INTO platform.migration (name, sha256) VALUES ($1, $2)', [name, hash]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new MigrationError(
      `The migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Tables that are only ever added to (rule R13). */
const BOOK = ['ledger.entry', 'oversight.audit', 'feedback.rating'];

/**
 * The application must not be able to rewrite the book, whatever happens to it.
 * @throws MigrationError when its role is a superuser, the owner, or a member of the owner
 */
async function refuseMightyRole(client: pg.PoolClient, role: AppRole): Promise<void> {
  const { rows } = await client.query<{ mighty: boolean }>(
    `SELECT rolsuper OR rolname = current_user OR pg_has_role(oid, current_user::regrole, 'MEMBER') AS mighty
     FROM pg_roles WHERE rolname = $1`,
    [role.user],
  );
  if (rows[0]?.mighty) throw tooMighty(role);
}

/** @throws MigrationError when somebody has granted the role more than to read and to add */
async function refuseWritersOfTheBook(client: pg.PoolClient, role: AppRole): Promise<void> {
  const { rows } = await client.query<{ mighty: boolean }>(
    `SELECT bool_or(has_table_privilege($1, name, 'UPDATE') OR has_table_privilege($1, name, 'DELETE')
       OR has_table_privilege($1, name, 'TRUNCATE')) AS mighty FROM unnest($2::text[]) AS book(name)`,
    [role.user, BOOK],
  );
  if (rows[0]?.mighty) throw tooMighty(role);
}

function tooMighty({ user }: AppRole): MigrationError {
  return new MigrationError(
    `The role ${user} of DATABASE_APP_URL could rewrite the score book: give it a role that is neither ` +
      'superuser nor owner of the tables, or leave DATABASE_APP_URL unset and one is made.',
  );
}

/** `yiping_app` carries the grants and can't sign in; the login role inherits them. */
async function ensureRoles(client: pg.PoolClient, role: AppRole): Promise<void> {
  try {
    if (!(await roleExists(client, 'yiping_app'))) await client.query('CREATE ROLE yiping_app NOLOGIN');
    const name = pg.escapeIdentifier(role.user);
    const password = pg.escapeLiteral(role.password);
    if (!(await roleExists(client, role.user)))
      await client.query(`CREATE ROLE ${name} LOGIN PASSWORD ${password}`);
    else if (role.managed) await client.query(`ALTER ROLE ${name} PASSWORD ${password}`);
    const member = await client.query("SELECT pg_has_role($1, 'yiping_app', 'MEMBER') AS member", [
      role.user,
    ]);
    if (!member.rows[0]?.member) await client.query(`GRANT yiping_app TO ${name}`);
  } catch (error) {
    // Two databases of one cluster may migrate at once; the role that the other one made is as good as ours.
    if (error instanceof Error && /already exists|concurrently updated/.test(error.message))
      return ensureRoles(client, role);
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(
      `The restricted role ${role.user} can't be prepared (${reason}): give the owner CREATEROLE, or ` +
        'create the roles yiping_app (NOLOGIN) and a member of it and set DATABASE_APP_URL.',
    );
  }
}

async function roleExists(client: pg.PoolClient, name: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  return (rowCount ?? 0) > 0;
}

/** Monthly partitions from 2024 to thirteen months ahead; earlier months share one partition. */
export async function ensurePartitions(client: pg.ClientBase | pg.Pool, now: Date): Promise<void> {
  await client.query(
    "SELECT platform.ensure_month_partitions(($1::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)",
    [now],
  );
}
