import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import { CHARGED, type Gates, gateOf, gateTable, throughGate } from './gate-store.ts';
import type { AttributionValue, RuleValue } from './rule-values.ts';
import { type OnlySubject, servedFor } from './subject-store.ts';

/** What a posting works on: facts of these months, by these values, into the months that take them. */
export interface Posting extends Gates {
  /** first days of the months whose facts are posted */
  readonly months: readonly string[];
  /** first day of the earliest of them, and the first day after the latest */
  readonly from: string;
  readonly until: string;
  readonly rules: readonly RuleValue[];
  readonly attribution: readonly AttributionValue[];
  readonly now: Date;
  /** the one member of staff whose book is looked at; all, unless given */
  readonly only?: OnlySubject;
}

/** What it takes to know whom ratings charge. */
export type Charging = Pick<Posting, 'cityCode' | 'months' | 'from' | 'until' | 'attribution' | 'only'>;

type Fragment = RawBuilder<unknown>;

/** The gates and the rules' values as tables of a statement. */
export function given({ rules, gates }: Posting): Fragment {
  return sql`
    ${gateTable({ gates })},
    rule AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) AS x(rule text,
      part text,
      satisfaction smallint, veto boolean, from_day date, until_day date, points_centi int, value_from date,
      source text, scheme_hash text))`;
}

/** Facts of the months of the posting: a condition on their day. */
export function inMonths({ months, from, until }: Posting, day: Fragment): Fragment {
  return sql`${day} >= ${from}::date AND ${day} < ${until}::date
    AND date_trunc('month', ${day}::timestamp)::date = ANY(${[...months]}::date[])`;
}

const SERVICE_DAY = sql`(r.service_time AT TIME ZONE 'Asia/Shanghai')::date`;

/** Whom the tags of a bad rating charge: any person tag the clerk, else any process tag by the scheme's
  choice. */
function aim({ attribution }: Charging): Fragment {
  const newestFirst = [...attribution].sort((one, other) => (one.from_day < other.from_day ? 1 : -1));
  const cases = newestFirst.map(({ from_day, person, process, charges }) => {
    const byProcess = charges === 'item_owner' ? sql`'item_owner'` : sql`'window'`;
    return sql`WHEN ${SERVICE_DAY} >= ${from_day}::date THEN CASE
      WHEN r.tags && ${[...person]}::smallint[] THEN 'staff'
      WHEN r.tags && ${[...process]}::smallint[] THEN ${byProcess} ELSE 'window' END`;
  });
  return sql`CASE ${sql.join(cases, sql` `)} ELSE 'window' END`;
}

/**
 * First ratings, each with its step looked up by itself: a month has few bad ratings and many steps, and what
 * is joined to them is hashed.
 */
function eachWithStep(cityCode: string): Fragment {
  return sql`(
    SELECT f.*, s.service_time, s.project_no, s.task_code, s.window_code, s.staff_no, s.dept_code
    FROM feedback.first_rating f
    CROSS JOIN LATERAL (
      SELECT * FROM intake.ratable_step s
      WHERE s.city_code = ${cityCode} AND s.service_month = f.service_month AND s.step_id = f.step_id OFFSET 0
    ) s)`;
}

/** Bad first ratings, each with the one subject that it charges; a verifier's word goes before the tags. */
export function charged(posting: Charging): Fragment {
  const { cityCode, months, only } = posting;
  return sql`
    bad AS MATERIALIZED (
      SELECT r.step_id::text AS fact_id, r.satisfaction, r.verdict, r.tags, r.project_no,
             ${SERVICE_DAY} AS occurred_on, r.service_month,
             date_trunc('month', r.decided_on::timestamp)::date AS decided_month, r.verified_by,
               r.approved_by,
             r.decided_on, r.recorded_at, r.staff_no, r.window_code, r.dept_code,
             left(r.task_code, 18) AS owner_code, coalesce(r.attribution, ${aim(posting)}) AS aim
      FROM ${only === undefined ? eachWithStep(cityCode) : sql`feedback.scored_rating`} r
      WHERE r.city_code = ${cityCode} AND r.service_month = ANY(${[...months]}::date[]) AND r.satisfaction
        <= 2 ${servedFor(only, posting)}
    ),
    charged AS MATERIALIZED (
      SELECT b.*, CASE
               WHEN aim = 'staff' AND staff_no IS NOT NULL THEN 'staff'
               WHEN aim IN ('staff', 'window') AND window_code IS NOT NULL THEN 'window'
               ELSE 'department' END AS subject_kind,
             CASE
               WHEN aim = 'staff' AND staff_no IS NOT NULL THEN staff_no
               WHEN aim IN ('staff', 'window') AND window_code IS NOT NULL THEN window_code
               WHEN aim = 'item_owner' THEN owner_code
               ELSE dept_code END AS subject_code
      FROM bad b
    )`;
}

/**
 * The newest opening of each rating's rule in the posting's days, with what posted and what closed it: the
 * book of these days is read once, whatever the planner believes of it.
 */
function chains(posting: Posting): Fragment {
  const { cityCode } = posting;
  return sql`
    chain AS MATERIALIZED (
      SELECT DISTINCT ON (w.fact_id, w.rule) w.* FROM (
        SELECT e.*, max(e.entry_id::text) FILTER (WHERE e.kind = 'post') OVER c AS post_id,
               max(e.month) FILTER (WHERE e.kind = 'post') OVER c AS post_month,
               max(e.reason) FILTER (WHERE e.kind IN ('void', 'reversal')) OVER c AS closed_for
        FROM ledger.entry e
        WHERE e.city_code = ${cityCode} AND e.fact_kind = 'rating'
          AND e.occurred_on >= ${posting.from}::date AND e.occurred_on < ${posting.until}::date
        WINDOW c AS (PARTITION BY e.chain_id)
      ) w
      WHERE w.kind IN ('plain', 'pending') ORDER BY w.fact_id, w.rule, w.turn DESC
    )`;
}

/**
 * From here on the transaction hashes what it joins, or no longer does: the book may have been empty
 * when the planner looked last, and then it would be read whole for each fact.
 */
export async function preferHashes(tx: Tx, whether: boolean): Promise<void> {
  await sql`SET LOCAL enable_nestloop = ${whether ? sql`off` : sql`DEFAULT`}`.execute(tx);
}

/** From fact, rule, kind and turn: the same step of the same fact always has the same id. */
export function entryId(parts: { rule: Fragment; kind: Fragment; turn: Fragment }): Fragment {
  return sql`left(encode(sha256(convert_to(concat_ws('|', f.fact_kind, f.fact_id, ${parts.rule},
    ${parts.kind},
    ${parts.turn}), 'UTF8')), 'hex'), 32)::uuid`;
}

/**
 * Adds a pending deduction for each bad rating that has none, and another turn of it where the last was
 * taken back because the rating charges somebody else now, or is no longer excluded.
 */
export async function insertPending(tx: Tx, posting: Posting): Promise<number> {
  const { cityCode, now } = posting;
  const turn = sql`coalesce(c.turn + 1, 0)`;
  const id = entryId({ rule: sql`r.rule`, kind: sql`'pending'`, turn });
  const result = await sql`
    WITH ${given(posting)}, ${charged(posting)}, ${chains(posting)}, fact AS MATERIALIZED (
      SELECT 'rating' AS fact_kind, b.*, b.verdict IS NULL OR b.verdict = 'upheld' AS standing FROM charged b
    )
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, turn, month, subject_kind, subject_code,
      part,
      rule, points_centi, quantity, occurred_on, fact_kind, fact_id, project_no, veto, scheme_hash,
        explanation,
      recorded_by, recorded_at)
    SELECT ${cityCode}, ${id}, 'pending', ${id}, ${turn}, p.month, f.subject_kind, f.subject_code, r.part,
      r.rule,
           r.points_centi, 1, f.occurred_on, 'rating', f.fact_id, f.project_no, r.veto, r.scheme_hash,
           jsonb_build_object('value_from', r.value_from, 'source', r.source, 'tags', f.tags, 'charged',
             f.aim),
           'system', ${now}::timestamptz
    FROM fact f
    JOIN rule r ON r.satisfaction = f.satisfaction AND f.occurred_on >= r.from_day
      AND (r.until_day IS NULL OR f.occurred_on < r.until_day)
    ${throughGate(posting, sql`f.service_month`, CHARGED.f)}
    LEFT JOIN chain c ON c.fact_id = f.fact_id AND c.rule = r.rule
    WHERE c.fact_id IS NULL OR c.closed_for = 'reattributed' OR (c.closed_for = 'excluded' AND f.standing)
      OR (c.closed_for = 'one_event'
        AND (f.subject_kind, f.subject_code) IS DISTINCT FROM (c.subject_kind, c.subject_code))
    FOR SHARE OF p
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** What a posting added of verdicts, and whether it took back what somebody else is to be charged with. */
export interface FollowedUp {
  readonly added: number;
  readonly moved: boolean;
}

/**
 * Whether a complaint of the same case was found at fault of the same subject in another month: one event is
 * charged once, and a close sees its own month only.
 */
function chargedElsewhere(cityCode: string): Fragment {
  return sql`EXISTS (SELECT FROM feedback.at_fault_complaint k
    WHERE k.city_code = ${cityCode} AND k.project_no = c.project_no AND k.subject_kind = c.subject_kind
      AND k.subject_code = c.subject_code
      AND date_trunc('month', k.received_at AT TIME ZONE 'Asia/Shanghai')
        <> date_trunc('month', c.occurred_on::timestamp))`;
}

/**
 * Takes each pending deduction of a bad rating one step further: post when upheld; void, or a reversal
 * where it was posted already, when excluded or charged to somebody else by now; void too when a complaint
 * has charged the same event in another month. A step into a sealed month
 * goes to the month of the decision, or the earliest later one that is open.
 */
export async function insertFollowUps(tx: Tx, posting: Posting): Promise<FollowedUp> {
  const { cityCode, now } = posting;
  const id = entryId({ rule: sql`f.rule`, kind: sql`f.kind`, turn: sql`f.turn` });
  const { rows } = await sql<{ reason: string | null }>`
    WITH ${given(posting)}, ${charged(posting)}, ${chains(posting)}, step AS MATERIALIZED (
      SELECT c.*, b.decided_month, b.verified_by, b.approved_by,
             (b.subject_kind, b.subject_code) IS DISTINCT FROM (c.subject_kind, c.subject_code) AS moved,
             coalesce(b.verdict IN ('mistaken', 'malicious'), false) AS excluded,
             c.post_id IS NULL AND b.verdict = 'upheld' AND ${chargedElsewhere(cityCode)} AS doubled
      FROM charged b JOIN chain c ON c.fact_id = b.fact_id
      WHERE c.closed_for IS NULL
        AND (b.verdict IS NOT NULL
          OR (b.subject_kind, b.subject_code) IS DISTINCT FROM (c.subject_kind, c.subject_code))
    ), follow AS (
      SELECT s.*, coalesce(s.post_id::uuid, s.entry_id) AS of_id, coalesce(s.post_month, s.month) AS of_month,
             CASE WHEN NOT (moved OR excluded OR doubled) THEN 'post' WHEN post_id IS NULL THEN 'void'
               ELSE 'reversal' END AS next,
             CASE WHEN moved THEN 'reattributed' WHEN excluded THEN 'excluded' WHEN doubled THEN 'one_event'
               END AS because
      FROM step s
    ), f AS (
      SELECT o.fact_kind, o.fact_id, o.next AS kind, o.turn, o.entry_id AS chain_id, o.of_id, o.because,
             CASE WHEN g.month = o.of_month THEN o.of_month
               ELSE greatest(coalesce(o.decided_month, o.of_month), o.of_month) END AS want, o.subject_kind,
             o.subject_code, o.part, o.rule,
             CASE WHEN o.next = 'post' THEN o.points_centi ELSE -o.points_centi END AS points_centi,
               o.quantity,
             o.occurred_on, o.project_no, o.veto, o.scheme_hash, o.explanation,
             coalesce(o.verified_by, 'system') AS recorded_by, o.approved_by AS confirmed_by
      FROM follow o ${gateOf(posting, sql`o.of_month`, CHARGED.o)}
      WHERE NOT (o.next = 'post' AND o.post_id IS NOT NULL)
    )
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, of_entry, turn, reason, month,
      subject_kind,
      subject_code, part, rule, points_centi, quantity, occurred_on, fact_kind, fact_id, project_no, veto,
      scheme_hash, explanation, recorded_by, confirmed_by, recorded_at)
    SELECT ${cityCode}, ${id}, f.kind, f.chain_id, f.of_id, f.turn, f.because, p.month, f.subject_kind,
           f.subject_code, f.part, f.rule, f.points_centi, f.quantity, f.occurred_on, f.fact_kind, f.fact_id,
           f.project_no, f.veto, f.scheme_hash, f.explanation, f.recorded_by, f.confirmed_by,
             ${now}::timestamptz
    FROM f ${throughGate(posting, sql`f.want`, CHARGED.f)}
    FOR SHARE OF p
    ON CONFLICT DO NOTHING
    RETURNING reason`.execute(tx);
  return { added: rows.length, moved: rows.some(({ reason }) => reason === 'reattributed') };
}
