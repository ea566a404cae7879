import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { FindingState, FindingWay } from './desk-contract.ts';
import type { StoredFinding } from './store.ts';

/** A finding as the desk records it. */
export interface DeskFinding extends StoredFinding {
  readonly way: FindingWay;
  readonly window_code: string | null;
  readonly recorded_id: string;
  readonly recorded_staff: string | null;
  readonly claimed_at: Date | null;
  readonly photos: number;
  readonly visit_id: string | null;
}

/** Adds a finding; the same number again adds nothing. */
export async function insertDeskFinding(
  tx: Tx,
  cityCode: string,
  row: DeskFinding,
  now: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO conduct.finding (city_code, finding_id, occurred_on, subject_kind, subject_code, rule,
      quantity, project_no, evidence, recorded_by, source, recorded_at, way, window_code, recorded_id,
      recorded_staff, claimed_at, photos, visit_id)
    VALUES (${cityCode}, ${row.finding_id}, ${row.occurred_on}::date, ${row.subject_kind},
      ${row.subject_code}, ${row.rule}, ${row.quantity}, ${row.project_no}, ${row.evidence},
      ${row.recorded_by}, 'desk', ${now}, ${row.way}, ${row.window_code}, ${row.recorded_id},
      ${row.recorded_staff}, ${row.claimed_at}, ${row.photos}, ${row.visit_id})
    ON CONFLICT (city_code, finding_id) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

export interface FindingRecord extends StoredFinding {
  readonly way: FindingWay | null;
  readonly window_code: string | null;
  readonly recorded_id: string | null;
  readonly recorded_staff: string | null;
  readonly recorded_at: Date;
  readonly claimed_at: Date | null;
  readonly photos: number;
  readonly visit_id: string | null;
  readonly rejected_by: string | null;
  readonly decision_note: string | null;
  readonly subject_name: string | null;
  readonly department_name: string | null;
}

const RECORD = sql`f.finding_id, f.occurred_on, f.subject_kind, f.subject_code, f.rule, f.quantity,
  f.project_no, f.evidence, f.recorded_by, f.confirmed_by, f.way, f.window_code, f.recorded_id,
  f.recorded_staff, f.recorded_at, f.claimed_at, f.photos, f.visit_id, f.rejected_by, f.decision_note,
  coalesce(p.name, w.name, o.name) AS subject_name, d.name AS department_name`;

/** What a reader may see: the data scope, and whether visits are no secret to them. */
export interface FindingReach extends Scope {
  readonly secrets: boolean;
}

/** Findings with their subjects; a mystery visit's are nobody's but its planners' until confirmed. */
function seen({ cityCode, regionPrefix, departmentCode, secrets }: FindingReach) {
  const department = departmentCode ?? null;
  return sql`conduct.finding f
    LEFT JOIN registry.v_staff p ON p.city_code = ${cityCode} AND f.subject_kind = 'staff'
      AND p.staff_no = f.subject_code
    LEFT JOIN registry.v_window w ON w.city_code = ${cityCode} AND f.subject_kind = 'window'
      AND w.code = f.subject_code
    LEFT JOIN registry.v_department o ON o.city_code = ${cityCode} AND f.subject_kind = 'department'
      AND o.code = f.subject_code
    JOIN registry.v_department d ON d.city_code = ${cityCode}
      AND d.code = coalesce(p.department_code, w.department_code, o.code)
      AND starts_with(coalesce(w.region_code, d.region_code), ${regionPrefix ?? ''})
      AND (${department}::text IS NULL OR d.code = ${department})
    WHERE f.city_code = ${cityCode}
      AND (${secrets} OR f.way IS DISTINCT FROM 'mystery' OR f.confirmed_by IS NOT NULL)`;
}

const STATES: Readonly<Record<FindingState, ReturnType<typeof sql>>> = {
  open: sql`f.confirmed_by IS NULL AND f.rejected_by IS NULL`,
  confirmed: sql`f.confirmed_by IS NOT NULL`,
  rejected: sql`f.rejected_by IS NOT NULL`,
};

export interface FindingFilter {
  readonly state?: FindingState | undefined;
  readonly way?: FindingWay | undefined;
  readonly rule?: string | undefined;
  readonly kind?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly visit?: string | undefined;
  readonly after?: { at: Date; id: string } | undefined;
  readonly limit: number;
}

/** Findings within reach by the moment at which they were recorded, the newest first. */
export async function listFindings(
  reader: Reader,
  reach: FindingReach,
  filter: FindingFilter,
): Promise<FindingRecord[]> {
  const { state, way, rule, kind, subject, from, to, visit, after, limit } = filter;
  const conditions = [
    ...(state === undefined ? [] : [STATES[state]]),
    ...(way === undefined ? [] : [sql`f.way = ${way}`]),
    ...(rule === undefined ? [] : [sql`f.rule = ${rule}`]),
    ...(kind === undefined ? [] : [sql`f.subject_kind = ${kind}`]),
    ...(subject === undefined || subject === '' ? [] : [sql`f.subject_code = ${subject}`]),
    ...(from === undefined ? [] : [sql`f.occurred_on >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`f.occurred_on <= ${to}::date`]),
    ...(visit === undefined ? [] : [sql`f.visit_id = ${visit}::uuid`]),
    ...(after === undefined
      ? []
      : [sql`(f.recorded_at, f.finding_id) < (${after.at}::timestamptz, ${after.id})`]),
  ];
  const { rows } = await sql<FindingRecord>`
    SELECT ${RECORD} FROM ${seen(reach)} AND ${sql.join([sql`true`, ...conditions], sql` AND `)}
    ORDER BY f.recorded_at DESC, f.finding_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

export async function findFinding(
  reader: Reader,
  reach: FindingReach,
  id: string,
): Promise<FindingRecord | undefined> {
  const { rows } = await sql<FindingRecord>`
    SELECT ${RECORD} FROM ${seen(reach)} AND f.finding_id = ${id}`.execute(reader);
  return rows[0];
}

/** A finding within reach, held until the transaction ends. */
export async function lockFinding(
  tx: Tx,
  reach: FindingReach,
  id: string,
): Promise<FindingRecord | undefined> {
  const { rows } = await sql<FindingRecord>`
    SELECT ${RECORD} FROM ${seen(reach)} AND f.finding_id = ${id} FOR UPDATE OF f`.execute(tx);
  return rows[0];
}

/** Writes down what the second person has decided. */
export async function decideOnFinding(
  tx: Tx,
  cityCode: string,
  given: { id: string; by: string; at: Date; confirmed: boolean; occurredOn: string; note: string },
): Promise<void> {
  const { id, by, at, confirmed, occurredOn, note } = given;
  await sql`
    UPDATE conduct.finding SET occurred_on = ${occurredOn}::date, decision_note = ${note},
      confirmed_by = ${confirmed ? by : null}, confirmed_at = ${confirmed ? at : null},
      rejected_by = ${confirmed ? null : by}, rejected_at = ${confirmed ? null : at}
    WHERE city_code = ${cityCode} AND finding_id = ${id}`.execute(tx);
}

/** Windows within a scope with their department and who is posted there on the day. */
export async function windowsToPatrol(
  reader: Reader,
  { cityCode, regionPrefix, departmentCode }: Scope,
  on: string,
): Promise<
  {
    code: string;
    name: string;
    department_code: string;
    department_name: string;
    staff: { no: string; name: string }[];
  }[]
> {
  const department = departmentCode ?? null;
  const { rows } = await sql<{
    code: string;
    name: string;
    department_code: string;
    department_name: string;
    staff: { no: string; name: string }[];
  }>`
    SELECT w.code, w.name, w.department_code, coalesce(d.name, w.department_code) AS department_name,
      coalesce((SELECT jsonb_agg(jsonb_build_object('no', s.staff_no, 'name', s.name) ORDER BY s.staff_no)
        FROM registry.v_posting p
        JOIN registry.v_staff s ON s.city_code = ${cityCode} AND s.staff_no = p.staff_no
        WHERE p.city_code = ${cityCode} AND p.window_code = w.code AND p.from_date <= ${on}::date
          AND coalesce(p.to_date, ${on}::date) >= ${on}::date), '[]'::jsonb) AS staff
    FROM registry.v_window w
    LEFT JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = w.department_code
    WHERE w.city_code = ${cityCode} AND starts_with(w.region_code, ${regionPrefix ?? ''})
      AND (${department}::text IS NULL OR w.department_code = ${department})
    ORDER BY w.code`.execute(reader);
  return rows;
}
