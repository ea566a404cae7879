import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { RatingSource } from './contract.ts';

export interface RatingListRow {
  step_id: string;
  assess_number: number;
  batch_id: string;
  batch_position: number;
  project_no: string;
  service_number: number;
  service_name: string;
  service_time: Date;
  task_code: string;
  task_name: string;
  window_code: string | null;
  window_name: string | null;
  dept_code: string;
  dept_name: string | null;
  staff_no: string | null;
  staff_name: string | null;
  region_code: string;
  satisfaction: number;
  tags: number[];
  process: number | null;
  efficiency: number | null;
  attitude: number | null;
  channel: number;
  mode: 'onsite' | 'online' | 'public' | 'inspect';
  source: RatingSource;
  real_name: boolean;
  has_text: boolean;
  receipt: Buffer;
  assessed_at: Date;
  recorded_at: Date;
  verdict: 'upheld' | 'mistaken' | 'malicious' | null;
  attribution: 'staff' | 'window' | 'department' | null;
  verified_by: string | null;
  approved_by: string | null;
  decided_on: string | null;
}

/** Which rows whoever asks may see. */
export interface Reach {
  cityCode: string;
  regionPrefix?: string | undefined;
  departmentCode?: string | undefined;
  /** a clerk sees ratings of the own services only */
  onlyStaff?: string | undefined;
}

export interface RatingListFilter extends Reach {
  /** not the services of this member of staff */
  notStaff?: string | undefined;
  stepId?: string | undefined;
  assessNumber?: number | undefined;
  level?: number | undefined;
  tag?: number | undefined;
  window?: string | undefined;
  department?: string | undefined;
  staff?: string | undefined;
  channel?: number | undefined;
  source?: RatingSource | undefined;
  hasText?: boolean | undefined;
  verdict?: 'none' | 'upheld' | 'mistaken' | 'malicious' | undefined;
  /** part of the case number from its start */
  q?: string | undefined;
  /** instants of the service, and the months they lie in */
  from?: Date | undefined;
  to?: Date | undefined;
  fromMonth?: string | undefined;
  toMonth?: string | undefined;
  after?: { batchId: string; position: number } | undefined;
  limit: number;
}

/** Ratings with their service, the newest written first. */
export async function listRatings(reader: Reader, filter: RatingListFilter): Promise<RatingListRow[]> {
  const conditions = [sql`r.city_code = ${filter.cityCode}`];
  const { q, after, verdict } = filter;
  if (filter.regionPrefix) conditions.push(sql`starts_with(r.region_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`r.dept_code = ${filter.departmentCode}`);
  if (filter.onlyStaff !== undefined) conditions.push(sql`r.staff_no = ${filter.onlyStaff}`);
  if (filter.notStaff) conditions.push(sql`r.staff_no IS DISTINCT FROM ${filter.notStaff}`);
  if (filter.stepId) conditions.push(sql`r.step_id = ${filter.stepId}::bigint`);
  if (filter.assessNumber) conditions.push(sql`r.assess_number = ${filter.assessNumber}`);
  if (filter.level) conditions.push(sql`r.satisfaction = ${filter.level}`);
  if (filter.tag) conditions.push(sql`${filter.tag}::smallint = ANY(r.tags)`);
  if (filter.window) conditions.push(sql`r.window_code = ${filter.window}`);
  if (filter.department) conditions.push(sql`r.dept_code = ${filter.department}`);
  if (filter.staff) conditions.push(sql`r.staff_no = ${filter.staff}`);
  if (filter.channel) conditions.push(sql`r.channel = ${filter.channel}`);
  if (filter.source) conditions.push(sql`r.source = ${filter.source}`);
  if (filter.hasText !== undefined) conditions.push(sql`r.has_text = ${filter.hasText}`);
  if (verdict === 'none') conditions.push(sql`r.verdict IS NULL`);
  else if (verdict) conditions.push(sql`r.verdict = ${verdict}`);
  if (q) conditions.push(sql`starts_with(r.project_no, ${q})`);
  if (filter.fromMonth) conditions.push(sql`r.service_month >= ${filter.fromMonth}::date`);
  if (filter.toMonth) conditions.push(sql`r.service_month <= ${filter.toMonth}::date`);
  if (filter.from) conditions.push(sql`r.service_time >= ${filter.from}`);
  if (filter.to) conditions.push(sql`r.service_time < ${filter.to}`);
  if (after) {
    conditions.push(sql`(r.batch_id, r.batch_position) < (${after.batchId}::bigint, ${after.position}::int)`);
  }
  const { rows } = await sql<RatingListRow>`
    SELECT r.step_id, r.assess_number, r.batch_id, r.batch_position, r.project_no, r.service_number,
      r.service_name,
      r.service_time, r.task_code, r.task_name, r.window_code, w.name AS window_name, r.dept_code,
      d.name AS dept_name, r.staff_no, p.name AS staff_name, r.region_code, r.satisfaction, r.tags, r.process,
      r.efficiency, r.attitude, r.channel, r.mode, r.source, r.real_name, r.has_text, r.receipt,
        r.assessed_at,
      r.recorded_at, r.verdict, r.attribution, r.verified_by, r.approved_by, r.decided_on
    FROM feedback.rating_list r
    LEFT JOIN registry.v_window w ON w.city_code = r.city_code AND w.code = r.window_code
    LEFT JOIN registry.v_department d ON d.city_code = r.city_code AND d.code = r.dept_code
    LEFT JOIN registry.v_staff p ON p.city_code = r.city_code AND p.staff_no = r.staff_no
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY r.batch_id DESC, r.batch_position DESC
    LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

/** Those of the steps that the member of staff served. */
export async function ownStepsAmong(
  reader: Reader,
  cityCode: string,
  { staffNo, stepIds }: { staffNo: string; stepIds: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ step_id: string }>`
    SELECT step_id FROM intake.ratable_step
    WHERE city_code = ${cityCode} AND staff_no = ${staffNo} AND step_id = ANY(${[...stepIds]}::bigint[])
  `.execute(reader);
  return rows.map((row) => row.step_id);
}

/** Whether the step's rater chose to be anonymous. */
export async function isAnonymousStep(
  reader: Reader,
  cityCode: string,
  step: { stepId: string; month: string },
): Promise<boolean> {
  const { rows } = await sql<{ anonymous: boolean }>`
    SELECT anonymous FROM feedback.rater
    WHERE city_code = ${cityCode} AND service_month = ${step.month}::date
      AND step_id = ${step.stepId}::bigint`.execute(reader);
  return rows.some((row) => row.anonymous);
}

/** Erases what was written with ratings of services before the month; answers how many texts. */
export async function eraseTexts(tx: Tx, cityCode: string, before: string): Promise<number> {
  const result = await sql`
    DELETE FROM feedback.rating_text
    WHERE city_code = ${cityCode} AND service_month < ${before}::date`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** What was written with a rating; undefined when nothing was or it has been erased. */
export async function ratingText(
  reader: Reader,
  cityCode: string,
  rating: { stepId: string; month: string; assessNumber: number },
): Promise<string | undefined> {
  const { rows } = await sql<{ body: string }>`
    SELECT body FROM feedback.rating_text
    WHERE city_code = ${cityCode} AND service_month = ${rating.month}::date
      AND step_id = ${rating.stepId}::bigint
      AND assess_number = ${rating.assessNumber}`.execute(reader);
  return rows[0]?.body;
}
