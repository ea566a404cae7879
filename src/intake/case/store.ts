import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface KnownCodes {
  regions: Set<string>;
  departments: Set<string>;
  windows: Set<string>;
  staff: Set<string>;
}

interface CodeLists {
  regions: readonly string[];
  departments: readonly string[];
  windows: readonly string[];
  staff: readonly string[];
}

/** Which of the codes stand in the registers of the city. */
export async function knownCodes(reader: Reader, cityCode: string, lists: CodeLists): Promise<KnownCodes> {
  const { rows } = await sql<{ kind: keyof KnownCodes; code: string }>`
    SELECT 'regions' AS kind, code FROM registry.v_region WHERE code = ANY(${[...lists.regions]}::text[])
    UNION ALL
    SELECT 'departments', code FROM registry.v_department
      WHERE city_code = ${cityCode} AND code = ANY(${[...lists.departments]}::text[])
    UNION ALL
    SELECT 'windows', code FROM registry.v_window
      WHERE city_code = ${cityCode} AND code = ANY(${[...lists.windows]}::text[])
    UNION ALL
    SELECT 'staff', staff_no FROM registry.v_staff
      WHERE city_code = ${cityCode} AND staff_no = ANY(${[...lists.staff]}::text[])`.execute(reader);
  const known: KnownCodes = {
    regions: new Set(),
    departments: new Set(),
    windows: new Set(),
    staff: new Set(),
  };
  for (const row of rows) known[row.kind].add(row.code);
  return known;
}

/** Those of the case numbers that stand. */
export async function findCases(
  reader: Reader,
  cityCode: string,
  projectNos: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ project_no: string }>`
    SELECT project_no FROM intake.case_file
    WHERE city_code = ${cityCode} AND project_no = ANY(${[...projectNos]}::text[])`.execute(reader);
  return rows.map((row) => row.project_no);
}

export interface KeptStep {
  project_no: string;
  service_number: number;
  step_id: string;
  short_code: string;
  content_hash: Buffer;
}

/** Steps that exist already among the keys. */
export async function findKept(
  reader: Reader,
  cityCode: string,
  keys: readonly { projectNo: string; serviceNumber: number }[],
): Promise<KeptStep[]> {
  const { rows } = await sql<KeptStep>`
    SELECT s.project_no, s.service_number, s.step_id, s.short_code, s.content_hash
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("projectNo" text, "serviceNumber" int)
    JOIN intake.case_step s
      ON s.city_code = ${cityCode} AND s.project_no = k."projectNo"
        AND s.service_number = k."serviceNumber"`.execute(reader);
  return rows;
}

/** Reserves `count` sequence numbers of a city and month, for good; answers the first. */
export async function reserveSequence(
  db: Reader,
  cityCode: string,
  monthDay: string,
  count: number,
): Promise<bigint> {
  const { rows } = await sql<{ next: string }>`
    INSERT INTO intake.step_counter AS c (city_code, service_month, next)
    VALUES (${cityCode}, ${monthDay}::date, ${count + 1})
    ON CONFLICT (city_code, service_month) DO UPDATE SET next = c.next + ${count}
    RETURNING next`.execute(db);
  return BigInt(rows[0]?.next ?? 1) - BigInt(count);
}

export async function takenShortCodes(
  tx: Tx,
  cityCode: string,
  codes: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ short_code: string }>`
    SELECT short_code FROM intake.case_step
    WHERE city_code = ${cityCode} AND short_code = ANY(${[...codes]}::text[])`.execute(tx);
  return new Set(rows.map((row) => row.short_code));
}

/** A step as it is written; byte strings in hex. */
export interface StepRow {
  step_id: string;
  project_no: string;
  project_name: string | null;
  service_number: number;
  service_month: string;
  service_time: string;
  service_name: string;
  area_code: string;
  dept_code: string;
  task_code: string;
  task_name: string;
  window_code: string | null;
  staff_no: string | null;
  pro_status: number;
  pro_channel: number;
  accept_date: string | null;
  result_date: string | null;
  promise_day: number | null;
  user_prop: number | null;
  details: Record<string, string | number> | null;
  short_code: string;
  ratable_until: string;
  has_mobile: boolean;
  content_hash: string;
  applicant: ApplicantRow | null;
}

export interface ApplicantRow {
  user_page_type: string | null;
  user_name_enc: string | null;
  user_name_hash: string | null;
  cert_key_enc: string | null;
  cert_key_hash: string | null;
  mobile_enc: string | null;
  mobile_hash: string | null;
  mobile_last4_hash: string | null;
  agent_enc: string | null;
}

/**
 * Writes new steps with their cases and persons. What another transaction wrote in the meantime is left
 * alone. Answers the step ids written.
 */
export async function insertSteps(
  tx: Tx,
  cityCode: string,
  rows: readonly StepRow[],
  meta: { source: string; recordedAt: Date },
): Promise<Set<string>> {
  const projects = JSON.stringify(rows.map(({ project_no, project_name }) => ({ project_no, project_name })));
  // Each statement gets what it reads: a batch is large, and the persons are most of it.
  const steps = JSON.stringify(rows.map(({ applicant: _, ...step }) => step));
  await sql`
    INSERT INTO intake.case_file (city_code, project_no, project_name, first_seen_at)
    SELECT DISTINCT ON (r.project_no) ${cityCode}, r.project_no, r.project_name,
      ${meta.recordedAt}::timestamptz
    FROM jsonb_to_recordset(${projects}::jsonb) AS r(project_no text, project_name text)
    ORDER BY r.project_no
    ON CONFLICT (city_code, project_no) DO NOTHING`.execute(tx);
  const written = await sql<{ step_id: string }>`
    INSERT INTO intake.case_step (city_code, step_id, project_no, service_number, service_month, service_time,
      service_name, area_code, dept_code, task_code, task_name, window_code, staff_no, pro_status,
        pro_channel,
      accept_date, result_date, promise_day, user_prop, details, short_code, ratable_until, has_mobile,
        source,
      content_hash, recorded_at)
    SELECT ${cityCode}, r.step_id, r.project_no, r.service_number, r.service_month, r.service_time,
      r.service_name,
      r.area_code, r.dept_code, r.task_code, r.task_name, r.window_code, r.staff_no, r.pro_status,
        r.pro_channel,
      r.accept_date, r.result_date, r.promise_day, r.user_prop, r.details, r.short_code, r.ratable_until,
      r.has_mobile, ${meta.source}, decode(r.content_hash, 'hex'), ${meta.recordedAt}::timestamptz
    FROM jsonb_to_recordset(${steps}::jsonb) AS r(step_id bigint,
      project_no text, service_number int,
      service_month date, service_time timestamptz, service_name text, area_code text, dept_code text,
      task_code text, task_name text, window_code text, staff_no text, pro_status smallint,
        pro_channel smallint,
      accept_date timestamptz, result_date timestamptz, promise_day int, user_prop smallint, details jsonb,
      short_code text, ratable_until timestamptz, has_mobile boolean, content_hash text)
    ON CONFLICT (city_code, project_no, service_number) DO NOTHING
    RETURNING step_id`.execute(tx);
  const ids = new Set(written.rows.map((row) => row.step_id));
  const persons = rows.flatMap((row) =>
    row.applicant && ids.has(row.step_id)
      ? [{ ...row.applicant, step_id: row.step_id, service_month: row.service_month }]
      : [],
  );
  if (persons.length > 0) await insertApplicants(tx, cityCode, JSON.stringify(persons));
  return ids;
}

async function insertApplicants(tx: Tx, cityCode: string, json: string): Promise<void> {
  await sql`
    INSERT INTO intake.applicant (city_code, step_id, service_month, user_page_type, user_name_enc,
      user_name_hash,
      cert_key_enc, cert_key_hash, mobile_enc, mobile_hash, mobile_last4_hash, agent_enc)
    SELECT ${cityCode}, r.step_id, r.service_month, r.user_page_type, decode(r.user_name_enc, 'hex'),
      decode(r.user_name_hash, 'hex'), decode(r.cert_key_enc, 'hex'), decode(r.cert_key_hash, 'hex'),
      decode(r.mobile_enc, 'hex'), decode(r.mobile_hash, 'hex'), decode(r.mobile_last4_hash, 'hex'),
      decode(r.agent_enc, 'hex')
    FROM jsonb_to_recordset(${json}::jsonb) AS r(step_id bigint, service_month date, user_page_type text,
      user_name_enc text, user_name_hash text, cert_key_enc text, cert_key_hash text, mobile_enc text,
      mobile_hash text, mobile_last4_hash text, agent_enc text)`.execute(tx);
}

export interface PageRow {
  step_id: string;
  service_time: Date;
  ratable_until: Date;
  task_name: string;
  service_name: string;
  window_code: string | null;
  window_name: string | null;
  has_mobile: boolean;
}

export const pageColumns =
  sql.raw(`s.step_id, s.service_time, s.ratable_until, s.task_name, s.service_name, s.window_code,
  w.name AS window_name, s.has_mobile`);

export async function pageRow(
  reader: Reader,
  cityCode: string,
  stepId: string,
): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`
    SELECT ${pageColumns} FROM intake.case_step s
    LEFT JOIN registry.v_window w ON w.city_code = s.city_code AND w.code = s.window_code
    WHERE s.city_code = ${cityCode} AND s.step_id = ${stepId}`.execute(reader);
  return rows[0];
}

export async function stepByShortCode(
  reader: Reader,
  cityCode: string,
  sought: { shortCode: string; windowCode: string },
): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`
    SELECT ${pageColumns} FROM intake.case_step s
    JOIN registry.v_window w ON w.city_code = s.city_code AND w.code = s.window_code
    WHERE s.city_code = ${cityCode} AND s.short_code = ${sought.shortCode}
      AND upper(s.window_code) = upper(${sought.windowCode})`.execute(reader);
  return rows[0];
}

export interface RecordRow {
  step_id: string;
  project_no: string;
  service_number: number;
  service_name: string;
  area_code: string;
  dept_code: string;
  dept_name: string | null;
  task_code: string;
  task_name: string;
  window_code: string | null;
  window_name: string | null;
  staff_no: string | null;
  staff_name: string | null;
  pro_status: number;
  pro_channel: number;
  service_time: Date;
  accept_date: Date | null;
  result_date: Date | null;
  promise_day: number | null;
  ratable_until: Date;
  has_mobile: boolean;
  source: 'api' | 'file' | 'demo' | 'hall';
  short_code: string;
}

export interface RecordFilter {
  cityCode: string;
  regionPrefix?: string | undefined;
  departmentCode?: string | undefined;
  /** A clerk sees the own records only. */
  onlyStaff?: string | undefined;
  stepId?: string | undefined;
  projectNo?: string | undefined;
  serviceNumber?: number | undefined;
  q?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  window?: string | undefined;
  staff?: string | undefined;
  department?: string | undefined;
  channel?: number | undefined;
  after?: { time: Date; stepId: string } | undefined;
  limit: number;
}

/** Records by time of service, the newest first. */
export async function listRecords(reader: Reader, filter: RecordFilter): Promise<RecordRow[]> {
  const conditions = [sql`s.city_code = ${filter.cityCode}`];
  const { q, after } = filter;
  if (filter.regionPrefix) conditions.push(sql`starts_with(s.area_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`s.dept_code = ${filter.departmentCode}`);
  if (filter.onlyStaff !== undefined) conditions.push(sql`s.staff_no = ${filter.onlyStaff}`);
  if (filter.stepId) conditions.push(sql`s.step_id = ${filter.stepId}`);
  if (filter.projectNo) conditions.push(sql`s.project_no = ${filter.projectNo}`);
  if (filter.serviceNumber) conditions.push(sql`s.service_number = ${filter.serviceNumber}`);
  if (filter.from) conditions.push(sql`s.service_time >= ${filter.from}`);
  if (filter.to) conditions.push(sql`s.service_time < ${filter.to}`);
  if (filter.window) conditions.push(sql`s.window_code = ${filter.window}`);
  if (filter.staff) conditions.push(sql`s.staff_no = ${filter.staff}`);
  if (filter.department) conditions.push(sql`s.dept_code = ${filter.department}`);
  if (filter.channel) conditions.push(sql`s.pro_channel = ${filter.channel}`);
  if (q)
    conditions.push(
      sql`(s.project_no = ${q} OR s.short_code = upper(${q}) OR strpos(s.task_name, ${q}) > 0)`,
    );
  if (after) conditions.push(sql`(s.service_time, s.step_id) < (${after.time}, ${after.stepId}::bigint)`);
  const { rows } = await sql<RecordRow>`
    SELECT s.step_id, s.project_no, s.service_number, s.service_name, s.area_code, s.dept_code,
      d.name AS dept_name,
      s.task_code, s.task_name, s.window_code, w.name AS window_name, s.staff_no, p.name AS staff_name,
        s.pro_status,
      s.pro_channel, s.service_time, s.accept_date, s.result_date, s.promise_day, s.ratable_until,
        s.has_mobile,
      s.source, s.short_code
    FROM intake.case_step s
    LEFT JOIN registry.v_department d ON d.city_code = s.city_code AND d.code = s.dept_code
    LEFT JOIN registry.v_window w ON w.city_code = s.city_code AND w.code = s.window_code
    LEFT JOIN registry.v_staff p ON p.city_code = s.city_code AND p.staff_no = s.staff_no
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY s.service_time DESC, s.step_id DESC
    LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

export interface SealedPerson {
  user_page_type: string | null;
  user_name_enc: Buffer | null;
  cert_key_enc: Buffer | null;
  mobile_enc: Buffer | null;
  agent_enc: Buffer | null;
  pseudonymised_at: Date | null;
}

export async function sealedPerson(
  reader: Reader,
  cityCode: string,
  stepId: string,
): Promise<SealedPerson | undefined> {
  const { rows } = await sql<SealedPerson>`
    SELECT user_page_type, user_name_enc, cert_key_enc, mobile_enc, agent_enc, pseudonymised_at
    FROM intake.applicant WHERE city_code = ${cityCode} AND step_id = ${stepId}`.execute(reader);
  return rows[0];
}

/** userProp of a natural person, who is also assumed where nothing is said. */
const PERSON = 1;

/** Empties the personal fields of steps served before the month, at most `limit`; answers how many. */
export async function erasePersons(
  tx: Tx,
  cityCode: string,
  due: { before: string; now: Date; limit: number },
): Promise<number> {
  // The name of a person's case names the person; those of companies and agencies say what it was about.
  await sql`
    UPDATE intake.case_file c SET project_name = NULL
    WHERE c.city_code = ${cityCode} AND c.project_name IS NOT NULL AND c.project_no IN (
      SELECT s.project_no FROM intake.case_step s
      WHERE s.city_code = ${cityCode} AND coalesce(s.user_prop, ${PERSON}) = ${PERSON} AND s.step_id IN (
        SELECT step_id FROM intake.applicant
        WHERE city_code = ${cityCode} AND pseudonymised_at IS NULL AND service_month < ${due.before}::date
        ORDER BY step_id LIMIT ${due.limit}))`.execute(tx);
  const { rows } = await sql<{ step_id: string }>`
    UPDATE intake.applicant SET user_name_enc = NULL, user_name_hash = NULL, cert_key_enc = NULL,
      cert_key_hash = NULL, mobile_enc = NULL, mobile_hash = NULL, mobile_last4_hash = NULL, agent_enc = NULL,
      user_page_type = NULL, pseudonymised_at = ${due.now}
    WHERE city_code = ${cityCode} AND step_id IN (
      SELECT step_id FROM intake.applicant
      WHERE city_code = ${cityCode} AND pseudonymised_at IS NULL AND service_month < ${due.before}::date
      ORDER BY step_id LIMIT ${due.limit})
    RETURNING step_id`.execute(tx);
  return rows.length;
}
