import { sql } from 'kysely';
import type { z } from 'zod';
import type { Reader } from './db.ts';

/** What the instance noted under the name; undefined when it never did. */
export async function readMark<T>(
  reader: Reader,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const { rows } = await sql<{ value: unknown }>`
    SELECT value FROM platform.mark WHERE name = ${name}`.execute(reader);
  return rows[0] ? schema.parse(rows[0].value) : undefined;
}

/** Notes a value under the name, in place of an earlier one. */
export async function writeMark(reader: Reader, name: string, value: object, at: Date): Promise<void> {
  await sql`
    INSERT INTO platform.mark (name, value, marked_at)
    VALUES (${name}, ${JSON.stringify(value)}::jsonb, ${at})
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, marked_at = excluded.marked_at`.execute(reader);
}
