import { type RawBuilder, sql } from 'kysely';
import type { Identity } from '../../kernel/assessment.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import { recordNumbersOf } from '../../kernel/record-number.ts';
import type { Reader, Tx } from '../../platform/db.ts';

export interface PostingRow {
  readonly staff_no: string;
  readonly window_code: string;
  readonly role: string;
  /** first and last day of the posting within the month */
  readonly from_date: string;
  readonly to_date: string;
}

/** Postings that touch the month, cut to it: of one member of staff, or of all. */
export async function findPostings(
  tx: Tx,
  cityCode: string,
  month: { first: string; last: string },
  only: string | null,
): Promise<PostingRow[]> {
  const { rows } = await sql<PostingRow>`
    SELECT staff_no, window_code, role, greatest(from_date, ${month.first}::date) AS from_date,
           least(coalesce(to_date, ${month.last}::date), ${month.last}::date) AS to_date
    FROM registry.v_posting
    WHERE city_code = ${cityCode} AND from_date <= ${month.last}::date
      AND (to_date IS NULL OR to_date >= ${month.first}::date)
      ${only === null ? sql`` : sql`AND staff_no = ${only}`}`.execute(tx);
  return rows;
}

export interface StaffRow {
  readonly code: string;
  readonly name: string;
  readonly identity: Identity;
  readonly department_code: string;
}

export async function findStaff(tx: Tx, cityCode: string, only: string | null): Promise<StaffRow[]> {
  const { rows } = await sql<StaffRow>`
    SELECT staff_no AS code, name, identity, department_code FROM registry.v_staff
    WHERE city_code = ${cityCode} ${only === null ? sql`` : sql`AND staff_no = ${only}`}`.execute(tx);
  return rows;
}

export interface WindowRow {
  readonly code: string;
  readonly name: string;
  readonly department_code: string;
  readonly region_code: string;
}

export async function findWindows(
  tx: Tx,
  cityCode: string,
  codes: readonly string[] | null,
): Promise<WindowRow[]> {
  const { rows } = await sql<WindowRow>`
    SELECT code, name, department_code, region_code FROM registry.v_window
    WHERE city_code = ${cityCode}
      ${codes === null ? sql`` : sql`AND code = ANY(${[...codes]}::text[])`}`.execute(tx);
  return rows;
}

export interface DepartmentRow {
  readonly code: string;
  readonly name: string;
  readonly region_code: string;
}

export async function findDepartments(tx: Tx, cityCode: string): Promise<DepartmentRow[]> {
  const { rows } = await sql<DepartmentRow>`
    SELECT code, name, region_code FROM registry.v_department WHERE city_code = ${cityCode}`.execute(tx);
  return rows;
}

export interface CountRow {
  readonly kind: SubjectKind;
  readonly code: string | null;
  readonly ratable: number;
  readonly rated: number;
  readonly good: number;
  readonly bad: number;
  readonly excluded: number;
  readonly promised: number;
  readonly kept: number;
}

/**
 * Services of the month and the first ratings that count in it, by clerk, by window, and by the department
 * that owns the item; every service has one. Mistaken and malicious ratings are counted apart, nowhere else.
 * A month that is being sealed counts ratings up to the last batch, since later ones count later. A subject
 * has a row of its own services and one of what came late: they add up.
 */
export async function countRatings(
  tx: Tx,
  cityCode: string,
  month: Month,
  { lastBatch, late }: { lastBatch: string | null; late: readonly LateRatings[] },
): Promise<CountRow[]> {
  const on = firstDay(month);
  // A whole month meets its ratings in the order of its record numbers, in which both lie: nothing is kept in
  // memory, whatever the planner believes of a table filled a second ago, or how busy the machine is.
  await sql`SET LOCAL enable_nestloop = off`.execute(tx);
  await sql`SET LOCAL enable_hashjoin = off`.execute(tx);
  await sql`SET LOCAL work_mem = '64MB'`.execute(tx);
  const { rows } = await bySubject(tx, ratedServices(cityCode, on, { lastBatch, within: month }));
  await sql`SET LOCAL work_mem = DEFAULT`.execute(tx);
  await sql`SET LOCAL enable_hashjoin = DEFAULT`.execute(tx);
  const { rows: later } = await bySubject(
    tx,
    sql`${lateServices(cityCode, on, null)} UNION ALL ${carried(cityCode, on, null)}
      ${lateOnes(cityCode, late, null)}`,
  );
  await sql`SET LOCAL enable_nestloop = DEFAULT`.execute(tx);
  return [...rows, ...later];
}

/** Counted once by clerk, window and owner together; what is asked for follows from these few rows. */
async function bySubject(tx: Tx, services: RawBuilder<unknown>): Promise<{ rows: CountRow[] }> {
  return await sql<CountRow>`
    WITH counted AS MATERIALIZED (${services})
    SELECT CASE WHEN GROUPING(staff_no) = 0 THEN 'staff' WHEN GROUPING(window_code) = 0 THEN 'window'
             ELSE 'department' END AS kind,
           coalesce(staff_no, window_code, owner_code) AS code, ${SUMS}
    FROM counted c
    GROUP BY GROUPING SETS ((staff_no), (window_code), (owner_code))`.execute(tx);
}

/** The same for the services of one clerk. */
export async function countRatingsOf(
  tx: Tx,
  cityCode: string,
  month: string,
  { staffNo, late }: { staffNo: string; late: readonly LateRatings[] },
): Promise<CountRow[]> {
  const own = sql`${ratedServices(cityCode, month, { lastBatch: null, within: { staffNo } })}
    UNION ALL ${lateServices(cityCode, month, staffNo)}`;
  // Carried ratings may be of any month: to plan for all their partitions costs more than to ask for them.
  const known = await sql`
    SELECT 1 FROM ledger.v_carried_share
    WHERE city_code = ${cityCode} AND month = ${month}::date AND subject_kind = 'staff'
      AND subject_code = ${staffNo} LIMIT 1`.execute(tx);
  const noted = known.rows.length === 0 ? sql`` : sql`UNION ALL ${carried(cityCode, month, staffNo)}`;
  const all = sql`${own} ${noted} ${lateOnes(cityCode, late, staffNo)}`;
  // The other way round: few services of a large month, whatever the planner believes of the table.
  await sql`SET LOCAL enable_hashjoin = off`.execute(tx);
  await sql`SET LOCAL enable_mergejoin = off`.execute(tx);
  const { rows } = await sql<CountRow>`
    SELECT 'staff' AS kind, staff_no AS code, ${SUMS}
    FROM (${all}) c GROUP BY staff_no`.execute(tx);
  await sql`SET LOCAL enable_mergejoin = DEFAULT`.execute(tx);
  await sql`SET LOCAL enable_hashjoin = DEFAULT`.execute(tx);
  return rows;
}

/** A sealed month, by its first day, with ratings of batches after the last one that it counts. */
export interface LateRatings {
  readonly month: string;
  readonly batch: string;
}

const SUMS = sql`
  coalesce(sum(ratable), 0)::int AS ratable, coalesce(sum(rated), 0)::int AS rated,
  coalesce(sum(good), 0)::int AS good, coalesce(sum(bad), 0)::int AS bad,
  coalesce(sum(excluded), 0)::int AS excluded, coalesce(sum(promised), 0)::int AS promised,
  coalesce(sum(promised - late), 0)::int AS kept`;

function ratedServices(
  cityCode: string,
  month: string,
  { lastBatch, within }: { lastBatch: string | null; within: Month | { staffNo: string } },
): RawBuilder<unknown> {
  const numbers = typeof within === 'string' ? recordNumbersOf(cityCode, within) : undefined;
  const own = typeof within === 'string' ? undefined : sql`AND s.staff_no = ${within.staffNo}`;
  return sql`
      SELECT s.staff_no, s.window_code, left(s.task_code, 18) AS owner_code, count(*) AS ratable,
             count(*) FILTER (WHERE NOT r.excluded) AS rated,
             count(*) FILTER (WHERE r.satisfaction >= 3 AND NOT r.excluded) AS good,
             count(*) FILTER (WHERE r.satisfaction <= 2 AND NOT r.excluded) AS bad,
             count(*) FILTER (WHERE r.excluded) AS excluded,
             count(s.promise_day) FILTER (
               WHERE s.accept_date IS NOT NULL AND s.result_date IS NOT NULL) AS promised, 0 AS late
      FROM intake.ratable_step s
      LEFT JOIN feedback.first_rating r ON r.city_code = ${cityCode} AND r.service_month = ${month}::date
        AND r.step_id = s.step_id
        ${lastBatch === null ? sql`` : sql`AND r.batch_id <= ${lastBatch}::bigint`}
      WHERE s.city_code = ${cityCode} AND s.service_month = ${month}::date
        ${
          numbers === undefined
            ? own
            : sql`AND s.step_id >= ${numbers.first}::bigint AND s.step_id <= ${numbers.last}::bigint`
        }
      GROUP BY 1, 2, 3`;
}

/** Services of the month that took longer than promised, in working days. */
function lateServices(cityCode: string, month: string, staffNo: string | null): RawBuilder<unknown> {
  return sql`
    SELECT l.staff_no, l.window_code, left(l.task_code, 18) AS owner_code, 0 AS ratable, 0 AS rated,
      0 AS good, 0 AS bad, 0 AS excluded, 0 AS promised, 1 AS late
    FROM intake.v_late_step l
    WHERE l.city_code = ${cityCode} AND l.service_month = ${month}::date
      ${staffNo === null ? sql`` : sql`AND l.staff_no = ${staffNo}`}`;
}

/** A rating for one of those it counts for, without its service. */
const WITHOUT_SERVICE = sql`
  CASE x.kind WHEN 'staff' THEN x.code END, CASE x.kind WHEN 'window' THEN x.code END,
  CASE x.kind WHEN 'department' THEN x.code END, 0, (NOT v.excluded)::int,
  (NOT v.excluded AND r.satisfaction >= 3)::int, (NOT v.excluded AND r.satisfaction <= 2)::int,
  v.excluded::int, 0, 0`;

/** Whom a rating counts for: the clerk, the window and the item's owner. */
const COUNTED_FOR = sql`
  CROSS JOIN LATERAL (SELECT coalesce(r.verdict IN ('mistaken', 'malicious'), false) AS excluded) v
  CROSS JOIN LATERAL (VALUES ('staff', r.staff_no), ('window', r.window_code),
    ('department', left(r.task_code, 18))) AS x(kind, code)`;

/**
 * Ratings of sealed months that came late and count in this one: their services counted in their own. Few,
 * and each is looked up by itself, of whatever month it is.
 */
function carried(cityCode: string, month: string, staffNo: string | null): RawBuilder<unknown> {
  return sql`
    SELECT ${WITHOUT_SERVICE}
    FROM ledger.v_carried_share c
    CROSS JOIN LATERAL (
      SELECT * FROM feedback.scored_rating r
      WHERE r.city_code = ${cityCode} AND r.service_month = c.service_month AND r.step_id = c.step_id OFFSET 0
    ) r
    ${COUNTED_FOR}
    WHERE c.city_code = ${cityCode} AND c.month = ${month}::date
      AND c.subject_kind = x.kind AND c.subject_code = x.code
      ${staffNo === null ? sql`` : sql`AND c.subject_kind = 'staff' AND c.subject_code = ${staffNo}`}`;
}

/** The same of those that no posting has noted yet: they will count where a close takes them up. */
function lateOnes(
  cityCode: string,
  late: readonly LateRatings[],
  staffNo: string | null,
): RawBuilder<unknown> {
  const each = late.map(
    ({ month, batch }) => sql`
    UNION ALL SELECT ${WITHOUT_SERVICE}
    FROM feedback.scored_rating r ${COUNTED_FOR}
    LEFT JOIN ledger.v_carried_share c ON c.city_code = ${cityCode} AND c.step_id = r.step_id
      AND c.subject_kind = x.kind AND c.subject_code = x.code
    WHERE r.city_code = ${cityCode} AND r.service_month = ${month}::date AND r.batch_id > ${batch}::bigint
      AND c.step_id IS NULL AND x.code IS NOT NULL
      ${staffNo === null ? sql`` : sql`AND r.staff_no = ${staffNo} AND x.kind = 'staff'`}`,
  );
  return each.length === 0 ? sql`` : sql.join(each, sql` `);
}

export interface CallRow {
  readonly kind: 'staff' | 'window';
  readonly code: string;
  readonly reached: number;
  readonly satisfied: number;
}

/**
 * Call-backs that were finished in the month and reached somebody, by clerk and by window: of all, or of one
 * clerk.
 */
export async function countCalls(
  tx: Tx,
  cityCode: string,
  month: { first: string; last: string },
  only: string | null,
): Promise<CallRow[]> {
  const { rows } = await sql<CallRow>`
    SELECT CASE WHEN GROUPING(c.staff_no) = 0 THEN 'staff' ELSE 'window' END AS kind,
           coalesce(c.staff_no, c.window_code) AS code,
           count(*)::int AS reached, (count(*) FILTER (WHERE c.satisfied))::int AS satisfied
    FROM feedback.v_call_result c
    WHERE c.city_code = ${cityCode} AND c.closed_on >= ${month.first}::date
      AND c.closed_on <= ${month.last}::date ${only === null ? sql`` : sql`AND c.staff_no = ${only}`}
    GROUP BY GROUPING SETS ((c.staff_no), (c.window_code))
    HAVING coalesce(c.staff_no, c.window_code) IS NOT NULL`.execute(tx);
  return rows;
}

/** The first month with a service record; undefined in an empty city. */
export async function findFirstMonth(reader: Reader, cityCode: string): Promise<string | null> {
  const { rows } = await sql<{ month: string | null }>`
    SELECT min(service_month) AS month FROM intake.ratable_step WHERE city_code =
      ${cityCode}`.execute(reader);
  return rows[0]?.month ?? null;
}
