/** A city with far too much to answer: open orders with their duties, as regular as they are many. */
import { dayOf } from '../src/kernel/day.ts';
import type { Deps } from '../src/platform/deps.ts';
import { departmentCode, loading } from './hall.ts';

export const OPEN_ORDERS = 100_000;
const DEPARTMENTS = 64;

/**
 * Adds orders whose cards have been told: one in ten is red, two are yellow, and none of the others turns
 * within the day.
 */
export async function addOrders(deps: Deps, count: number): Promise<void> {
  const now = deps.clock.now();
  const tables = ['handling.work_order', 'handling.duty', 'handling.work_order_event'];
  const codes = Array.from({ length: DEPARTMENTS }, (_, at) => departmentCode(at));
  const year = dayOf(now).slice(0, 4);
  await loading(deps.db.owner, { tables, count }, async (client) => {
    await client.query(ORDERS, [deps.config.cityCode, count, now, codes, year]);
    await client.query(DUTIES, [deps.config.cityCode, now]);
    await client.query(EVENTS, [deps.config.cityCode]);
  });
}

const ORDERS = `
  INSERT INTO handling.work_order (city_code, order_id, number, kind, source_id, project_no, service_number,
    concerned_staff, window_code, region_code, owner_department, state, complexity, opened_at, changed_at,
    sign_due_at, contact_due_at, due_at, next_due_at, yellow_from, red_from, signed_at)
  SELECT $1, gen_random_uuid(), 'BO' || $5 || '-' || lpad(n::text, 6, '0'), 'rectification', 'bench/' || n,
    'BENCHO' || n, 1, 'B' || lpad((n % 10000)::text, 6, '0'), 'B' || lpad((n % 3000)::text, 5, '0'),
    r.codes[1 + n % cardinality(r.codes)],
    CASE WHEN s.state = 'unassigned' THEN NULL ELSE ($4::text[])[1 + n % 64] END, s.state, 'simple',
    d.due - interval '20 days', d.due - interval '20 days', d.due - interval '19 days',
    d.due - interval '19 days', d.due, d.due, d.due - interval '1 day', d.due + interval '7 hours',
    CASE WHEN s.state IN ('unassigned', 'unsigned') THEN NULL ELSE d.due - interval '19 days' END
  FROM generate_series(1, $2::int) n,
    (SELECT array_agg(code ORDER BY code) AS codes FROM registry.region
     WHERE level = 'county' AND starts_with(code, left($1, 4))) r,
    LATERAL (SELECT (ARRAY['unassigned', 'unsigned', 'unsigned', 'handling', 'handling', 'handling',
      'handling', 'handling', 'approval', 'call_back'])[1 + n / 10 % 10] AS state) s,
    LATERAL (SELECT $3::timestamptz + n * interval '1 second'
      + CASE n % 10 WHEN 0 THEN interval '-2 days' WHEN 1 THEN interval '0' WHEN 2 THEN interval '0'
        ELSE interval '3 days' END AS due) d`;

const DUTIES = `
  INSERT INTO handling.duty (city_code, duty_id, matter_kind, matter_id, matter_number, step, owner_kind,
    owner_code, days, opened_at, due_at, yellow_from, red_from, done_at, done_by, reminded_at, overdue_at)
  SELECT $1, gen_random_uuid(), 'work_order', o.order_id, o.number, d.step,
    CASE WHEN o.owner_department IS NULL THEN 'office' ELSE 'department' END,
    coalesce(o.owner_department, $1), 5, o.opened_at, o.due_at, o.yellow_from, o.red_from,
    CASE WHEN d.step = 'answer' THEN NULL ELSE o.opened_at END,
    CASE WHEN d.step = 'answer' THEN NULL ELSE 'bench' END,
    CASE WHEN o.yellow_from <= $2::timestamptz + interval '1 day' THEN o.yellow_from END,
    CASE WHEN o.red_from <= $2::timestamptz + interval '1 day' THEN o.red_from END
  FROM handling.work_order o, (VALUES ('sign'), ('contact'), ('answer')) d(step)
  WHERE o.city_code = $1 AND starts_with(o.source_id, 'bench/')`;

const EVENTS = `
  INSERT INTO handling.work_order_event (city_code, order_id, event_no, what, by_id, by_name, at, detail)
  SELECT $1, o.order_id, 1, 'opened', 'system', 'bench', o.opened_at, '{"kind": "rectification"}'
  FROM handling.work_order o WHERE o.city_code = $1 AND starts_with(o.source_id, 'bench/')`;

/** Bad ratings, each a batch of its own, whose fact is still to be told: answers their batches. */
export async function addBadRatings(
  deps: Deps,
  given: { firstStep: string; month: string; count: number },
): Promise<string[]> {
  const { rows } = await deps.db.owner.query<{ batch_id: string }>(
    `INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
       batch_position, assess_number, satisfaction, process, efficiency, attitude, channel, real_name, mode,
       source, receipt, tags)
     SELECT $1, $2::date, s.step_id, nextval('feedback.rating_batch'), $5, $5, 0, 1, 2, 5, 5, 2, 3, false,
       'onsite', 'citizen', substring(uuid_send(gen_random_uuid()) FROM 1 FOR 10), '{214}'
     FROM intake.case_step s
     WHERE s.city_code = $1 AND s.step_id >= $3::bigint AND s.step_id < $3::bigint + $4::bigint
     RETURNING batch_id::text`,
    [deps.config.cityCode, given.month, given.firstStep, given.count, deps.clock.now()],
  );
  return rows.map(({ batch_id }) => batch_id);
}
