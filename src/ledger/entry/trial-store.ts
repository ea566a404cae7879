import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import { type CountingRow, charged, entryId, given, type Posting, settledFacts } from './store.ts';

/**
 * What counts in a month by the posting's rules, without adding anything to the book. The facts of a month
 * that isn't sealed are valued from themselves, by the statements that post them; what the book holds for
 * the month besides (facts of earlier sealed months, appeals) and all of a sealed month is taken from the
 * book, and valued anew.
 */
export async function findTried(
  reader: Reader,
  posting: Posting,
  { month, sealed }: { month: string; sealed: boolean },
): Promise<CountingRow[]> {
  const { cityCode } = posting;
  const id = entryId({ rule: sql`r.rule`, kind: sql`f.kind`, turn: sql`0` });
  const onDay = sql`f.occurred_on >= r.from_day AND (r.until_day IS NULL OR f.occurred_on < r.until_day)`;
  const { rows } = await sql<CountingRow>`
    WITH ${given(posting)}, ${settledFacts(posting)}, ${charged(posting)}, opened AS MATERIALIZED (
      SELECT DISTINCT ON (e.fact_kind, e.fact_id, e.rule) e.fact_kind, e.fact_id, e.rule, e.kind,
             coalesce(p.entry_id, e.entry_id) AS entry_id
      FROM ledger.entry e
      LEFT JOIN ledger.entry p ON p.city_code = ${cityCode} AND p.chain_id = e.entry_id AND p.kind = 'post'
      WHERE e.city_code = ${cityCode} AND e.month = ${month}::date AND e.kind IN ('plain', 'pending')
      ORDER BY e.fact_kind, e.fact_id, e.rule, e.turn DESC
    ), own AS (
      SELECT f.fact_kind, f.fact_id, 'plain' AS kind, r.rule, r.part, r.points_centi, r.veto,
             f.subject_kind, f.subject_code, f.quantity, f.occurred_on, f.project_no
      FROM fact f JOIN rule r ON r.rule = f.rule AND ${onDay}
      WHERE NOT ${sealed}::boolean
      UNION ALL
      SELECT 'rating', f.fact_id, 'post', r.rule, r.part, r.points_centi, r.veto,
             f.subject_kind, f.subject_code, 1, f.occurred_on, f.project_no
      FROM charged f JOIN rule r ON r.satisfaction = f.satisfaction AND ${onDay}
      WHERE f.verdict = 'upheld' AND NOT ${sealed}::boolean
    )
    SELECT coalesce(o.entry_id, ${id}) AS entry_id, f.kind, NULL AS of_entry, f.subject_kind, f.subject_code,
           f.part, f.rule, f.points_centi, f.quantity, f.occurred_on, f.fact_id, f.project_no, f.veto
    FROM own f
    CROSS JOIN LATERAL (SELECT f.rule) r
    LEFT JOIN opened o ON o.fact_kind = f.fact_kind AND o.fact_id = f.fact_id AND o.rule = f.rule
    UNION ALL
    SELECT f.entry_id, f.kind, f.of_entry, coalesce(b.subject_kind, f.subject_kind),
           coalesce(b.subject_code, f.subject_code), coalesce(r.part, f.part), f.rule,
           CASE WHEN r.rule IS NULL THEN f.points_centi WHEN f.kind = 'reversal' THEN -r.points_centi
             ELSE r.points_centi END, f.quantity, f.occurred_on, f.fact_id, f.project_no,
           coalesce(r.veto, f.veto)
    FROM ledger.entry f
    LEFT JOIN rule r ON r.rule = f.rule AND ${onDay}
    LEFT JOIN charged b ON f.fact_kind = 'rating' AND b.fact_id = f.fact_id
    WHERE f.city_code = ${cityCode} AND f.month = ${month}::date AND f.kind IN ('plain', 'post', 'reversal')
      AND (${sealed}::boolean OR f.reason = 'appeal' OR f.fact_kind = 'appeal'
        OR f.occurred_on < ${posting.from}::date OR f.occurred_on >= ${posting.until}::date)`.execute(reader);
  return rows;
}

/** How many deductions of the month wait for a verdict by the posting's attribution, by subject. */
export async function countTriedWaiting(
  reader: Reader,
  posting: Posting,
  { month, sealed }: { month: string; sealed: boolean },
): Promise<{ subject_kind: string; subject_code: string; waiting: number }[]> {
  const { cityCode } = posting;
  const { rows } = await sql<{ subject_kind: string; subject_code: string; waiting: number }>`
    WITH ${charged(posting)}, waiting AS (
      SELECT subject_kind, subject_code FROM charged WHERE verdict IS NULL AND NOT ${sealed}::boolean
      UNION ALL
      SELECT coalesce(b.subject_kind, w.subject_kind), coalesce(b.subject_code, w.subject_code)
      FROM ledger.waiting_entry w LEFT JOIN charged b ON b.fact_id = w.fact_id
      WHERE w.city_code = ${cityCode} AND w.month = ${month}::date
        AND (${sealed}::boolean OR w.occurred_on < ${posting.from}::date
          OR w.occurred_on >= ${posting.until}::date)
    )
    SELECT subject_kind, subject_code, count(*)::int AS waiting FROM waiting
    GROUP BY subject_kind, subject_code`.execute(reader);
  return rows;
}
