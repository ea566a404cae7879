import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import { CHARGED, throughGate } from './gate-store.ts';
import { entryId, given, inMonths, type Posting } from './store.ts';
import { chargedTo } from './subject-store.ts';

type Fragment = RawBuilder<unknown>;

/** A step over the promise as a fact: charged is its clerk, else the window, else the department. */
const FACT = sql`
  x.project_no, (x.service_time AT TIME ZONE 'Asia/Shanghai')::date AS occurred_on,
  CASE WHEN x.staff_no IS NOT NULL THEN 'staff' WHEN x.window_code IS NOT NULL THEN 'window'
    ELSE 'department' END AS subject_kind,
  coalesce(x.staff_no, x.window_code, x.dept_code) AS subject_code`;

/** All cases that took longer than promised, each by its first step that says so. */
export function overruns(cityCode: string): Fragment {
  return sql`
    SELECT DISTINCT ON (x.project_no) ${FACT}, x.since
    FROM intake.overrun_step x WHERE x.city_code = ${cityCode}
    ORDER BY x.project_no, x.service_time, x.service_number`;
}

/**
 * Those of the posting's months: where an earlier step says so, of whatever month, the case is charged there.
 * Each of these few cases is looked up by itself among all that there ever were.
 */
export function overrunsIn({ cityCode, months, only }: Posting): Fragment {
  const own =
    only === undefined
      ? sql``
      : sql`AND (x.staff_no = ${only.staffNo}
          OR (x.staff_no IS NULL AND x.window_code = ANY(${[...only.windows]}::text[])))`;
  // By days of the calendar few steps are over; only for them the working days are counted.
  const over = (step: Fragment): Fragment =>
    sql`${step}.source = 'api' AND ${step}.result_date - ${step}.accept_date > ${step}.promise_day
      * interval '1 day'`;
  // Numbers of working days by day, looked up by place: however many steps there are, nothing is joined.
  const day = (at: Fragment): Fragment => sql`(${at} AT TIME ZONE 'Asia/Shanghai')::date`;
  const upTo = (at: Fragment): Fragment => sql`w.numbers[${day(at)} - w.first + 1]`;
  const took = (step: Fragment): Fragment =>
    sql`(${upTo(sql`${step}.result_date`)} - ${upTo(sql`${step}.accept_date`)})`;
  return sql`
    WITH workday AS MATERIALIZED (
      SELECT array_agg(d.number::int ORDER BY d.day) AS numbers, min(d.day) AS first FROM registry.v_workday d
    ), candidate AS MATERIALIZED (
      SELECT x.* FROM intake.ratable_step x
      WHERE x.city_code = ${cityCode} AND x.service_month = ANY(${[...months]}::date[])
        AND ${over(sql`x`)} ${own}
    ), step AS MATERIALIZED (
      SELECT x.*, ${day(sql`x.accept_date`)} AS accepted_on, ${day(sql`x.result_date`)} AS finished_on,
             ${took(sql`x`)} AS took_days
      FROM candidate x CROSS JOIN workday w WHERE ${took(sql`x`)} > x.promise_day
    ), later AS (
      SELECT s.step_id FROM step s
      CROSS JOIN LATERAL (
        SELECT e.accept_date, e.result_date, e.promise_day FROM intake.ratable_step e
        WHERE e.city_code = ${cityCode} AND e.project_no = s.project_no AND ${over(sql`e`)}
          AND (e.service_time, e.service_number) < (s.service_time, s.service_number) OFFSET 0
      ) e
      CROSS JOIN workday w WHERE ${took(sql`e`)} > e.promise_day
    )
    SELECT ${FACT}, jsonb_build_object('accepted', x.accepted_on, 'finished', x.finished_on,
             'promised', x.promise_day, 'took', x.took_days) AS more
    FROM step x WHERE NOT EXISTS (SELECT FROM later WHERE later.step_id = x.step_id)`;
}

/**
 * Confirmed findings and merits, complaints at fault, cases that took longer than promised, and what orders
 * charge.
 */
export function settledFacts(posting: Posting): Fragment {
  const { cityCode, only } = posting;
  const received = sql`(c.received_at AT TIME ZONE 'Asia/Shanghai')::date`;
  return sql`
    fact AS MATERIALIZED (
      SELECT 'finding' AS fact_kind, f.finding_id AS fact_id, f.rule, f.subject_kind, f.subject_code,
        f.quantity,
             f.occurred_on, f.project_no, f.recorded_by, f.confirmed_by, NULL::jsonb AS more
      FROM conduct.confirmed_finding f
      WHERE f.city_code = ${cityCode} AND ${inMonths(posting, sql`f.occurred_on`)} ${chargedTo(only, 'f')}
      UNION ALL
      SELECT 'merit', m.merit_id, m.rule, 'staff', m.staff_no, m.quantity, m.occurred_on, NULL, m.recorded_by,
             m.confirmed_by, NULL
      FROM conduct.confirmed_merit m
      WHERE m.city_code = ${cityCode} AND ${inMonths(posting, sql`m.occurred_on`)}
        ${only === undefined ? sql`` : sql`AND m.staff_no = ${only.staffNo}`}
      UNION ALL
      SELECT 'complaint', c.complaint_id, c.rule, c.subject_kind, c.subject_code, 1,
        ${received},
             c.project_no, c.recorded_by, c.confirmed_by, NULL
      FROM feedback.at_fault_complaint c
      WHERE c.city_code = ${cityCode}
        AND c.received_at >= ${posting.from}::timestamp AT TIME ZONE 'Asia/Shanghai'
        AND c.received_at < ${posting.until}::timestamp AT TIME ZONE 'Asia/Shanghai'
        AND ${inMonths(posting, received)} ${chargedTo(only, 'c')}
      UNION ALL
      SELECT 'record', o.project_no, 'case.over_promise', o.subject_kind, o.subject_code, 1, o.occurred_on,
             o.project_no, 'system', NULL, o.more
      FROM (${overrunsIn(posting)}) o
      UNION ALL
      SELECT 'order', c.charge_id, c.rule, c.subject_kind, c.subject_code, 1, c.occurred_on, c.project_no,
             'system', NULL, NULL
      FROM handling.v_order_charge c
      WHERE c.city_code = ${cityCode} AND ${inMonths(posting, sql`c.occurred_on`)} ${chargedTo(only, 'c')}
    )`;
}

/**
 * Adds the entry of each settled fact that has none, and another turn of it where the last was taken back
 * since the records charge it otherwise. What the book has of a fact is looked up for each by itself: joined,
 * a month with many facts would take its square. The gate of the month is asked, and held, by the same
 * statement.
 *
 * @returns how many were added
 */
export async function insertSettled(tx: Tx, posting: Posting): Promise<number> {
  const { cityCode, now } = posting;
  const turn = sql`coalesce(e.turn + 1, 0)`;
  const id = entryId({ rule: sql`r.rule`, kind: sql`'plain'`, turn });
  const result = await sql`
    WITH ${given(posting)}, ${settledFacts(posting)}
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, turn, month, subject_kind, subject_code,
      part,
      rule, points_centi, quantity, occurred_on, fact_kind, fact_id, project_no, veto, scheme_hash,
        explanation,
      recorded_by, confirmed_by, recorded_at)
    SELECT ${cityCode}, ${id}, 'plain', ${id}, ${turn}, p.month, f.subject_kind, f.subject_code, r.part,
           r.rule, r.points_centi, f.quantity, f.occurred_on, f.fact_kind, f.fact_id, f.project_no, r.veto,
             r.scheme_hash,
           jsonb_build_object('value_from', r.value_from, 'source', r.source) || coalesce(f.more, '{}'),
           f.recorded_by, f.confirmed_by,
           ${now}::timestamptz
    FROM fact f
    JOIN rule r ON r.rule = f.rule AND f.occurred_on >= r.from_day
      AND (r.until_day IS NULL OR f.occurred_on < r.until_day)
    ${throughGate(posting, sql`date_trunc('month', f.occurred_on::timestamp)::date`, CHARGED.f)}
    LEFT JOIN LATERAL (
      SELECT o.fact_id, o.turn, c.reason AS closed_for
      FROM ledger.entry o
      LEFT JOIN ledger.entry c ON c.city_code = ${cityCode} AND c.chain_id = o.entry_id
        AND c.kind = 'reversal'
      WHERE o.city_code = ${cityCode} AND o.fact_kind = f.fact_kind AND o.fact_id = f.fact_id
        AND o.kind = 'plain'
      ORDER BY o.turn DESC LIMIT 1
    ) e ON true
    WHERE e.fact_id IS NULL OR e.closed_for IN ('reattributed', 'excluded')
    FOR SHARE OF p
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/**
 * Takes back what a case charges otherwise than its records say by now: another clerk or window was put in,
 * an earlier step turned up, or by the calendar the promise was kept after all. What it charges instead is
 * posted like any settled fact, as its next turn. What an appeal has taken back stays as it is.
 *
 * @returns how many were taken back
 */
export async function takeBackOverruns(tx: Tx, posting: Posting): Promise<number> {
  const { cityCode, now } = posting;
  const id = entryId({ rule: sql`f.rule`, kind: sql`'reversal'`, turn: sql`f.turn` });
  const recorded = sql`e.city_code = ${cityCode} AND e.fact_kind = 'record' AND e.kind = 'plain'`;
  const result = await sql`
    WITH ${given(posting)}, over AS MATERIALIZED (${overrunsIn(posting)}), known AS MATERIALIZED (
      SELECT e.entry_id FROM ledger.entry e WHERE ${recorded} AND ${inMonths(posting, sql`e.occurred_on`)}
      UNION
      SELECT e.entry_id FROM over o JOIN ledger.entry e ON ${recorded} AND e.fact_id = o.project_no
    ), f AS MATERIALIZED (
      SELECT e.*, CASE WHEN o.project_no IS NULL THEN 'excluded' ELSE 'reattributed' END AS because
      FROM known k JOIN ledger.entry e ON e.city_code = ${cityCode} AND e.entry_id = k.entry_id
      LEFT JOIN over o ON o.project_no = e.fact_id
      LEFT JOIN ledger.entry c ON c.city_code = ${cityCode} AND c.chain_id = e.entry_id
        AND c.kind = 'reversal'
      WHERE c.entry_id IS NULL AND (o.subject_kind, o.subject_code, o.occurred_on)
        IS DISTINCT FROM (e.subject_kind, e.subject_code, e.occurred_on)
    )
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, of_entry, turn, reason, month,
      subject_kind, subject_code, part, rule, points_centi, quantity, occurred_on, fact_kind, fact_id,
      project_no, veto, scheme_hash, explanation, recorded_by, recorded_at)
    SELECT ${cityCode}, ${id}, 'reversal', f.entry_id, f.entry_id, f.turn, f.because, p.month,
           f.subject_kind, f.subject_code, f.part, f.rule, -f.points_centi, f.quantity, f.occurred_on,
           f.fact_kind, f.fact_id, f.project_no, f.veto, f.scheme_hash, f.explanation, 'system',
           ${now}::timestamptz
    FROM f ${throughGate(posting, sql`f.month`, CHARGED.f)}
    FOR SHARE OF p
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/**
 * Takes back what an order charges no more: the bad rating that it answered was taken out meanwhile.
 *
 * @returns how many were taken back
 */
export async function takeBackOrders(tx: Tx, posting: Posting): Promise<number> {
  const { cityCode, now } = posting;
  const id = entryId({ rule: sql`f.rule`, kind: sql`'reversal'`, turn: sql`f.turn` });
  const result = await sql`
    WITH ${given(posting)}, f AS MATERIALIZED (
      SELECT e.* FROM ledger.entry e
      LEFT JOIN handling.v_order_charge o ON o.city_code = ${cityCode} AND o.charge_id = e.fact_id
      LEFT JOIN ledger.entry c ON c.city_code = ${cityCode} AND c.chain_id = e.entry_id
        AND c.kind = 'reversal'
      WHERE e.city_code = ${cityCode} AND e.fact_kind = 'order' AND e.kind = 'plain'
        AND ${inMonths(posting, sql`e.occurred_on`)} AND o.charge_id IS NULL AND c.entry_id IS NULL
    )
    INSERT INTO ledger.entry (city_code, entry_id, kind, chain_id, of_entry, turn, reason, month,
      subject_kind, subject_code, part, rule, points_centi, quantity, occurred_on, fact_kind, fact_id,
      project_no, veto, scheme_hash, explanation, recorded_by, recorded_at)
    SELECT ${cityCode}, ${id}, 'reversal', f.entry_id, f.entry_id, f.turn, 'excluded', p.month,
           f.subject_kind, f.subject_code, f.part, f.rule, -f.points_centi, f.quantity, f.occurred_on,
           f.fact_kind, f.fact_id, f.project_no, f.veto, f.scheme_hash, f.explanation, 'system',
           ${now}::timestamptz
    FROM f ${throughGate(posting, sql`f.month`, CHARGED.f)}
    FOR SHARE OF p
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
