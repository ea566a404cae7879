import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import type { RuleValue } from './rule-values.ts';
import { overruns } from './settled-store.ts';
import { type Charging, charged, entryId } from './store.ts';

/** What stands in the book otherwise than facts and schemes say. */
export interface BookDifference {
  readonly code:
    | 'book.no_rule'
    | 'book.value'
    | 'book.id'
    | 'book.no_fact'
    | 'book.fact'
    | 'book.missing'
    | 'book.step'
    | 'book.step_missing';
  readonly month: string;
  readonly entry_id: string | null;
  readonly fact_kind: string;
  readonly fact_id: string;
  readonly subject_kind: string;
  readonly subject_code: string;
  /** what facts and schemes say, and what the book says */
  readonly expected: string | null;
  readonly found: string | null;
}

/** A month that was closed, and until when its facts were posted at that close. */
export interface ClosedUntil {
  readonly month: string;
  readonly at: string;
}

type Fragment = RawBuilder<unknown>;

const ABOUT = sql`e.month, e.entry_id, e.fact_kind, e.fact_id, e.subject_kind, e.subject_code`;
const UNIT = sql`chr(31)`;

/** The values of stored schemes as rows. */
function valuesOf(rules: readonly RuleValue[]): Fragment {
  return sql`
    rule AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) AS x(rule text,
      part text, satisfaction smallint, veto boolean, from_day date, until_day date, points_centi int,
      value_from date, source text, scheme_hash text))`;
}

/**
 * Openings whose value isn't that of their scheme on their day, and entries whose id doesn't follow from
 * fact, rule, kind and turn.
 */
export async function findWrongValues(
  reader: Reader,
  cityCode: string,
  rules: readonly RuleValue[],
): Promise<BookDifference[]> {
  const opening = sql`e.city_code = ${cityCode} AND e.kind IN ('plain', 'pending')
    AND e.fact_kind IN ('finding', 'merit', 'complaint', 'rating', 'record', 'order')`;
  const id = entryId({ rule: sql`f.rule`, kind: sql`f.kind`, turn: sql`f.turn` });
  const { rows } = await sql<BookDifference>`
    WITH ${valuesOf(rules)}
    SELECT CASE WHEN r.rule IS NULL THEN 'book.no_rule' ELSE 'book.value' END AS code, ${ABOUT},
           concat_ws(' ', r.rule, r.part, r.points_centi, r.veto, r.value_from) AS expected,
           concat_ws(' ', e.rule, e.part, e.points_centi, e.veto, e.explanation ->> 'value_from') AS found
    FROM ledger.entry e
    LEFT JOIN rule r ON r.scheme_hash = e.scheme_hash AND r.rule = e.rule AND e.occurred_on >= r.from_day
      AND (r.until_day IS NULL OR e.occurred_on < r.until_day)
    WHERE ${opening} AND (r.rule IS NULL
      OR (e.points_centi, e.part, e.veto) IS DISTINCT FROM (r.points_centi, r.part, r.veto)
      OR e.explanation ->> 'value_from' IS DISTINCT FROM r.value_from::text
      OR e.explanation ->> 'source' IS DISTINCT FROM r.source)
    UNION ALL
    SELECT 'book.id', ${ABOUT}, x.id::text, e.entry_id::text
    FROM ledger.entry e
    CROSS JOIN LATERAL (SELECT ${id} AS id FROM (SELECT e.fact_kind, e.fact_id, e.rule, e.kind, e.turn) f) x
    WHERE ${opening} AND e.entry_id <> x.id`.execute(reader);
  return rows;
}

/** Every settled fact with what its entry has to say of it, and since when it was there to be posted. */
function settled(cityCode: string): Fragment {
  return sql`
    fact AS MATERIALIZED (
      SELECT 'finding' AS fact_kind, f.finding_id AS fact_id, f.rule, f.subject_kind, f.subject_code,
             f.quantity, f.occurred_on, f.project_no, greatest(f.recorded_at, f.confirmed_at) AS since
      FROM conduct.confirmed_finding f WHERE f.city_code = ${cityCode}
      UNION ALL
      SELECT 'merit', m.merit_id, m.rule, 'staff', m.staff_no, m.quantity, m.occurred_on, NULL,
             greatest(m.recorded_at, m.confirmed_at)
      FROM conduct.confirmed_merit m WHERE m.city_code = ${cityCode}
      UNION ALL
      SELECT 'complaint', c.complaint_id, c.rule, c.subject_kind, c.subject_code, 1,
             (c.received_at AT TIME ZONE 'Asia/Shanghai')::date, c.project_no,
             greatest(c.recorded_at, c.decided_at)
      FROM feedback.at_fault_complaint c WHERE c.city_code = ${cityCode}
      UNION ALL
      SELECT 'record', o.project_no, 'case.over_promise', o.subject_kind, o.subject_code, 1, o.occurred_on,
             o.project_no, o.since
      FROM (${overruns(cityCode)}) o
      UNION ALL
      SELECT 'order', c.charge_id, c.rule, c.subject_kind, c.subject_code, 1, c.occurred_on, c.project_no,
             c.recorded_at
      FROM handling.v_order_charge c WHERE c.city_code = ${cityCode}
    )`;
}

/**
 * Settled facts against their newest opening: entries without a fact, entries that tell the fact otherwise,
 * and facts that the close of their month has passed over. Records may be put right: what was taken back is
 * told by the next turn, and a change after the last close is taken up by the next.
 */
export async function findWrongFacts(
  reader: Reader,
  cityCode: string,
  given: { rules: readonly RuleValue[]; closed: readonly ClosedUntil[] },
): Promise<BookDifference[]> {
  const said = (of: Fragment): Fragment => sql`concat_ws(${UNIT}, ${of}.rule, ${of}.subject_kind,
    ${of}.subject_code, ${of}.quantity, ${of}.occurred_on::text, ${of}.project_no)`;
  const [f, e] = [sql`f`, sql`e`];
  const { rows } = await sql<BookDifference>`
    WITH ${valuesOf(given.rules)}, ${settled(cityCode)},
    closed AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(given.closed)}::jsonb)
      AS x(month date, at timestamptz)),
    e AS MATERIALIZED (
      SELECT DISTINCT ON (o.fact_kind, o.fact_id) o.*, z.reason AS closed_for FROM ledger.entry o
      LEFT JOIN ledger.entry z ON z.city_code = ${cityCode} AND z.chain_id = o.entry_id
        AND z.kind = 'reversal'
      WHERE o.city_code = ${cityCode} AND o.kind = 'plain'
        AND o.fact_kind IN ('finding', 'merit', 'complaint', 'record', 'order')
      ORDER BY o.fact_kind, o.fact_id, o.turn DESC
    )
    SELECT CASE WHEN f.fact_id IS NULL THEN 'book.no_fact' ELSE 'book.fact' END AS code, ${ABOUT},
           translate(${said(f)}, ${UNIT}, ' ') AS expected, translate(${said(e)}, ${UNIT}, ' ') AS found
    FROM e LEFT JOIN fact f ON f.fact_kind = e.fact_kind AND f.fact_id = e.fact_id
    LEFT JOIN closed c ON c.month = e.month
    WHERE (f.fact_id IS NULL OR ${said(f)} <> ${said(e)})
      AND (e.fact_kind NOT IN ('record', 'order')
        OR (e.closed_for IS NULL AND (f.since IS NULL OR f.since <= c.at)))
    UNION ALL
    SELECT 'book.missing', c.month, NULL, f.fact_kind, f.fact_id, f.subject_kind, f.subject_code,
           translate(${said(f)}, ${UNIT}, ' '), NULL
    FROM fact f
    JOIN closed c ON c.month = date_trunc('month', f.occurred_on::timestamp)::date AND f.since <= c.at
    LEFT JOIN e ON e.fact_kind = f.fact_kind AND e.fact_id = f.fact_id
    WHERE (e.fact_id IS NULL OR e.closed_for IN ('reattributed', 'excluded')) AND EXISTS (
      SELECT 1 FROM rule r WHERE r.rule = f.rule AND f.occurred_on >= r.from_day
        AND (r.until_day IS NULL OR f.occurred_on < r.until_day))`.execute(reader);
  return rows;
}

/**
 * Bad ratings against their newest opening: entries without a bad rating, those that charge another subject
 * than the rating does, and ratings that the close of their month has passed over.
 */
export async function findWrongRatings(
  reader: Reader,
  charging: Charging & { readonly rules: readonly RuleValue[] },
  closed: readonly ClosedUntil[],
): Promise<BookDifference[]> {
  const { cityCode, rules } = charging;
  const { rows } = await sql<BookDifference>`
    WITH ${valuesOf(rules)}, ${charged(charging)},
    closed AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(closed)}::jsonb)
      AS x(month date, at timestamptz)),
    e AS MATERIALIZED (
      SELECT DISTINCT ON (o.fact_id) o.*, c.reason AS closed_for FROM ledger.entry o
      LEFT JOIN ledger.entry c ON c.city_code = ${cityCode} AND c.chain_id = o.entry_id
        AND c.kind IN ('void', 'reversal')
      WHERE o.city_code = ${cityCode} AND o.kind = 'pending' AND o.fact_kind = 'rating'
      ORDER BY o.fact_id, o.turn DESC
    )
    SELECT CASE WHEN b.fact_id IS NULL THEN 'book.no_fact' ELSE 'book.fact' END AS code, ${ABOUT},
           concat_ws(' ', b.subject_kind, b.subject_code, b.occurred_on, b.project_no) AS expected,
           concat_ws(' ', e.subject_kind, e.subject_code, e.occurred_on, e.project_no) AS found
    FROM e LEFT JOIN charged b ON b.fact_id = e.fact_id
    WHERE b.fact_id IS NULL OR (e.closed_for IS NULL
      AND (e.subject_kind, e.subject_code, e.occurred_on, e.project_no)
        IS DISTINCT FROM (b.subject_kind, b.subject_code, b.occurred_on, b.project_no))
    UNION ALL
    SELECT 'book.missing', b.service_month, NULL, 'rating', b.fact_id, b.subject_kind, b.subject_code,
           concat_ws(' ', r.rule, b.subject_kind, b.subject_code, b.occurred_on), NULL
    FROM charged b
    JOIN closed c ON c.month = b.service_month AND b.recorded_at <= c.at
    JOIN rule r ON r.satisfaction = b.satisfaction AND b.occurred_on >= r.from_day
      AND (r.until_day IS NULL OR b.occurred_on < r.until_day)
    LEFT JOIN e ON e.fact_id = b.fact_id
    WHERE e.fact_id IS NULL
    UNION ALL
    SELECT 'book.step_missing', ${ABOUT}, CASE b.verdict WHEN 'upheld' THEN 'post' ELSE 'void' END, NULL
    FROM e JOIN charged b ON b.fact_id = e.fact_id
    JOIN closed c ON c.month = e.month
    LEFT JOIN ledger.entry p ON p.city_code = ${cityCode} AND p.chain_id = e.entry_id AND p.kind = 'post'
    WHERE e.closed_for IS NULL AND b.verdict IS NOT NULL AND b.decided_on < (c.at AT TIME ZONE
      'Asia/Shanghai')::date AND (b.verdict <> 'upheld' OR p.entry_id IS NULL)`.execute(reader);
  return rows;
}

/** Steps that don't carry what they post, void or take back. */
export async function findWrongSteps(reader: Reader, cityCode: string): Promise<BookDifference[]> {
  const { rows } = await sql<BookDifference>`
    SELECT 'book.step' AS code, ${ABOUT},
           concat_ws(' ', o.rule, o.part, CASE WHEN e.kind = 'post' THEN 1 ELSE -1 END * o.points_centi,
             o.quantity, o.subject_kind, o.subject_code) AS expected,
           concat_ws(' ', e.rule, e.part, e.points_centi, e.quantity, e.subject_kind, e.subject_code) AS found
    FROM ledger.entry e
    JOIN ledger.entry o ON o.city_code = ${cityCode} AND o.entry_id = e.of_entry
    WHERE e.city_code = ${cityCode} AND e.kind IN ('post', 'void', 'reversal')
      AND (e.rule, e.part, e.points_centi, e.quantity, e.subject_kind, e.subject_code, e.fact_kind, e.fact_id)
        IS DISTINCT FROM (o.rule, o.part, CASE WHEN e.kind = 'post' THEN 1 ELSE -1 END * o.points_centi,
          o.quantity, o.subject_kind, o.subject_code, o.fact_kind, o.fact_id)`.execute(reader);
  return rows;
}

/** First days of the months in which something happened that the book has an entry of. */
export async function findMonthsCharged(reader: Reader, cityCode: string): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    SELECT DISTINCT date_trunc('month', occurred_on::timestamp)::date AS month FROM ledger.entry
    WHERE city_code = ${cityCode} ORDER BY 1`.execute(reader);
  return rows.map(({ month }) => month);
}

/** Hashes of the schemes that entries name. */
export async function findSchemesUsed(reader: Reader, cityCode: string): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    SELECT DISTINCT scheme_hash AS hash FROM ledger.entry WHERE city_code = ${cityCode}`.execute(reader);
  return rows.map(({ hash }) => hash);
}

/** Entries that count in the month and were added after an instant. */
export async function findCountingSince(
  reader: Reader,
  cityCode: string,
  since: { month: string; at: Date },
): Promise<string[]> {
  const { rows } = await sql<{ entry_id: string }>`
    SELECT entry_id FROM ledger.counting_entry
    WHERE city_code = ${cityCode} AND month = ${since.month}::date AND recorded_at > ${since.at}`.execute(
    reader,
  );
  return rows.map(({ entry_id }) => entry_id);
}
