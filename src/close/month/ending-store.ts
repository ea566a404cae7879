import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface EndingRow {
  readonly closed_at: Date;
  readonly closed_by: string;
  readonly published_at: Date | null;
  readonly published_by: string | null;
  readonly notice_until: Date | null;
  readonly sealed_at: Date | null;
  readonly sealed_by: string | null;
  readonly waived_reason: string | null;
}

/** How far the month's end has come; undefined while the month was never closed. */
export async function findEnding(
  reader: Reader,
  cityCode: string,
  month: string,
): Promise<EndingRow | undefined> {
  const { rows } = await sql<EndingRow>`
    SELECT closed_at, closed_by, published_at, published_by, notice_until, sealed_at, sealed_by, waived_reason
    FROM close.closing
    WHERE city_code = ${cityCode} AND month = ${month}::date`.execute(reader);
  return rows[0];
}

export async function notePublished(
  tx: Tx,
  cityCode: string,
  notice: { month: string; at: Date; by: string; until: Date },
): Promise<void> {
  await sql`
    UPDATE close.closing SET published_at = ${notice.at}, published_by = ${notice.by},
      notice_until = ${notice.until}
    WHERE city_code = ${cityCode} AND month = ${notice.month}::date`.execute(tx);
}

export async function noteSealed(
  tx: Tx,
  cityCode: string,
  seal: { month: string; at: Date; by: string; waivedReason: string | null },
): Promise<void> {
  await sql`
    UPDATE close.closing SET sealed_at = ${seal.at}, sealed_by = ${seal.by},
      waived_reason = ${seal.waivedReason}
    WHERE city_code = ${cityCode} AND month = ${seal.month}::date`.execute(tx);
}
