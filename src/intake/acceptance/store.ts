import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { ApplicationState, Verb } from './contract.ts';

export interface ApplicationRecord {
  project_no: string;
  form_id: string;
  joint_no: string | null;
  item_code: string;
  item_name: string;
  department_code: string;
  department_name: string | null;
  region_code: string;
  window_code: string;
  staff_no: string;
  user_prop: number;
  person_step: string;
  state: ApplicationState;
  promised_days: number;
  extended_days: number;
  paused_days: number;
  paused_at: Date | null;
  lacking_until: string | null;
  received_at: Date;
  accepted_at: Date | null;
  decided_at: Date | null;
  handed_out_at: Date | null;
  next_service: number;
  next_event: number;
}

/** What a case is when it comes. */
export type NewApplication = Omit<
  ApplicationRecord,
  | 'department_name'
  | 'extended_days'
  | 'paused_days'
  | 'paused_at'
  | 'decided_at'
  | 'handed_out_at'
  | 'next_service'
  | 'next_event'
>;

/** Draws the next number of a series, for good: it is never given twice, and some may be left out. */
export async function drawNumber(db: Reader, cityCode: string, series: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    INSERT INTO intake.case_series AS c (city_code, series, next) VALUES (${cityCode}, ${series}, 2)
    ON CONFLICT (city_code, series) DO UPDATE SET next = c.next + 1
    RETURNING next`.execute(db);
  return (rows[0]?.next ?? 2) - 1;
}

/** Adds a case; answers false when the same form has made one already. */
export async function insertApplication(tx: Tx, cityCode: string, row: NewApplication): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO intake.application (city_code, project_no, form_id, joint_no, item_code, item_name,
      department_code, region_code, window_code, staff_no, user_prop, person_step, state, promised_days,
      lacking_until, received_at, accepted_at, next_service, next_event)
    VALUES (${cityCode}, ${row.project_no}, ${row.form_id}::uuid, ${row.joint_no}, ${row.item_code},
      ${row.item_name}, ${row.department_code}, ${row.region_code}, ${row.window_code}, ${row.staff_no},
      ${row.user_prop}, ${row.person_step}::bigint, ${row.state}, ${row.promised_days},
      ${row.lacking_until}::date, ${row.received_at}, ${row.accepted_at}, 2, 1)
    ON CONFLICT (city_code, form_id) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

export const columns =
  sql.raw(`a.project_no, a.form_id, a.joint_no, a.item_code, a.item_name, a.department_code,
  d.name AS department_name, a.region_code, a.window_code, a.staff_no, a.user_prop, a.person_step, a.state,
  a.promised_days, a.extended_days, a.paused_days, a.paused_at, a.lacking_until, a.received_at,
  a.accepted_at, a.decided_at, a.handed_out_at, a.next_service, a.next_event`);

export const source = sql.raw(`intake.application a
  LEFT JOIN registry.v_department d ON d.city_code = a.city_code AND d.code = a.department_code`);

/** The case of a form that has been sent before. */
export async function applicationOfForm(
  reader: Reader,
  cityCode: string,
  formId: string,
): Promise<ApplicationRecord | undefined> {
  const { rows } = await sql<ApplicationRecord>`
    SELECT ${columns} FROM ${source}
    WHERE a.city_code = ${cityCode} AND a.form_id = ${formId}::uuid`.execute(reader);
  return rows[0];
}

export async function findApplication(
  reader: Reader,
  cityCode: string,
  projectNo: string,
): Promise<ApplicationRecord | undefined> {
  const { rows } = await sql<ApplicationRecord>`
    SELECT ${columns} FROM ${source}
    WHERE a.city_code = ${cityCode} AND a.project_no = ${projectNo}`.execute(reader);
  return rows[0];
}

/** The same, while nobody else can change it: of two who act at once, one waits. */
export async function lockedApplication(
  tx: Tx,
  cityCode: string,
  projectNo: string,
): Promise<ApplicationRecord | undefined> {
  const { rows } = await sql<ApplicationRecord>`
    SELECT ${columns} FROM ${source}
    WHERE a.city_code = ${cityCode} AND a.project_no = ${projectNo} FOR UPDATE OF a`.execute(tx);
  return rows[0];
}

/** What may change of a case. */
export type Changes = Partial<
  Pick<
    ApplicationRecord,
    | 'state'
    | 'person_step'
    | 'extended_days'
    | 'paused_days'
    | 'paused_at'
    | 'lacking_until'
    | 'accepted_at'
    | 'decided_at'
    | 'handed_out_at'
    | 'next_service'
    | 'next_event'
  >
>;

/** Writes a locked case as it stands after the change. */
export async function saveApplication(
  tx: Tx,
  cityCode: string,
  before: ApplicationRecord,
  changes: Changes,
): Promise<ApplicationRecord> {
  const after = { ...before, ...changes };
  await sql`
    UPDATE intake.application SET state = ${after.state}, person_step = ${after.person_step}::bigint,
      extended_days = ${after.extended_days},
      paused_days = ${after.paused_days}, paused_at = ${after.paused_at},
      lacking_until = ${after.lacking_until}::date, accepted_at = ${after.accepted_at},
      decided_at = ${after.decided_at}, handed_out_at = ${after.handed_out_at},
      next_service = ${after.next_service}, next_event = ${after.next_event}
    WHERE city_code = ${cityCode} AND project_no = ${after.project_no}`.execute(tx);
  return after;
}

export interface EventRow {
  event_no: number;
  verb: Verb;
  staff_no: string;
  staff_name: string;
  happened_at: Date;
  remark: string | null;
  step_id: string | null;
}

export async function insertEvent(
  tx: Tx,
  cityCode: string,
  projectNo: string,
  event: EventRow,
): Promise<void> {
  await sql`
    INSERT INTO intake.application_event (city_code, project_no, event_no, verb, staff_no, staff_name,
      happened_at, remark, step_id)
    VALUES (${cityCode}, ${projectNo}, ${event.event_no}, ${event.verb}, ${event.staff_no},
      ${event.staff_name}, ${event.happened_at}, ${event.remark}, ${event.step_id}::bigint)`.execute(tx);
}

export async function listEvents(reader: Reader, cityCode: string, projectNo: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    SELECT event_no, verb, staff_no, staff_name, happened_at, remark, step_id FROM intake.application_event
    WHERE city_code = ${cityCode} AND project_no = ${projectNo} ORDER BY event_no`.execute(reader);
  return rows;
}

export interface ListFilter {
  /** The halls, by the first six digits of their regions. */
  halls: readonly string[];
  staffNo?: string | undefined;
  open: boolean;
  state?: string | undefined;
  q?: string | undefined;
  limit: number;
}

/** Cases of the halls, those that have waited longest first while they are open, else the newest. */
export async function listApplications(
  reader: Reader,
  cityCode: string,
  filter: ListFilter,
): Promise<ApplicationRecord[]> {
  const { halls, staffNo = null, open, state = null, q = '', limit } = filter;
  const { rows } = await sql<ApplicationRecord>`
    SELECT ${columns} FROM ${source}
    WHERE a.city_code = ${cityCode} AND left(a.region_code, 6) = ANY(${[...halls]}::text[])
      AND (${staffNo}::text IS NULL OR a.staff_no = ${staffNo})
      AND (NOT ${open}::boolean OR a.state IN ('noticed', 'accepted', 'paused', 'approved', 'rejected'))
      AND (${state}::text IS NULL OR a.state = ${state})
      AND (${q} = '' OR a.project_no = upper(${q}) OR right(a.project_no, 4) = ${q}
        OR strpos(a.item_name, ${q}) > 0)
    ORDER BY CASE WHEN ${open}::boolean THEN a.received_at END, a.received_at DESC, a.project_no
    LIMIT ${limit}`.execute(reader);
  return rows;
}

export async function listJoint(
  reader: Reader,
  cityCode: string,
  jointNo: string,
): Promise<{ project_no: string; item_name: string; state: ApplicationState }[]> {
  const { rows } = await sql<{ project_no: string; item_name: string; state: ApplicationState }>`
    SELECT project_no, item_name, state FROM intake.application
    WHERE city_code = ${cityCode} AND (joint_no = ${jointNo} OR project_no = ${jointNo})
    ORDER BY received_at, project_no`.execute(reader);
  return rows;
}
