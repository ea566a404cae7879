import type pg from 'pg';

const SCHEMAS =
  "('platform','oversight','registry','intake','feedback','conduct','handling','ledger','close','uses')";

/**
 * Everything that the catalogue knows of our schemas but the month partitions, which repeat their parents.
 */
const OBJECTS = `
WITH ours AS (
  SELECT c.oid, n.nspname || '.' || quote_ident(c.relname) AS name, c.relkind, c.relacl
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ${SCHEMAS} AND NOT c.relispartition
), col AS (
  SELECT a.attrelid, string_agg('  ' || quote_ident(a.attname) || ' ' ||
    format_type(a.atttypid, a.atttypmod) ||
    CASE WHEN a.attidentity <> '' THEN ' GENERATED ALWAYS AS IDENTITY'
         WHEN a.attgenerated <> '' THEN
           ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
         WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END ||
    CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, E',\\n' ORDER BY a.attnum) AS text
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped GROUP BY a.attrelid
), con AS (
  SELECT conrelid, string_agg('  CONSTRAINT ' || quote_ident(conname) || ' ' ||
    pg_get_constraintdef(oid), E',\\n'
    ORDER BY contype DESC, conname) AS text
  FROM pg_constraint WHERE contype IN ('p', 'u', 'f', 'c', 'x') GROUP BY conrelid
)
SELECT o.name, 1 AS part, 'CREATE TABLE ' || o.name || E' (\\n' || col.text ||
  coalesce(E',\\n' || con.text, '') ||
  E'\\n)' || coalesce(' PARTITION BY ' || pg_get_partkeydef(o.oid), '') || ';' AS text
FROM ours o JOIN col ON col.attrelid = o.oid LEFT JOIN con ON con.conrelid = o.oid
WHERE o.relkind IN ('r', 'p')
UNION ALL
SELECT o.name, 2, string_agg(pg_get_indexdef(i.indexrelid) || ';', E'\\n'
  ORDER BY i.indexrelid::regclass::text)
FROM ours o JOIN pg_index i ON i.indrelid = o.oid
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) GROUP BY o.name
UNION ALL
SELECT o.name, 3, 'CREATE VIEW ' || o.name || E' AS\\n' || pg_get_viewdef(o.oid, 100)
FROM ours o WHERE o.relkind = 'v'
UNION ALL
SELECT o.name, 4, string_agg('GRANT ' || privilege_type || ' ON ' || o.name || ' TO yiping_app;', E'\\n'
  ORDER BY privilege_type)
FROM ours o CROSS JOIN LATERAL aclexplode(o.relacl) g JOIN pg_roles r ON r.oid = g.grantee
WHERE r.rolname = 'yiping_app' GROUP BY o.name
UNION ALL
SELECT o.name, 5, string_agg('COMMENT ON ' || CASE WHEN d.objsubid = 0 THEN
  CASE o.relkind WHEN 'v' THEN 'VIEW ' WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || o.name
  ELSE 'COLUMN ' || o.name || '.' || quote_ident(a.attname) END || ' IS ' ||
  quote_literal(d.description) || ';',
  E'\\n' ORDER BY d.objsubid)
FROM ours o JOIN pg_description d ON d.objoid = o.oid AND d.classoid = 'pg_class'::regclass
LEFT JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = d.objsubid GROUP BY o.name
UNION ALL
SELECT n.nspname || '.' || p.proname, 6, pg_get_functiondef(p.oid) || ';'
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ${SCHEMAS}
ORDER BY 1, 2`;

const HEAD = `-- What the migrations make, read back from the catalogue and reviewed like code. The test
-- test/arch/schema.test.ts compares it, and writes it anew with -u. Month partitions and the queue's own
-- schema are left out.
`;

/** The database's schema as text: tables with constraints, indexes, views, grants, comments, functions. */
export async function schemaText(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(OBJECTS);
  return `${HEAD}\n${rows.map((row) => row.text.trim()).join('\n\n')}\n`;
}
