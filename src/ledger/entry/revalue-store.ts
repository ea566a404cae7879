import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import { CHARGED, gateOf, throughGate } from './gate-store.ts';
import { entryId, given, type Posting } from './store.ts';

/**
 * Charges anew what the scheme gives another value by now than when it was charged: the old entry is taken
 * back (void where it waited for a verdict, else reversed) and the next turn of it stands with the value,
 * all in one statement. A sealed month keeps what it has.
 *
 * @returns how many entries were added
 */
export async function insertRevalued(tx: Tx, posting: Posting): Promise<number> {
  const { cityCode, months, now } = posting;
  const id = entryId({ rule: sql`f.rule`, kind: sql`f.kind`, turn: sql`f.turn` });
  const result = await sql`
    WITH ${given(posting)}, stale AS MATERIALIZED (
      SELECT o.*, p.entry_id AS post_id, r.part AS new_part, r.points_centi AS new_points, r.veto AS new_veto,
             r.scheme_hash AS new_hash,
             o.explanation || jsonb_build_object('value_from', r.value_from, 'source', r.source) AS new_words
      FROM ledger.entry o
      JOIN rule r ON r.rule = o.rule AND o.occurred_on >= r.from_day
        AND (r.until_day IS NULL OR o.occurred_on < r.until_day)
      ${gateOf(posting, sql`o.month`, CHARGED.o)} AND g.month = o.month
      LEFT JOIN ledger.entry p ON p.city_code = ${cityCode} AND p.chain_id = o.entry_id AND p.kind = 'post'
      LEFT JOIN ledger.entry c ON c.city_code = ${cityCode} AND c.chain_id = o.entry_id
        AND c.kind IN ('void', 'reversal')
      WHERE o.city_code = ${cityCode} AND o.month = ANY(${[...months]}::date[])
        AND o.kind IN ('plain', 'pending') AND c.entry_id IS NULL
        AND (o.part, o.points_centi, o.veto) IS DISTINCT FROM (r.part, r.points_centi, r.veto)
    ), f AS (
      SELECT CASE WHEN kind = 'pending' AND post_id IS NULL THEN 'void' ELSE 'reversal' END AS kind,
             entry_id AS chain_id, coalesce(post_id, entry_id) AS of_entry, turn, 'revalued' AS reason, month,
             subject_kind, subject_code, part, rule, -points_centi AS points_centi, quantity, occurred_on,
             fact_kind, fact_id, project_no, veto, scheme_hash, explanation, 'system' AS recorded_by,
             NULL AS confirmed_by
      FROM stale
      UNION ALL
      SELECT kind, NULL, NULL, turn + 1, NULL, month, subject_kind, subject_code, new_part, rule, new_points,
             quantity, occurred_on, fact_kind, fact_id, project_no, new_veto, new_hash, new_words,
             recorded_by, confirmed_by
      FROM stale
    )
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, of_entry, turn, reason, month,
      subject_kind, subject_code, part, rule, points_centi, quantity, occurred_on, fact_kind, fact_id,
      project_no, veto, scheme_hash, explanation, recorded_by, confirmed_by, recorded_at)
    SELECT ${cityCode}, ${id}, f.kind, coalesce(f.chain_id, ${id}), f.of_entry, f.turn, f.reason, p.month,
           f.subject_kind, f.subject_code, f.part, f.rule, f.points_centi, f.quantity, f.occurred_on,
           f.fact_kind, f.fact_id, f.project_no, f.veto, f.scheme_hash, f.explanation, f.recorded_by,
           f.confirmed_by, ${now}::timestamptz
    FROM f ${throughGate(posting, sql`f.month`, CHARGED.f)} AND p.month = f.month
    FOR SHARE OF p
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
