import type pg from 'pg';
import { z } from 'zod';
import { sha256 } from './crypto.ts';
import type { Deps } from './deps.ts';

/** Of what the tables consist, so that both ends of a copy can be compared. */
export const manifestShape = z.object({
  format: z.literal('yiping-backup-1'),
  city: z.string(),
  /** the instant that all tables show, ISO with offset */
  at: z.string(),
  /** tells whether the secret is the same, and nothing about it */
  key: z.string(),
  /** files of db/migrations with their hashes, then the queue's own */
  migrations: z.array(z.string()),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number().int(),
      bytes: z.number().int(),
      sha256: z.string(),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestShape>;

export const MANIFEST = 'manifest.json';

/** A table with the columns that hold something of their own. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The tables that say which version the database has; they are compared and never copied. */
const VERSIONS = ['platform.migration', 'graphile_worker.migrations'];

const OURS = `n.nspname NOT IN ('information_schema', 'public') AND n.nspname NOT LIKE 'pg\\_%'`;

/** Every table of the product, each after those that it refers to. */
export async function copiedTables(client: pg.ClientBase): Promise<CopiedTable[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(`
    SELECT c.oid::regclass::text AS name,
      (SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OURS}
    ORDER BY 1`);
  const { rows: arrows } = await client.query<{ from: string; to: string }>(`
    SELECT DISTINCT k.conrelid::regclass::text AS "from", k.confrelid::regclass::text AS "to"
    FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid <> k.confrelid`);
  return inOrder(
    tables.filter(({ name }) => !VERSIONS.includes(name)),
    arrows,
  );
}

/** Each table after those it refers to. Tables that refer to each other in a circle keep their order. */
export function inOrder(
  tables: readonly CopiedTable[],
  arrows: readonly { from: string; to: string }[],
): CopiedTable[] {
  const ordered: CopiedTable[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  const place = (table: CopiedTable): void => {
    if (!left.delete(table.name)) return;
    for (const { from, to } of arrows) {
      const referred = from === table.name ? left.get(to) : undefined;
      if (referred !== undefined) place(referred);
    }
    ordered.push(table);
  };
  for (const table of tables) place(table);
  return ordered;
}

/** Which version the database has: what was applied to it, and by the queue to its own tables. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`
    SELECT name || ' ' || sha256 AS line FROM platform.migration
    UNION ALL SELECT 'queue ' || to_char(id, 'FM000000') FROM graphile_worker.migrations
    ORDER BY line`);
  return rows.map(({ line }) => line);
}

/** Where each sequence stands; one that was never used is not among them. */
export async function sequences(client: pg.ClientBase): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; value: string }>(`
    SELECT format('%I.%I', s.schemaname, s.sequencename) AS name, s.last_value AS value
    FROM pg_sequences s JOIN pg_namespace n ON n.nspname = s.schemaname
    WHERE s.last_value IS NOT NULL AND ${OURS} ORDER BY 1`);
  return rows;
}

/** The same for the same secret; nothing of the secret follows from it. */
export function keyMark({ keys }: Deps): string {
  return sha256(keys.secret('backup-mark')).toString('hex').slice(0, 32);
}
