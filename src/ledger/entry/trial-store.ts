import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import { type CountingRow, type EntryRow, REDRESS_LINE } from './reading-store.ts';
import { settledFacts } from './settled-store.ts';
import { charged, entryId, given, type Posting } from './store.ts';
import { chargedTo } from './subject-store.ts';

export interface Wanted {
  readonly month: string;
  readonly sealed: boolean;
  /** whether ratings of the book are charged as the posting's attribution says */
  readonly reattributes: boolean;
}

/** A rule holds on the fact's day. */
const ON_DAY = sql`f.occurred_on >= r.from_day AND (r.until_day IS NULL OR f.occurred_on < r.until_day)`;

/**
 * What counts in a month by the posting's rules, without adding anything to the book. The facts of a month
 * that isn't sealed are valued from themselves, by the statements that post them; what the book holds for
 * the month besides (facts of earlier sealed months, appeals and what they take back) and all of a sealed
 * month is taken from the book, and valued anew.
 */
export async function findTried(reader: Reader, posting: Posting, wanted: Wanted): Promise<CountingRow[]> {
  const { rows } = await tried(posting, wanted, sql``).execute(reader);
  return rows as CountingRow[];
}

/** The same for one member of staff, each entry with what explains it. */
export async function findTriedEntries(
  reader: Reader,
  posting: Posting,
  wanted: Wanted,
): Promise<EntryRow[]> {
  const more = sql`, f.fact_kind, f.scheme_hash, f.explanation, f.recorded_by, f.confirmed_by, f.recorded_at`;
  const { rows } = await tried(posting, wanted, more).execute(reader);
  return rows as EntryRow[];
}

function tried(
  posting: Posting,
  { month, sealed, reattributes }: Wanted,
  more: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { cityCode, only, now } = posting;
  const id = entryId({ rule: sql`f.rule`, kind: sql`f.kind`, turn: sql`coalesce(o.turn + 1, 0)` });
  const value = sql`jsonb_build_object('value_from', r.value_from, 'source', r.source)`;
  return sql`
    WITH ${given(posting)}, ${settledFacts(posting)}, ${charged(posting)}, ${opened(posting, month)}, own AS (
      SELECT f.fact_kind, f.fact_id, 'plain' AS kind, r.rule, r.part, r.points_centi, r.veto,
             f.subject_kind, f.subject_code, f.quantity, f.occurred_on, f.project_no, r.scheme_hash,
             ${value} || coalesce(f.more, '{}') AS explanation, f.recorded_by, f.confirmed_by
      FROM fact f JOIN rule r ON r.rule = f.rule AND ${ON_DAY}
      WHERE NOT ${sealed}::boolean
      UNION ALL
      SELECT 'rating', f.fact_id, 'post', r.rule, r.part, r.points_centi, r.veto,
             f.subject_kind, f.subject_code, 1, f.occurred_on, f.project_no, r.scheme_hash,
             ${value} || jsonb_build_object('tags', f.tags), coalesce(f.verified_by, 'system'), f.approved_by
      FROM charged f JOIN rule r ON r.satisfaction = f.satisfaction AND ${ON_DAY}
      WHERE f.verdict = 'upheld' AND NOT ${sealed}::boolean ${chargedTo(only, 'f')}
    ), f AS (
      SELECT CASE WHEN o.closed_for IS NULL
               AND (o.subject_kind, o.subject_code) = (f.subject_kind, f.subject_code)
               THEN o.entry_id ELSE ${id} END AS entry_id,
             f.kind, NULL::uuid AS of_entry, f.subject_kind, f.subject_code, f.part, f.rule, f.points_centi,
             f.quantity, f.occurred_on, f.fact_id, f.project_no, f.veto, f.fact_kind, f.scheme_hash,
             f.explanation, f.recorded_by, f.confirmed_by,
             coalesce(o.recorded_at, ${now}::timestamptz) AS recorded_at
      FROM own f
      LEFT JOIN opened o ON o.fact_kind = f.fact_kind AND o.fact_id = f.fact_id AND o.rule = f.rule
      WHERE o.closed_for IS DISTINCT FROM 'appeal'
      UNION ALL
      SELECT f.entry_id, f.kind, f.of_entry, coalesce(b.subject_kind, f.subject_kind),
             coalesce(b.subject_code, f.subject_code), coalesce(r.part, f.part), f.rule,
             CASE WHEN r.rule IS NULL THEN f.points_centi WHEN f.kind = 'reversal' THEN -r.points_centi
               ELSE r.points_centi END, f.quantity, f.occurred_on, f.fact_id, f.project_no,
             coalesce(r.veto, f.veto), f.fact_kind, f.scheme_hash, f.explanation, f.recorded_by,
             f.confirmed_by, f.recorded_at
      FROM ledger.entry f
      LEFT JOIN rule r ON r.rule = f.rule AND ${ON_DAY}
      LEFT JOIN charged b ON ${reattributes}::boolean AND f.fact_kind = 'rating' AND b.fact_id = f.fact_id
      WHERE f.city_code = ${cityCode} AND f.month = ${month}::date
        AND f.kind IN ('plain', 'post', 'reversal')
        AND (${sealed}::boolean OR f.reason = 'appeal' OR f.fact_kind = 'appeal'
          OR f.entry_id IN (SELECT a.of_entry FROM ledger.entry a
            WHERE a.city_code = ${cityCode} AND a.month = ${month}::date AND a.reason = 'appeal')
          OR f.occurred_on < ${posting.from}::date OR f.occurred_on >= ${posting.until}::date)
        ${chargedTo(only, 'f')}
    )
    SELECT f.entry_id, f.kind, f.of_entry, f.subject_kind, f.subject_code, f.part, f.rule, f.points_centi,
           f.quantity, f.occurred_on, f.fact_id, f.project_no, f.veto, ${REDRESS_LINE} ${more}
    FROM f`;
}

/** The newest opening of each fact of the month in the book, so that what is tried bears its name. */
function opened({ cityCode, only }: Posting, month: string): RawBuilder<unknown> {
  return sql`opened AS MATERIALIZED (
      SELECT DISTINCT ON (e.fact_kind, e.fact_id, e.rule) e.fact_kind, e.fact_id, e.rule, e.kind, e.turn,
             e.subject_kind, e.subject_code, c.reason AS closed_for,
             coalesce(p.entry_id, e.entry_id) AS entry_id,
             coalesce(p.recorded_at, e.recorded_at) AS recorded_at
      FROM ledger.entry e
      LEFT JOIN ledger.entry p ON p.city_code = ${cityCode} AND p.chain_id = e.entry_id AND p.kind = 'post'
      LEFT JOIN ledger.entry c ON c.city_code = ${cityCode} AND c.chain_id = e.entry_id
        AND c.kind IN ('void', 'reversal')
      WHERE e.city_code = ${cityCode} AND e.month = ${month}::date AND e.kind IN ('plain', 'pending')
        ${chargedTo(only, 'e')}
      ORDER BY e.fact_kind, e.fact_id, e.rule, e.turn DESC
    )`;
}

/** Deductions of one member of staff that wait for a verdict, each with what explains it. */
export async function findTriedWaiting(
  reader: Reader,
  posting: Posting,
  { month, sealed }: Wanted,
): Promise<EntryRow[]> {
  const { cityCode, only, now } = posting;
  const staffNo = only?.staffNo ?? '';
  const id = entryId({ rule: sql`r.rule`, kind: sql`'pending'`, turn: sql`0` });
  const { rows } = await sql<EntryRow>`
    WITH ${given(posting)}, ${charged(posting)}, ${opened(posting, month)}
    SELECT coalesce(o.entry_id, ${id}) AS entry_id, 'pending' AS kind, NULL::uuid AS of_entry, f.subject_kind,
           f.subject_code, r.part, r.rule, r.points_centi, 1 AS quantity, f.occurred_on, f.fact_id,
           f.project_no, r.veto, f.fact_kind, r.scheme_hash,
           jsonb_build_object('value_from', r.value_from, 'source', r.source, 'tags', f.tags) AS explanation,
           'system' AS recorded_by, NULL AS confirmed_by,
           coalesce(o.recorded_at, ${now}::timestamptz) AS recorded_at
    FROM (SELECT 'rating' AS fact_kind, c.* FROM charged c) f
    JOIN rule r ON r.satisfaction = f.satisfaction AND ${ON_DAY}
    LEFT JOIN opened o ON o.fact_kind = f.fact_kind AND o.fact_id = f.fact_id AND o.rule = r.rule
    WHERE f.verdict IS NULL AND NOT ${sealed}::boolean
      AND f.subject_kind = 'staff' AND f.subject_code = ${staffNo}
    UNION ALL
    SELECT w.entry_id, w.kind, w.of_entry, w.subject_kind, w.subject_code, w.part, w.rule, w.points_centi,
           w.quantity, w.occurred_on, w.fact_id, w.project_no, w.veto, w.fact_kind, w.scheme_hash,
           w.explanation, w.recorded_by, w.confirmed_by, w.recorded_at
    FROM ledger.waiting_entry w
    WHERE w.city_code = ${cityCode} AND w.month = ${month}::date AND w.subject_kind = 'staff'
      AND w.subject_code = ${staffNo}
      AND (${sealed}::boolean OR w.occurred_on < ${posting.from}::date
        OR w.occurred_on >= ${posting.until}::date)`.execute(reader);
  return rows;
}

/** How many deductions of the month wait for a verdict by the posting's attribution, by subject. */
export async function countTriedWaiting(
  reader: Reader,
  posting: Posting,
  { month, sealed, reattributes }: Wanted,
): Promise<{ subject_kind: string; subject_code: string; waiting: number }[]> {
  const { cityCode } = posting;
  const { rows } = await sql<{ subject_kind: string; subject_code: string; waiting: number }>`
    WITH ${charged(posting)}, waiting AS (
      SELECT subject_kind, subject_code FROM charged WHERE verdict IS NULL AND NOT ${sealed}::boolean
      UNION ALL
      SELECT coalesce(b.subject_kind, w.subject_kind), coalesce(b.subject_code, w.subject_code)
      FROM ledger.waiting_entry w LEFT JOIN charged b
        ON ${reattributes}::boolean AND b.fact_id = w.fact_id
      WHERE w.city_code = ${cityCode} AND w.month = ${month}::date
        AND (${sealed}::boolean OR w.occurred_on < ${posting.from}::date
          OR w.occurred_on >= ${posting.until}::date)
    )
    SELECT subject_kind, subject_code, count(*)::int AS waiting FROM waiting
    GROUP BY subject_kind, subject_code`.execute(reader);
  return rows;
}
