import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface ArchiveRow {
  readonly month: string;
  readonly archived_at: Date;
  /** JSON */
  readonly figures: string;
  /** JSON */
  readonly handling: string;
  readonly digest: string;
  /** JSON of the line of the whole city */
  readonly total: string;
}

/** Adds the month; false where it stands already. */
export async function insertArchive(tx: Tx, cityCode: string, row: ArchiveRow): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO uses.publication_archive (city_code, month, archived_at, figures, handling, digest, total)
    VALUES (${cityCode}, ${row.month}::date, ${row.archived_at}, ${row.figures}, ${row.handling},
      ${row.digest}, ${row.total})
    ON CONFLICT DO NOTHING RETURNING month`.execute(tx);
  return rows.length > 0;
}

export async function findArchive(
  reader: Reader,
  cityCode: string,
  month: string,
): Promise<ArchiveRow | undefined> {
  const { rows } = await sql<ArchiveRow>`
    SELECT month, archived_at, figures, handling, digest, total FROM uses.publication_archive
    WHERE city_code = ${cityCode} AND month = ${month}::date`.execute(reader);
  return rows[0];
}

export type ArchiveHead = Pick<ArchiveRow, 'month' | 'archived_at' | 'total'>;

/** The archived months with their headline, the newest first. */
export async function archiveHeads(reader: Reader, cityCode: string): Promise<ArchiveHead[]> {
  const { rows } = await sql<ArchiveHead>`
    SELECT month, archived_at, total FROM uses.publication_archive
    WHERE city_code = ${cityCode} ORDER BY month DESC`.execute(reader);
  return rows;
}
