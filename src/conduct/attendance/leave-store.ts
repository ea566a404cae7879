import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { LeaveState } from './leave.ts';
import type { Away } from './plan.ts';

export interface StoredLeave extends ActiveLeave {
  readonly reason: string;
  readonly on_paper: boolean;
  readonly requested_by: string;
  readonly requested_name: string;
  readonly requested_staff: string | null;
  readonly requested_at: Date;
}

export interface LeaveRow extends StoredLeave {
  readonly state: LeaveState;
  readonly staff_name: string;
  readonly department_code: string;
  readonly department_name: string;
  readonly region_code: string;
  readonly cover_name: string | null;
  readonly decided_name: string | null;
  readonly decision_note: string | null;
  readonly withdrawn_name: string | null;
  readonly withdrawal_reason: string | null;
  /** whether the reader leads a window of the person on the first day */
  readonly leads: boolean;
}

/** Who reads: the data in reach besides the own and what is asked of a chief representative. */
export interface LeaveReader {
  readonly scope: Scope;
  readonly staffNo: string | null;
  /** whether the scope counts at all */
  readonly whole: boolean;
}

function joined({ scope, staffNo, whole }: LeaveReader) {
  const { cityCode, regionPrefix = '', departmentCode = null } = scope;
  return sql`conduct.leave l
    JOIN registry.v_staff p ON p.city_code = ${cityCode} AND p.staff_no = l.staff_no
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = p.department_code
    LEFT JOIN registry.v_staff c ON c.city_code = ${cityCode} AND c.staff_no = l.cover_staff
    CROSS JOIN LATERAL (SELECT EXISTS (
      SELECT FROM registry.v_posting mine
      JOIN registry.v_posting theirs ON theirs.city_code = ${cityCode}
        AND theirs.window_code = mine.window_code AND theirs.staff_no = l.staff_no
        AND theirs.from_date <= l.from_date AND (theirs.to_date IS NULL OR theirs.to_date >= l.from_date)
      WHERE mine.city_code = ${cityCode} AND mine.staff_no = ${staffNo}
        AND mine.role = 'chief_representative' AND mine.staff_no <> l.staff_no
        AND mine.from_date <= l.from_date AND (mine.to_date IS NULL OR mine.to_date >= l.from_date)
    ) AS leads) chief
    WHERE l.city_code = ${cityCode} AND (l.staff_no = ${staffNo}::text OR chief.leads
      OR (${whole} AND starts_with(d.region_code, ${regionPrefix})
        AND (${departmentCode}::text IS NULL OR d.code = ${departmentCode})))`;
}

const COLUMNS = sql`l.leave_id, l.staff_no, l.kind, l.from_date, l.from_half, l.to_date, l.to_half,
  l.reason, l.cover_staff, l.on_paper, l.state, l.requested_by, l.requested_name, l.requested_staff,
  l.requested_at, l.decided_name, l.decision_note, l.withdrawn_name, l.withdrawal_reason,
  p.name AS staff_name, d.code AS department_code, d.name AS department_name, d.region_code,
  c.name AS cover_name, chief.leads`;

export interface LeaveFilter {
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
  readonly staff?: string | undefined;
  readonly department?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly own: boolean;
  readonly after?: { at: Date; id: string } | undefined;
  readonly limit: number;
}

/** Leave in reach, the latest request first. */
export async function listLeaves(reader: Reader, who: LeaveReader, filter: LeaveFilter): Promise<LeaveRow[]> {
  const { state = null, kind = null, staff = '', department = null, own, after, limit } = filter;
  const { from = null, to = null } = filter;
  const { rows } = await sql<LeaveRow>`
    SELECT ${COLUMNS} FROM ${joined(who)}
      AND (${state}::text IS NULL OR l.state = ${state}) AND (${kind}::text IS NULL OR l.kind = ${kind})
      AND (${department}::text IS NULL OR d.code = ${department})
      AND (strpos(p.name, ${staff}) > 0 OR strpos(upper(l.staff_no), upper(${staff})) > 0)
      AND (NOT ${own} OR l.staff_no = ${who.staffNo}::text)
      AND (${from}::date IS NULL OR l.to_date >= ${from}::date)
      AND (${to}::date IS NULL OR l.from_date <= ${to}::date)
      AND (${after?.at ?? null}::timestamptz IS NULL
        OR (l.requested_at, l.leave_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY l.requested_at DESC, l.leave_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/** One of the leaves in reach, held until the transaction ends. */
export async function lockLeave(tx: Tx, who: LeaveReader, id: string): Promise<LeaveRow | undefined> {
  const { rows } = await sql<LeaveRow>`
    SELECT ${COLUMNS} FROM ${joined(who)} AND l.leave_id = ${id} FOR UPDATE OF l`.execute(tx);
  return rows[0];
}

/** Whoever changes somebody's leave waits here for the others. */
export async function lockPerson(tx: Tx, cityCode: string, staffNo: string): Promise<void> {
  const lock = `leave:${cityCode}:${staffNo}`;
  await sql`SELECT pg_advisory_xact_lock(hashtext(${lock})) WHERE ${cityCode} <> ''`.execute(tx);
}

export interface ActiveLeave extends Away {
  readonly leave_id: string;
}

/** Leave that reaches into the days: requested or approved, or approved only. */
export async function findLeaves(
  reader: Reader,
  cityCode: string,
  wanted: { from: string; to: string; staff: readonly string[] | null; requested: boolean },
): Promise<ActiveLeave[]> {
  const { from, to, staff, requested } = wanted;
  const states = requested ? ['requested', 'approved'] : ['approved'];
  const { rows } = await sql<ActiveLeave>`
    SELECT leave_id, staff_no, kind, from_date, from_half, to_date, to_half, cover_staff FROM conduct.leave
    WHERE city_code = ${cityCode} AND state = ANY(${states}::text[]) AND from_date <= ${to}::date
      AND to_date >= ${from}::date AND (${staff}::text[] IS NULL OR staff_no = ANY(${staff}::text[]))
    ORDER BY staff_no, from_date`.execute(reader);
  return rows;
}

/** Adds a request; false when the id stands already. */
export async function insertLeave(tx: Tx, cityCode: string, row: StoredLeave): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO conduct.leave (city_code, leave_id, staff_no, kind, from_date, from_half, to_date, to_half,
      reason, cover_staff, on_paper, state, requested_by, requested_name, requested_staff, requested_at)
    VALUES (${cityCode}, ${row.leave_id}, ${row.staff_no}, ${row.kind}, ${row.from_date}, ${row.from_half},
      ${row.to_date}, ${row.to_half}, ${row.reason}, ${row.cover_staff}, ${row.on_paper}, 'requested',
      ${row.requested_by}, ${row.requested_name}, ${row.requested_staff}, ${row.requested_at})
    ON CONFLICT (city_code, leave_id) DO NOTHING RETURNING leave_id`.execute(tx);
  return rows.length > 0;
}

/** Whether a request of this id stands already. */
export async function leaveStands(tx: Tx, cityCode: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM conduct.leave WHERE city_code = ${cityCode} AND leave_id = ${id}`.execute(tx);
  return rows.length > 0;
}

export async function settleLeave(
  tx: Tx,
  cityCode: string,
  given: { id: string; approve: boolean; by: string; name: string; at: Date; note: string },
): Promise<void> {
  const { id, approve, by, name, at, note } = given;
  await sql`
    UPDATE conduct.leave SET state = ${approve ? 'approved' : 'refused'}, decided_by = ${by},
      decided_name = ${name}, decided_at = ${at}, decision_note = ${note || null}
    WHERE city_code = ${cityCode} AND leave_id = ${id}`.execute(tx);
}

export async function dropLeave(
  tx: Tx,
  cityCode: string,
  given: { id: string; by: string; name: string; at: Date; reason: string },
): Promise<void> {
  const { id, by, name, at, reason } = given;
  await sql`
    UPDATE conduct.leave SET state = 'withdrawn', withdrawn_by = ${by}, withdrawn_name = ${name},
      withdrawn_at = ${at}, withdrawal_reason = ${reason}
    WHERE city_code = ${cityCode} AND leave_id = ${id}`.execute(tx);
}

/** Others of the person's department, by name. */
export async function findColleagues(
  reader: Reader,
  cityCode: string,
  staffNo: string,
): Promise<{ staffNo: string; name: string }[]> {
  const { rows } = await sql<{ staffNo: string; name: string }>`
    SELECT o.staff_no AS "staffNo", o.name FROM registry.v_staff s
    JOIN registry.v_staff o ON o.city_code = ${cityCode} AND o.department_code = s.department_code
      AND o.staff_no <> s.staff_no
    WHERE s.city_code = ${cityCode} AND s.staff_no = ${staffNo} ORDER BY o.name, o.staff_no LIMIT 500
  `.execute(reader);
  return rows;
}
