import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { FindingReach } from './desk-store.ts';
import type { VisitState } from './visit-contract.ts';

export interface NewVisit {
  readonly visit_id: string;
  readonly window_code: string;
  readonly region_code: string;
  readonly department_code: string;
  readonly from_date: string;
  readonly to_date: string;
  readonly purpose: string;
  readonly visitor: string;
  readonly planned_by: string;
  readonly planned_id: string;
}

export interface VisitRecord extends NewVisit {
  readonly planned_at: Date;
  readonly report: string | null;
  readonly reported_by: string | null;
  readonly reported_id: string | null;
  readonly reported_staff: string | null;
  readonly confirmed_by: string | null;
  readonly cancelled_by: string | null;
  readonly window_name: string | null;
  readonly findings: number;
}

/** Adds a plan; the same id again adds nothing. */
export async function insertVisit(tx: Tx, cityCode: string, row: NewVisit, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO conduct.visit (city_code, visit_id, window_code, region_code, department_code, from_date,
      to_date, purpose, visitor, planned_by, planned_id, planned_at)
    VALUES (${cityCode}, ${row.visit_id}::uuid, ${row.window_code}, ${row.region_code},
      ${row.department_code}, ${row.from_date}::date, ${row.to_date}::date, ${row.purpose}, ${row.visitor},
      ${row.planned_by}, ${row.planned_id}, ${now})
    ON CONFLICT (city_code, visit_id) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

const STATES = {
  planned: 'v.reported_at IS NULL AND v.cancelled_at IS NULL',
  reported: 'v.reported_at IS NOT NULL AND v.confirmed_at IS NULL',
  confirmed: 'v.confirmed_at IS NOT NULL',
  cancelled: 'v.cancelled_at IS NOT NULL',
} as const satisfies Record<VisitState, string>;

/** Visits with their window; who plans none sees the confirmed ones only. */
function visits(
  { cityCode, regionPrefix, departmentCode, secrets }: FindingReach,
  { id, state, after }: { id?: string; state?: VisitState; after?: { at: Date; id: string } },
) {
  const department = departmentCode ?? null;
  return sql`SELECT v.visit_id, v.window_code, v.region_code, v.department_code, v.from_date, v.to_date,
      v.purpose, v.visitor, v.planned_by, v.planned_id, v.planned_at, v.report, v.reported_by,
      v.reported_id, v.reported_staff, v.confirmed_by, v.cancelled_by, w.name AS window_name,
      (SELECT count(*)::int FROM conduct.finding f
        WHERE f.city_code = ${cityCode} AND f.visit_id = v.visit_id) AS findings
    FROM conduct.visit v
    LEFT JOIN registry.v_window w ON w.city_code = ${cityCode} AND w.code = v.window_code
    WHERE v.city_code = ${cityCode} AND (${secrets} OR v.confirmed_at IS NOT NULL)
      AND starts_with(v.region_code, ${regionPrefix ?? ''})
      AND (${department}::text IS NULL OR v.department_code = ${department})
      AND (${id ?? null}::uuid IS NULL OR v.visit_id = ${id ?? null}::uuid)
      AND ${state === undefined ? sql`true` : sql.raw(STATES[state])}
      AND (${after?.at ?? null}::timestamptz IS NULL
        OR (v.planned_at, v.visit_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))`;
}

export async function listVisits(
  reader: Reader,
  reach: FindingReach,
  filter: {
    state?: VisitState | undefined;
    after?: { at: Date; id: string } | undefined;
    limit: number;
  },
): Promise<VisitRecord[]> {
  const { state, after, limit } = filter;
  const wanted = { ...(state ? { state } : {}), ...(after ? { after } : {}) };
  const { rows } = await sql<VisitRecord>`
    ${visits(reach, wanted)} ORDER BY v.planned_at DESC, v.visit_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/** A visit within reach, held until the transaction ends. */
export async function lockVisit(tx: Tx, reach: FindingReach, id: string): Promise<VisitRecord | undefined> {
  const { rows } = await sql<VisitRecord>`${visits(reach, { id })} FOR UPDATE OF v`.execute(tx);
  return rows[0];
}

/** Writes down the next step of a visit. */
export async function stepVisit(
  tx: Tx,
  cityCode: string,
  id: string,
  step:
    | { name: 'report'; report: string; by: string; byId: string; byStaff: string | null; at: Date }
    | { name: 'confirm' | 'cancel'; by: string; at: Date },
): Promise<void> {
  const { by, at } = step;
  const change =
    step.name === 'report'
      ? sql`report = ${step.report}, reported_by = ${by}, reported_id = ${step.byId},
          reported_staff = ${step.byStaff}, reported_at = ${at}`
      : step.name === 'confirm'
        ? sql`confirmed_by = ${by}, confirmed_at = ${at}`
        : sql`cancelled_by = ${by}, cancelled_at = ${at}`;
  await sql`UPDATE conduct.visit SET ${change}
    WHERE city_code = ${cityCode} AND visit_id = ${id}::uuid`.execute(tx);
}
