import type { ClientBase } from 'pg';
import { STAGES } from './layout.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  /** 'a' or 'd' for an identity, '' otherwise */
  readonly identity: string;
  readonly generated: string;
  readonly comment: string | null;
}

export interface Index {
  readonly name: string;
  readonly primary: boolean;
  readonly unique: boolean;
  /** key columns in order; null where the key is an expression */
  readonly columns: readonly (string | null)[];
}

export interface ForeignKey {
  readonly name: string;
  readonly target: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** 'n' set null, 'd' set default, 'c' cascade, 'a' no action, 'r' restrict */
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** A table as PostgreSQL's catalogue knows it; its partitions are not listed on their own. */
export interface Table {
  readonly name: string;
  readonly partitioned: boolean;
  readonly inherits: boolean;
  readonly triggers: number;
  readonly comment: string | null;
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
}

const TABLES = `
SELECT n.nspname || '.' || c.relname AS name, c.relkind = 'p' AS partitioned,
  obj_description(c.oid) AS comment,
  EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid) AS inherits,
  (SELECT count(*)::int FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal) AS triggers,
  (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'notNull', a.attnotnull, 'identity', a.attidentity, 'generated', a.attgenerated,
      'comment', col_description(c.oid, a.attnum)) ORDER BY a.attnum), '[]')
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT coalesce(json_agg(json_build_object('name', i.relname, 'primary', x.indisprimary,
      'unique', x.indisunique, 'columns', (SELECT json_agg(a.attname ORDER BY k.ord)
        FROM unnest(x.indkey::int2[]) WITH ORDINALITY k(num, ord)
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num AND k.num > 0
        WHERE k.ord <= x.indnkeyatts)) ORDER BY i.relname), '[]')
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid) AS indexes,
  (SELECT coalesce(json_agg(json_build_object('name', f.conname, 'target', tn.nspname || '.' || t.relname,
      'from', (SELECT json_agg(a.attname ORDER BY k.ord) FROM unnest(f.conkey) WITH ORDINALITY k(num, ord)
        JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num),
      'to', (SELECT json_agg(a.attname ORDER BY k.ord) FROM unnest(f.confkey) WITH ORDINALITY k(num, ord)
        JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num),
      'onDelete', f.confdeltype, 'onUpdate', f.confupdtype) ORDER BY f.conname), '[]')
    FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid
    JOIN pg_namespace tn ON tn.oid = t.relnamespace
    WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conparentid = 0) AS "foreignKeys"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY 1`;

/** Every table in the schemas of the stages. */
export async function readTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(TABLES, [STAGES.map(({ name }) => name)]);
  return rows;
}

const RIGHTS = `
SELECT n.nspname || '.' || c.relname AS name, p.privilege
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
  p(privilege)
WHERE c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass($1)) UNION SELECT to_regclass($1))
  AND (has_table_privilege($2, c.oid, p.privilege)
    OR CASE WHEN p.privilege IN ('INSERT', 'UPDATE')
       THEN has_any_column_privilege($2, c.oid, p.privilege) END)
ORDER BY 1, 2`;

/** What a role may do with a table and each of its partitions, columns counted. */
export async function rightsOn(
  client: ClientBase,
  table: string,
  role: string,
): Promise<{ name: string; privilege: string }[]> {
  const { rows } = await client.query<{ name: string; privilege: string }>(RIGHTS, [table, role]);
  return rows;
}

const LOOSE_FUNCTIONS = `
SELECT p.oid::regprocedure::text AS name
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = ANY($1) AND p.prosecdef
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search_path=%')`;

/** Functions that run with their owner's rights without saying in which schemas they look for names. */
export async function looseFunctions(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(LOOSE_FUNCTIONS, [STAGES.map(({ name }) => name)]);
  return rows.map(({ name }) => name);
}
