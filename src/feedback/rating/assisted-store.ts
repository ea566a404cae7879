import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { AssistedSource } from './assisted-contract.ts';

/** A service to be rated for somebody, with what stands of its rating. */
export interface AssistedTarget {
  readonly step_id: string;
  readonly service_month: string;
  readonly project_no: string;
  readonly service_number: number;
  readonly task_name: string;
  readonly service_time: Date;
  readonly ratable_until: Date;
  readonly window_code: string | null;
  readonly staff_no: string | null;
  readonly dept_code: string;
  readonly region_code: string;
  readonly receipt: Buffer | null;
  readonly client_id: string | null;
}

export async function findAssistedTarget(
  reader: Reader,
  cityCode: string,
  sought: { stepId: string } | { projectNo: string; serviceNumber: number },
): Promise<AssistedTarget | undefined> {
  const which =
    'stepId' in sought
      ? sql`s.step_id = ${sought.stepId}::bigint`
      : sql`s.project_no = ${sought.projectNo} AND s.service_number = ${sought.serviceNumber}`;
  const { rows } = await sql<AssistedTarget>`
    SELECT s.step_id, s.service_month, s.project_no, s.service_number, s.task_name, s.service_time,
      s.ratable_until, s.window_code, s.staff_no, s.dept_code, s.region_code, r.receipt, r.client_id
    FROM intake.ratable_step s
    LEFT JOIN feedback.rating r ON r.city_code = s.city_code AND r.service_month = s.service_month
      AND r.step_id = s.step_id AND r.assess_number = 1
    WHERE s.city_code = ${cityCode} AND ${which}`.execute(reader);
  return rows[0];
}

export interface AssistedRating {
  readonly stepId: string;
  readonly batchNumber: string;
  readonly source: AssistedSource;
  readonly channel: number;
  readonly level: number;
  readonly tags: readonly number[];
  readonly scores: { process: number | null; efficiency: number | null; attitude: number | null };
  readonly anonymous: boolean;
  readonly clientId: string;
  readonly assessedAt: Date;
  readonly recordedAt: Date;
  readonly receipt: Buffer;
  readonly text: { readonly salt: Buffer; readonly hash: Buffer; readonly body: string } | null;
  readonly entry: {
    readonly batchId: string | null;
    readonly page: number | null;
    readonly reference: string | null;
    readonly by: { readonly id: string; readonly name: string };
  };
}

/** Writes a rating that staff enter, with who entered it; false when the step has one already. */
export async function insertAssisted(tx: Tx, cityCode: string, rating: AssistedRating): Promise<boolean> {
  const { scores, text, entry } = rating;
  const { rows } = await sql`
    WITH step AS (
      SELECT service_month, step_id, has_mobile, pro_channel FROM intake.ratable_step
      WHERE city_code = ${cityCode} AND step_id = ${rating.stepId}::bigint
        AND ratable_until > ${rating.assessedAt}
    ), written AS (
      INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
        batch_position, assess_number, satisfaction, process, efficiency, attitude, channel, real_name, mode,
        source, receipt, tags, text_hash, client_id)
      SELECT ${cityCode}, service_month, step_id, ${rating.batchNumber}::bigint,
        ${rating.recordedAt}::timestamptz, ${rating.assessedAt}::timestamptz, 0, 1, ${rating.level},
        ${scores.process}::smallint, ${scores.efficiency}::smallint, ${scores.attitude}::smallint,
        ${rating.channel}, has_mobile AND NOT ${rating.anonymous}::boolean,
        CASE pro_channel WHEN 1 THEN 'online' ELSE 'onsite' END, ${rating.source}, ${rating.receipt}::bytea,
        ${[...rating.tags]}::smallint[], ${text?.hash ?? null}::bytea, ${rating.clientId}
      FROM step
      ON CONFLICT (city_code, service_month, step_id, assess_number) DO NOTHING
      RETURNING service_month, step_id
    ), raters AS (
      INSERT INTO feedback.rater (city_code, service_month, step_id, assess_number, anonymous)
      SELECT ${cityCode}, service_month, step_id, 1, ${rating.anonymous}::boolean FROM written
    ), texts AS (
      INSERT INTO feedback.rating_text (city_code, service_month, step_id, assess_number, salt, body)
      SELECT ${cityCode}, service_month, step_id, 1, ${text?.salt ?? null}::bytea, ${text?.body ?? null}
      FROM written WHERE ${text !== null}::boolean
    ), entries AS (
      INSERT INTO feedback.assisted_entry (city_code, service_month, step_id, assess_number, source, batch_id,
        page, reference, entered_by, entered_name, entered_at)
      SELECT ${cityCode}, service_month, step_id, 1, ${rating.source}, ${entry.batchId}::uuid,
        ${entry.page}::int, ${entry.reference}, ${entry.by.id}, ${entry.by.name},
        ${rating.recordedAt}::timestamptz
      FROM written
    )
    SELECT step_id FROM written`.execute(tx);
  return rows.length > 0;
}

export interface EntryOf {
  readonly entered_name: string;
  readonly entered_at: Date;
  readonly reference: string | null;
  readonly batch_id: string | null;
  readonly number: string | null;
}

/** Who entered a rating; undefined for one that came by itself. */
export async function findEntry(
  reader: Reader,
  cityCode: string,
  rating: { stepId: string; month: string; assessNumber: number },
): Promise<EntryOf | undefined> {
  const { rows } = await sql<EntryOf>`
    SELECT e.entered_name, e.entered_at, e.reference, e.batch_id, b.number FROM feedback.assisted_entry e
    LEFT JOIN feedback.entry_batch b ON b.city_code = e.city_code AND b.batch_id = e.batch_id
    WHERE e.city_code = ${cityCode} AND e.service_month = ${rating.month}::date
      AND e.step_id = ${rating.stepId}::bigint AND e.assess_number = ${rating.assessNumber}`.execute(reader);
  return rows[0];
}

export interface AssistedCount {
  readonly source: AssistedSource;
  readonly entered: number;
  readonly good: number;
  readonly rated: number;
  readonly excluded: number;
}

/** Entered ratings by source, by their time of entry. */
export async function countAssisted(
  reader: Reader,
  reach: {
    cityCode: string;
    regionPrefix?: string | undefined;
    departmentCode?: string | undefined;
    from: Date;
    to: Date;
  },
): Promise<AssistedCount[]> {
  const { cityCode, regionPrefix = '', departmentCode = null } = reach;
  const { rows } = await sql<AssistedCount>`
    SELECT e.source, count(*)::int AS entered,
      count(*) FILTER (WHERE r.satisfaction >= 3 AND v.step_id IS NULL)::int AS good,
      count(*) FILTER (WHERE v.step_id IS NULL)::int AS rated,
      count(v.step_id)::int AS excluded
    FROM feedback.assisted_entry e
    JOIN feedback.rating r ON r.city_code = e.city_code AND r.service_month = e.service_month
      AND r.step_id = e.step_id AND r.assess_number = e.assess_number
    JOIN intake.ratable_step s ON s.city_code = e.city_code AND s.step_id = e.step_id
    LEFT JOIN feedback.rating_verdict v ON v.city_code = e.city_code AND v.step_id = e.step_id
      AND v.assess_number = e.assess_number AND v.verdict IN ('mistaken', 'malicious')
    WHERE e.city_code = ${cityCode} AND e.entered_at >= ${reach.from} AND e.entered_at < ${reach.to}
      AND starts_with(s.region_code, ${regionPrefix})
      AND (${departmentCode}::text IS NULL OR s.dept_code = ${departmentCode})
    GROUP BY e.source`.execute(reader);
  return rows;
}
