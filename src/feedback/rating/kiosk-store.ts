import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface DeskRow {
  step_id: string;
  project_no: string;
  service_number: number;
  service_name: string;
  task_name: string;
  window_code: string;
  service_time: Date;
}

/** The newest services at the windows that can still be rated. */
export async function servedAt(
  reader: Reader,
  cityCode: string,
  at: { windows: readonly string[]; now: Date; limit: number },
): Promise<DeskRow[]> {
  const { rows } = await sql<DeskRow>`
    SELECT step_id, project_no, service_number, service_name, task_name, window_code, service_time
    FROM intake.ratable_step
    WHERE city_code = ${cityCode} AND window_code = ANY(${[...at.windows]}::text[])
      AND ratable_until > ${at.now}
    ORDER BY service_time DESC, step_id DESC LIMIT ${at.limit}`.execute(reader);
  return rows;
}

/** Where a service was and until when it can be rated. */
export async function stepAtWindow(
  reader: Reader,
  cityCode: string,
  stepId: string,
): Promise<{ window_code: string | null; ratable_until: Date } | undefined> {
  const { rows } = await sql<{ window_code: string | null; ratable_until: Date }>`
    SELECT window_code, ratable_until FROM intake.ratable_step
    WHERE city_code = ${cityCode} AND step_id = ${stepId}::bigint`.execute(reader);
  return rows[0];
}

export interface LateInput {
  step_id: string;
  client_id: string;
  service_month: string;
  invitation_id: string;
  device_id: string;
  source: 'tablet' | 'button';
  satisfaction: number;
  tags: readonly number[];
  body: string | null;
  shown_at: Date;
  device_at: string | null;
}

/** Keeps a rating that came too late; the same again changes nothing. */
export async function insertLate(
  tx: Tx,
  cityCode: string,
  late: LateInput,
  receivedAt: Date,
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO feedback.late_rating (city_code, step_id, client_id, service_month, invitation_id, device_id,
      source, satisfaction, tags, body, shown_at, device_at, received_at)
    VALUES (${cityCode}, ${late.step_id}::bigint, ${late.client_id}, ${late.service_month}::date,
      ${late.invitation_id}::uuid, ${late.device_id}::uuid, ${late.source}, ${late.satisfaction},
      ${[...late.tags]}::smallint[], ${late.body}, ${late.shown_at}, ${late.device_at}::timestamptz,
      ${receivedAt})
    ON CONFLICT (city_code, step_id, client_id) DO NOTHING
    RETURNING client_id`.execute(tx);
  return rows.length > 0;
}

export interface LateRowRead {
  step_id: string;
  client_id: string;
  project_no: string;
  service_number: number;
  service_time: Date;
  task_name: string;
  window_code: string;
  satisfaction: number;
  tags: number[];
  source: 'tablet' | 'button';
  shown_at: Date;
  device_at: Date | null;
  received_at: Date;
}

export interface LateFilter {
  cityCode: string;
  regionPrefix?: string | undefined;
  departmentCode?: string | undefined;
  /** Staff number of the reader, whose own services are left out. */
  notStaff?: string | undefined;
  window?: string | undefined;
  after?: { at: Date; id: string } | undefined;
}

function conditionsOf(filter: LateFilter) {
  const conditions = [sql`l.city_code = ${filter.cityCode}`];
  if (filter.regionPrefix) conditions.push(sql`starts_with(s.region_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`s.dept_code = ${filter.departmentCode}`);
  if (filter.notStaff) conditions.push(sql`s.staff_no IS DISTINCT FROM ${filter.notStaff}`);
  if (filter.window) conditions.push(sql`s.window_code = ${filter.window}`);
  return conditions;
}

/** Late ratings within reach, the newest first. */
export async function listLate(
  reader: Reader,
  filter: LateFilter & { limit: number },
): Promise<LateRowRead[]> {
  const conditions = conditionsOf(filter);
  const { after } = filter;
  if (after) conditions.push(sql`(l.received_at, l.step_id) < (${after.at}, ${after.id}::bigint)`);
  const { rows } = await sql<LateRowRead>`
    SELECT l.step_id, l.client_id, s.project_no, s.service_number, s.service_time, s.task_name,
      coalesce(s.window_code, '') AS window_code, l.satisfaction, l.tags, l.source, l.shown_at, l.device_at,
      l.received_at
    FROM feedback.late_rating l
    JOIN intake.ratable_step s ON s.city_code = l.city_code AND s.step_id = l.step_id
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY l.received_at DESC, l.step_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

export async function countLate(reader: Reader, filter: LateFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM feedback.late_rating l
    JOIN intake.ratable_step s ON s.city_code = l.city_code AND s.step_id = l.step_id
    WHERE ${sql.join(conditionsOf(filter), sql` AND `)}`.execute(reader);
  return rows[0]?.count ?? 0;
}

/** Empties what was written with late ratings of services before the day; answers how many. */
export async function eraseLateTexts(tx: Tx, cityCode: string, before: string): Promise<number> {
  const result = await sql`
    UPDATE feedback.late_rating SET body = NULL
    WHERE city_code = ${cityCode} AND service_month < ${before}::date AND body IS NOT NULL`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
