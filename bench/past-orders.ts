/** Bad ratings of years that have been answered: closed orders with their stories. */
import type { Day } from '../src/kernel/day.ts';
import type { Deps } from '../src/platform/deps.ts';
import { departmentCode, loading } from './hall.ts';

/** Adds orders spread evenly over the days; nine of ten are answered in time, four of five people reached. */
export async function addPastOrders(
  deps: Deps,
  { count, from, to }: { count: number; from: Day; to: Day },
): Promise<void> {
  const tables = ['handling.work_order', 'handling.work_order_event'];
  const codes = Array.from({ length: 64 }, (_, at) => departmentCode(at));
  await loading(deps.db.owner, { tables, count }, async (client) => {
    await client.query(ORDERS, [deps.config.cityCode, count, from, to, codes]);
    await client.query(EVENTS, [deps.config.cityCode]);
    await client.query(CHARGES, [deps.config.cityCode]);
  });
}

/** Takes them away again, for what is measured afterwards. */
export async function dropPastOrders(deps: Deps): Promise<void> {
  const own = `city_code = $1 AND order_id IN (SELECT order_id FROM handling.work_order
    WHERE city_code = $1 AND starts_with(source_id, 'past/'))`;
  for (const table of ['order_charge', 'work_order_event', 'work_order']) {
    await deps.db.owner.query(`DELETE FROM handling.${table} WHERE ${own}`, [deps.config.cityCode]);
  }
}

const ORDERS = `
  INSERT INTO handling.work_order (city_code, order_id, number, kind, source_id, window_code, region_code,
    owner_department, state, complexity, opened_at, changed_at, sign_due_at, contact_due_at, due_at,
    next_due_at, signed_at, answered_at, closed_at)
  SELECT $1, gen_random_uuid(), 'BP-' || lpad(n::text, 7, '0'), 'rectification', 'past/' || n,
    'B' || lpad((n % 3000)::text, 5, '0'), r.codes[1 + n % cardinality(r.codes)], ($5::text[])[1 + n % 64],
    'closed', 'simple', o.at, o.at + interval '6 days', o.at + interval '1 day', o.at + interval '1 day',
    o.at + interval '5 days', o.at + interval '5 days', o.at, o.at + interval '4 days',
    o.at + interval '6 days'
  FROM generate_series(1, $2::int) n,
    (SELECT array_agg(code ORDER BY code) AS codes FROM registry.region
     WHERE level = 'county' AND starts_with(code, left($1, 4))) r,
    LATERAL (SELECT $3::date::timestamptz + (n::float8 / $2::int)
      * (($4::date - $3::date) * interval '1 day') AS at) o`;

const EVENTS = `
  INSERT INTO handling.work_order_event (city_code, order_id, event_no, what, by_id, by_name, at, detail)
  SELECT $1, o.order_id, e.no, e.what, 'bench', 'bench', o.opened_at + e.no * interval '1 day',
    CASE WHEN e.what = 'called_back' THEN jsonb_build_object('outcome',
      CASE WHEN ascii(right(o.number, 1)) % 5 = 0 THEN 'no_answer' ELSE 'satisfied' END)
      ELSE '{}'::jsonb END
  FROM handling.work_order o, (VALUES (1, 'opened'), (2, 'signed'), (3, 'contacted'), (4, 'answered'),
    (5, 'called_back')) e(no, what)
  WHERE o.city_code = $1 AND starts_with(o.source_id, 'past/')`;

const CHARGES = `
  INSERT INTO handling.order_charge (city_code, order_id, rule, charge_id, subject_kind, subject_code,
    occurred_on, recorded_at)
  SELECT o.city_code, o.order_id, 'rating.not_rectified', 'past/' || o.order_id, 'window', o.window_code,
    o.opened_at::date, o.opened_at
  FROM handling.work_order o
  WHERE o.city_code = $1 AND starts_with(o.source_id, 'past/') AND right(o.number, 1) = '0'`;
