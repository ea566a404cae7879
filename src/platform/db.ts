import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';

/** Nothing is known to the compiler about tables: SQL is written as text in `store.ts` files (rule R5). */
export type NoTables = Record<never, never>;
/** A transaction; the first parameter of whatever writes. */
export type Tx = Transaction<NoTables>;
/** Anything that can be read from: the application's pool, a replica's pool or a transaction. */
export type Reader = Kysely<NoTables>;

export interface Db {
  /** Owner of the tables: migrations, partitions, the queue. Never used to serve a request. */
  owner: pg.Pool;
  /** The restricted role that everything else runs as (rule R13). */
  app: Reader;
  appPool: pg.Pool;
  /** For pages and exports that may lag; the application's pool unless DATABASE_READ_URL is set. */
  read: Reader;
  /** The same for work that may take long: jobs, imports, the close of a month. */
  unhurried: Db;
  close(): Promise<void>;
}

const DATE = 1082;

/** Days stay days ('YYYY-MM-DD'): a Date would drag in a time zone. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === DATE && format !== 'binary'
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

export interface PoolOptions {
  max?: number;
  onError?: (error: Error) => void;
  applicationName?: string;
  /** After how long the application's statements are given up; without it, never. */
  statementMs?: number;
}

const PREPARED = /^\s*\/\* prepared (\w+) \*\//;

/**
 * A client that keeps the plan of a statement which begins with `/* prepared name *\/`: for the few
 * statements of the hot path, whose planning would take as long as their work. The name stands for exactly
 * one text.
 */
class PreparingClient extends pg.Client {}

const ask = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown;

// Not an override: the driver's overloads have no common type.
Object.defineProperty(PreparingClient.prototype, 'query', {
  value(this: pg.Client, ...given: unknown[]): unknown {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' ? PREPARED.exec(text)?.[1] : undefined;
    return name === undefined ? ask.apply(this, given) : ask.call(this, { name, text, values }, ...rest);
  },
});

/** A pool whose sessions stand in the hall's time zone; an idle connection's end is reported, not thrown. */
export function openPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: options.max ?? 10,
    types,
    // Compiling a plan takes longer than any of our statements gains by it.
    options: `-c timezone=Asia/Shanghai -c jit=off -c statement_timeout=${options.statementMs ?? 0}`,
    application_name: options.applicationName ?? 'yiping',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', (error) => options.onError?.(error));
  // A client that is checked out reports its own end: to the query that it breaks, and here.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

interface Urls {
  owner: string;
  app: string;
  read?: string | null;
}

/** Opens the pools; none connects before it is used. */
export function openDb(urls: Urls, options: PoolOptions = {}): Db {
  const { statementMs, ...calm } = options;
  const owner = openPool(urls.owner, { ...calm, max: 8 });
  const hurried = openSide(urls, options);
  const side = statementMs === undefined ? hurried : openSide(urls, { ...calm, max: UNHURRIED_CONNECTIONS });
  const close = async (): Promise<void> => {
    await Promise.all([owner.end(), hurried.end(), side === hurried ? undefined : side.end()]);
  };
  const dbOf = ({ app, appPool, read }: Side): Omit<Db, 'unhurried'> => ({
    owner,
    app,
    appPool,
    read,
    close,
  });
  const unhurried: Db = {
    ...dbOf(side),
    get unhurried() {
      return unhurried;
    },
  };
  return { ...dbOf(hurried), unhurried };
}

/** Facts, jobs, imports and closes at the same time: each may need two for a moment. */
const UNHURRIED_CONNECTIONS = 12;

type Side = ReturnType<typeof openSide>;

/** What the restricted role works with. */
function openSide(urls: Urls, options: PoolOptions) {
  const appPool = openPool(urls.app, options);
  const readPool = urls.read ? openPool(urls.read, options) : null;
  const app = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: appPool }) });
  const read = readPool ? new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: readPool }) }) : app;
  const end = async (): Promise<void> => {
    await Promise.all([appPool.end(), readPool?.end()]);
  };
  return { app, appPool, read, end };
}

const retryable = new Set(['40001', '40P01']);

/** The SQLSTATE of a database error, or undefined. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/**
 * Runs `work` in one transaction; a deadlock or a serialization failure is tried again, three times in all.
 */
export async function inTx<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.app.transaction().execute(work);
    } catch (error) {
      if (attempt >= 3 || !retryable.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/**
 * Reads several things as they were at one instant. The database refuses whatever would write within it.
 */
export async function inSnapshot<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const snapshot = db.read.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return await snapshot.execute(work);
}

/**
 * Lets the planner look anew at tables that have changed much, before work over a whole month: it may have
 * been loaded a moment ago.
 */
export async function refreshStatistics(reader: Reader): Promise<void> {
  await sql`SELECT platform.refresh_statistics()`.execute(reader);
}
