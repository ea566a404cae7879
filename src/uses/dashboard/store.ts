import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';

export interface OrderStand {
  readonly open: number;
  readonly yellow: number;
  readonly red: number;
  readonly supervised: number;
}

/** How the open orders within a scope stand. */
export async function countOrders(reader: Reader, scope: Scope, now: Date): Promise<OrderStand> {
  const { rows } = await sql<OrderStand>`
    SELECT count(*)::int AS open,
      (count(*) FILTER (WHERE o.yellow_from <= ${now} AND (o.red_from IS NULL OR o.red_from > ${now})))::int
        AS yellow,
      (count(*) FILTER (WHERE o.red_from <= ${now}))::int AS red,
      (count(*) FILTER (WHERE o.supervised))::int AS supervised
    FROM handling.v_open_order o
    WHERE o.city_code = ${scope.cityCode} AND ${within(scope, sql`o.owner_department`)}`.execute(reader);
  return rows[0] ?? { open: 0, yellow: 0, red: 0, supervised: 0 };
}

/** How much waits for a second person within a scope, by what it is. */
export async function countWaiting(
  reader: Reader,
  scope: Scope,
): Promise<{ kind: 'exclusion' | 'review' | 'order'; count: number }[]> {
  const { rows } = await sql<{ kind: 'exclusion' | 'review' | 'order'; count: number }>`
    SELECT o.kind, count(*)::int AS count FROM handling.v_waiting_decision o
    WHERE o.city_code = ${scope.cityCode} AND ${within(scope, sql`o.department_code`)}
    GROUP BY o.kind ORDER BY o.kind`.execute(reader);
  return rows;
}

/** What waits in the book of the whole city. */
export async function countInBook(
  reader: Reader,
  cityCode: string,
): Promise<{ appeals: number; drafts: number }> {
  const { rows } = await sql<{ appeals: number; drafts: number }>`
    SELECT (SELECT count(*)::int FROM ledger.v_open_appeal WHERE city_code = ${cityCode}) AS appeals,
      (SELECT count(*)::int FROM ledger.v_proposed_draft WHERE city_code = ${cityCode}) AS drafts`.execute(
    reader,
  );
  return rows[0] ?? { appeals: 0, drafts: 0 };
}

/** The months of the city that aren't sealed, the oldest first. */
export async function unsealedMonths(
  reader: Reader,
  cityCode: string,
): Promise<{ month: string; state: 'open' | 'provisional' | 'objection' }[]> {
  const { rows } = await sql<{ month: string; state: 'open' | 'provisional' | 'objection' }>`
    SELECT month, state FROM ledger.v_period WHERE city_code = ${cityCode} AND state <> 'sealed'
    ORDER BY month DESC LIMIT 5`.execute(reader);
  return rows.reverse();
}

export interface Span {
  readonly from: Date;
  /** excluded */
  readonly until: Date;
  /** first days of the months of service that the span touches */
  readonly fromMonth: string;
  readonly toMonth: string;
}

/** The tags of bad ratings of services within a span, without those taken out; the commonest first. */
export async function countCauses(
  reader: Reader,
  scope: Scope,
  { from, until, fromMonth, toMonth }: Span,
): Promise<{ code: number; count: number }[]> {
  const { rows } = await sql<{ code: number; count: number }>`
    SELECT t.code::int AS code, count(*)::int AS count
    FROM feedback.first_rating r
    JOIN intake.ratable_step o ON o.city_code = r.city_code AND o.service_month = r.service_month
      AND o.step_id = r.step_id
    CROSS JOIN LATERAL unnest(r.tags) AS t(code)
    WHERE r.city_code = ${scope.cityCode} AND o.city_code = ${scope.cityCode}
      AND r.service_month BETWEEN ${fromMonth}::date AND ${toMonth}::date
      AND r.satisfaction <= 2 AND NOT r.excluded
      AND o.service_time >= ${from} AND o.service_time < ${until}
      AND ${within(scope, sql`o.dept_code`)}
    GROUP BY 1 ORDER BY 2 DESC, 1`.execute(reader);
  return rows;
}

function within(scope: Scope, department: RawBuilder<unknown>): RawBuilder<unknown> {
  const of = scope.departmentCode ?? null;
  return sql`starts_with(coalesce(o.region_code, ''), ${scope.regionPrefix ?? ''})
    AND (${of}::text IS NULL OR ${department} = ${of})`;
}

export interface RegionRow {
  readonly code: string;
  readonly name: string;
  readonly level: 'city' | 'county' | 'township';
}

/** The city, its counties and their townships, in the order of their codes. */
export async function regionsOf(reader: Reader, cityCode: string): Promise<RegionRow[]> {
  const { rows } = await sql<RegionRow>`
    SELECT code, name, level FROM registry.v_region
    WHERE starts_with(code, left(${cityCode}, 4)) AND level IN ('city', 'county', 'township')
    ORDER BY code`.execute(reader);
  return rows;
}
