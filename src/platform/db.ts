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
    options: '-c timezone=Asia/Shanghai -c jit=off',
    application_name: options.applicationName ?? 'yiping',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', (error) => options.onError?.(error));
  // A client that is checked out reports its own end: to the query that it breaks, and here.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

export function openDb(
  urls: { owner: string; app: string; read?: string | null },
  options: PoolOptions = {},
): Db {
  const owner = openPool(urls.owner, { ...options, max: 6 });
  const appPool = openPool(urls.app, options);
  const readPool = urls.read ? openPool(urls.read, options) : null;
  const app = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: appPool }) });
  const read = readPool ? new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: readPool }) }) : app;
  return {
    owner,
    app,
    appPool,
    read,
    async close() {
      await Promise.all([owner.end(), appPool.end(), readPool?.end()]);
    },
  };
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
 * Lets the planner look anew at tables that have changed much, before work over a whole month: it may have
 * been loaded a moment ago.
 */
export async function refreshStatistics(reader: Reader): Promise<void> {
  await sql`SELECT platform.refresh_statistics()`.execute(reader);
}
