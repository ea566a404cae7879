import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import type { EntryRow } from './reading-store.ts';
import { settledFacts } from './settled-store.ts';
import { charged, entryId, given, type Posting } from './store.ts';
import { chargedTo } from './subject-store.ts';

const ON_DAY = sql`f.occurred_on >= r.from_day AND (r.until_day IS NULL OR f.occurred_on < r.until_day)`;
const VALUE = sql`jsonb_build_object('value_from', r.value_from, 'source', r.source)`;

function openingOf(kind: RawBuilder<unknown>): RawBuilder<unknown> {
  const id = entryId({ rule: sql`r.rule`, kind, turn: sql`0` });
  return sql`${id} AS entry_id, ${kind} AS kind, NULL::uuid AS of_entry, f.subject_kind, f.subject_code,
    r.part, r.rule, r.points_centi, f.occurred_on, f.fact_id, f.project_no, r.veto, f.fact_kind,
    r.scheme_hash`;
}

/** Those of the sealed months that have ratings of a batch after the last one that they count. */
export async function findLateRated(
  reader: Reader,
  cityCode: string,
  sealed: readonly { readonly month: string; readonly batch: string }[],
): Promise<string[]> {
  if (sealed.length === 0) return [];
  const each = sealed.map(
    ({ month, batch }) => sql`SELECT ${month}::date AS month WHERE EXISTS (
      SELECT FROM feedback.first_rating r WHERE r.city_code = ${cityCode}
        AND r.service_month = ${month}::date AND r.batch_id > ${batch}::bigint)`,
  );
  const { rows } = await sql<{ month: string }>`${sql.join(each, sql` UNION ALL `)}`.execute(reader);
  return rows.map(({ month }) => month);
}

/** Settled facts of the posting's months that the book has no entry of, as a posting would add them. */
export async function findUnposted(reader: Reader, posting: Posting): Promise<EntryRow[]> {
  const { cityCode, now } = posting;
  const { rows } = await sql<EntryRow>`
    WITH ${given(posting)}, ${settledFacts(posting)}
    SELECT ${openingOf(sql`'plain'`)}, f.quantity, ${VALUE} || coalesce(f.more, '{}') AS explanation,
           f.recorded_by, f.confirmed_by, ${now}::timestamptz AS recorded_at
    FROM fact f JOIN rule r ON r.rule = f.rule AND ${ON_DAY}
    LEFT JOIN ledger.entry e ON e.city_code = ${cityCode} AND e.fact_kind = f.fact_kind
      AND e.fact_id = f.fact_id AND e.kind = 'plain'
    WHERE e.entry_id IS NULL`.execute(reader);
  return rows;
}

/** The same of bad ratings: those that are upheld as posted, those without a verdict as pending. */
export async function findUnpostedRatings(reader: Reader, posting: Posting): Promise<EntryRow[]> {
  const { cityCode, only, now } = posting;
  const kind = sql`CASE WHEN f.verdict = 'upheld' THEN 'post' ELSE 'pending' END`;
  const { rows } = await sql<EntryRow>`
    WITH ${given(posting)}, ${charged(posting)}
    SELECT ${openingOf(kind)}, 1 AS quantity, ${VALUE} || jsonb_build_object('tags', f.tags) AS explanation,
           coalesce(f.verified_by, 'system') AS recorded_by, f.approved_by AS confirmed_by,
           ${now}::timestamptz AS recorded_at
    FROM (SELECT 'rating' AS fact_kind, c.* FROM charged c) f
    JOIN rule r ON r.satisfaction = f.satisfaction AND ${ON_DAY}
    LEFT JOIN ledger.entry e ON e.city_code = ${cityCode} AND e.fact_kind = 'rating'
      AND e.fact_id = f.fact_id AND e.kind = 'pending'
    WHERE e.entry_id IS NULL AND (f.verdict IS NULL OR f.verdict = 'upheld')
      ${chargedTo(only, 'f')}`.execute(reader);
  return rows;
}
