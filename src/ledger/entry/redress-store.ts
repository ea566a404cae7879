import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

/** An entry that an appeal speaks of, with the month in which it counts. */
export interface AppealedEntry {
  readonly entry_id: string;
  readonly kind: string;
  readonly month: string;
  readonly subject_kind: string;
  readonly subject_code: string;
  readonly part: string;
  readonly points_centi: number;
  readonly quantity: number;
  readonly recorded_by: string;
  readonly confirmed_by: string | null;
  /** the reversal that has taken it back already */
  readonly reversed_by: string | null;
}

export async function findAppealed(
  tx: Tx,
  cityCode: string,
  entryId: string,
): Promise<AppealedEntry | undefined> {
  const { rows } = await sql<AppealedEntry>`
    SELECT e.entry_id, e.kind, e.month, e.subject_kind, e.subject_code, e.part, e.points_centi, e.quantity,
      e.recorded_by, e.confirmed_by, r.entry_id AS reversed_by
    FROM ledger.entry e
    LEFT JOIN ledger.entry r ON r.city_code = ${cityCode} AND r.of_entry = e.entry_id AND r.kind = 'reversal'
    WHERE e.city_code = ${cityCode} AND e.entry_id = ${entryId}::uuid`.execute(tx);
  return rows[0];
}

export interface RedressRow {
  readonly entry_id: string;
  readonly month: string;
}

/**
 * Adds the reversal of an entry that an appeal takes back. Month and gate are asked in the same statement;
 * its id is that of any other reversal of the entry, so that there is one.
 */
export async function insertReversal(
  tx: Tx,
  cityCode: string,
  given: {
    entryId: string;
    month: string;
    sealings: number;
    by: string;
    confirmedBy: string;
    number: string;
    now: Date;
  },
): Promise<RedressRow | undefined> {
  const { entryId, month, by, confirmedBy, number, now } = given;
  const { rows } = await sql<RedressRow>`
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, of_entry, turn, reason, month,
      subject_kind, subject_code, part, rule, points_centi, quantity, occurred_on, fact_kind, fact_id,
      project_no, veto, scheme_hash, explanation, recorded_by, confirmed_by, recorded_at)
    SELECT ${cityCode}, left(encode(sha256(convert_to(concat_ws('|', e.fact_kind, e.fact_id, e.rule,
        'reversal', e.turn), 'UTF8')), 'hex'), 32)::uuid, 'reversal', e.chain_id, e.entry_id, e.turn,
      'appeal', p.month, e.subject_kind, e.subject_code, e.part, e.rule, -e.points_centi, e.quantity,
      e.occurred_on, e.fact_kind, e.fact_id, e.project_no, e.veto, e.scheme_hash,
      e.explanation || jsonb_build_object('appeal', ${number}::text), ${by}, ${confirmedBy},
      ${now}::timestamptz
    FROM ledger.entry e
    JOIN ledger.period p ON p.city_code = ${cityCode} AND p.month = ${month}::date AND p.state <> 'sealed'
      AND p.sealings = ${given.sealings}::int
    WHERE e.city_code = ${cityCode} AND e.entry_id = ${entryId}::uuid
    FOR SHARE OF p
    ON CONFLICT DO NOTHING RETURNING entry_id, month`.execute(tx);
  return rows[0];
}

export interface AdjustmentInput {
  readonly number: string;
  readonly month: string;
  /** how often halls of the month had been sealed when it was chosen */
  readonly sealings: number;
  readonly occurredOn: string;
  readonly subjectKind: string;
  readonly subjectCode: string;
  readonly part: string;
  readonly rule: string;
  readonly pointsCenti: number;
  readonly schemeHash: string;
  /** date and clause of the rule that lets an appeal give points back, and the line that it speaks of */
  readonly explanation: object;
  readonly by: string;
  readonly confirmedBy: string;
  readonly now: Date;
}

/** Adds the entry with which an appeal gives points back where no entry could be reversed. */
export async function insertAdjustment(
  tx: Tx,
  cityCode: string,
  given: AdjustmentInput,
): Promise<RedressRow | undefined> {
  const id = sql`left(encode(sha256(convert_to(concat_ws('|', 'appeal', ${given.number}::text,
    ${given.rule}::text, 'plain', 0), 'UTF8')), 'hex'), 32)::uuid`;
  const { rows } = await sql<RedressRow>`
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, turn, month, subject_kind, subject_code,
      part, rule, points_centi, quantity, occurred_on, fact_kind, fact_id, veto, scheme_hash, explanation,
      recorded_by, confirmed_by, recorded_at)
    SELECT ${cityCode}, ${id}, 'plain', ${id}, 0, p.month, ${given.subjectKind}, ${given.subjectCode},
      ${given.part}, ${given.rule}, ${given.pointsCenti}::int, 1, ${given.occurredOn}::date, 'appeal',
      ${given.number}, false, ${given.schemeHash}, ${JSON.stringify(given.explanation)}::jsonb, ${given.by},
      ${given.confirmedBy}, ${given.now}::timestamptz
    FROM ledger.period p
    WHERE p.city_code = ${cityCode} AND p.month = ${given.month}::date AND p.state <> 'sealed'
      AND p.sealings = ${given.sealings}::int
    FOR SHARE OF p
    ON CONFLICT DO NOTHING RETURNING entry_id, month`.execute(tx);
  return rows[0];
}
