import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';

export type ExclusionState = 'proposed' | 'approved' | 'rejected' | 'withdrawn';

/** A rating as whoever judges it needs it: what was said of whom, and never by whom. */
export interface RatedRow {
  readonly step_id: string;
  readonly assess_number: number;
  readonly service_month: string;
  readonly project_no: string;
  readonly service_number: number;
  readonly task_name: string;
  readonly service_time: Date;
  readonly assessed_at: Date;
  readonly recorded_at: Date;
  readonly window_code: string | null;
  readonly staff_no: string | null;
  readonly dept_code: string;
  readonly region_code: string;
  readonly satisfaction: number;
  readonly tags: number[];
  readonly channel: number;
  readonly source: string;
  readonly has_text: boolean;
  readonly verdict: 'upheld' | 'mistaken' | 'malicious' | null;
}

export interface ExclusionRow extends Omit<RatedRow, 'verdict'> {
  readonly exclusion_id: string;
  readonly verdict: 'mistaken' | 'malicious';
  readonly reason: string;
  readonly evidence: string;
  readonly finding_id: string | null;
  readonly state: ExclusionState;
  readonly proposed_by: string;
  readonly proposed_name: string;
  readonly proposed_staff: string | null;
  readonly proposed_at: Date;
  readonly decided_by: string | null;
  readonly decided_name: string | null;
  readonly decided_at: Date | null;
  readonly decision_note: string | null;
  readonly appealed_at: Date | null;
  readonly appeal_note: string | null;
  readonly first_decided_by: string | null;
  readonly first_decided_name: string | null;
  readonly first_note: string | null;
}

const RATED = sql`r.step_id, r.assess_number, r.service_month, r.project_no, r.service_number, r.task_name,
  r.service_time, r.assessed_at, r.recorded_at, r.window_code, r.staff_no, r.dept_code, r.region_code,
  r.satisfaction, r.tags, r.channel, r.source, r.has_text`;

/** Whose data somebody sees, and whose ratings never: the own ones. */
export interface Sight {
  readonly scope: Scope;
  readonly notStaff: string | undefined;
}

function within({ scope, notStaff }: Sight): RawBuilder<unknown> {
  const department = scope.departmentCode ?? null;
  const own = notStaff ?? null;
  return sql`starts_with(r.region_code, ${scope.regionPrefix ?? ''})
    AND (${department}::text IS NULL OR r.dept_code = ${department})
    AND (${own}::text IS NULL OR r.staff_no IS DISTINCT FROM ${own})`;
}

export interface RatingKey {
  readonly stepId: string;
  readonly assessNumber: number;
  readonly month: string;
}

export async function findRated(
  reader: Reader,
  sight: Sight,
  { stepId, assessNumber, month }: RatingKey,
): Promise<RatedRow | undefined> {
  const { rows } = await sql<RatedRow>`
    SELECT ${RATED}, r.verdict FROM feedback.rating_list r
    WHERE r.city_code = ${sight.scope.cityCode} AND r.service_month = ${month}::date
      AND r.step_id = ${stepId}::bigint AND r.assess_number = ${assessNumber} AND ${within(sight)}
  `.execute(reader);
  return rows[0];
}

/**
 * Those of the steps that the member of staff served, or at whose window they have been posted on the day
 * of the service or since.
 */
export async function concernedSteps(
  reader: Reader,
  cityCode: string,
  { staffNo, stepIds, today }: { staffNo: string; stepIds: readonly string[]; today: string },
): Promise<string[]> {
  const { rows } = await sql<{ step_id: string }>`
    SELECT s.step_id FROM intake.ratable_step s
    WHERE s.city_code = ${cityCode} AND s.step_id = ANY(${[...stepIds]}::bigint[])
      AND (s.staff_no = ${staffNo} OR EXISTS (SELECT FROM registry.v_posting p
        WHERE p.city_code = ${cityCode} AND p.staff_no = ${staffNo} AND p.window_code = s.window_code
          AND p.from_date <= ${today}::date AND (p.to_date IS NULL
            OR p.to_date >= (s.service_time AT TIME ZONE 'Asia/Shanghai')::date)))`.execute(reader);
  return rows.map((row) => row.step_id);
}

export interface NewExclusion {
  readonly exclusion_id: string;
  readonly step_id: string;
  readonly assess_number: number;
  readonly service_month: string;
  readonly verdict: 'mistaken' | 'malicious';
  readonly reason: string;
  readonly evidence: string;
  readonly finding_id: string | null;
  readonly proposed_by: string;
  readonly proposed_name: string;
  readonly proposed_staff: string | null;
  readonly proposed_at: Date;
}

/** Adds proposals; answers the ratings that had none yet, as `step/number`. */
export async function insertExclusions(
  tx: Tx,
  cityCode: string,
  rows: readonly NewExclusion[],
): Promise<Set<string>> {
  const written = await sql<{ step_id: string; assess_number: number }>`
    INSERT INTO handling.exclusion (city_code, exclusion_id, step_id, assess_number, service_month, verdict,
      reason, evidence, finding_id, state, proposed_by, proposed_name, proposed_staff, proposed_at)
    SELECT ${cityCode}, g.exclusion_id, g.step_id, g.assess_number, g.service_month, g.verdict, g.reason,
      g.evidence, g.finding_id, 'proposed', g.proposed_by, g.proposed_name, g.proposed_staff, g.proposed_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g(exclusion_id uuid, step_id bigint,
      assess_number smallint, service_month date, verdict text, reason text, evidence text, finding_id uuid,
      proposed_by text, proposed_name text, proposed_staff text, proposed_at timestamptz)
    ON CONFLICT DO NOTHING
    RETURNING step_id, assess_number`.execute(tx);
  return new Set(written.rows.map((row) => `${row.step_id}/${row.assess_number}`));
}

const COLUMNS = sql`e.exclusion_id, e.verdict, e.reason, e.evidence, e.finding_id, e.state, e.proposed_by,
  e.proposed_name, e.proposed_staff, e.proposed_at, e.decided_by, e.decided_name, e.decided_at,
  e.decision_note, e.appealed_at, e.appeal_note, e.first_decided_by, e.first_decided_name, e.first_note`;

const OF_RATING = sql`JOIN feedback.rating_list r ON r.city_code = e.city_code
  AND r.service_month = e.service_month AND r.step_id = e.step_id AND r.assess_number = e.assess_number`;

export interface ExclusionFilter {
  readonly id?: string | undefined;
  readonly state?: ExclusionState | undefined;
  readonly verdict?: 'mistaken' | 'malicious' | undefined;
  readonly rating?: { readonly stepId: string; readonly assessNumber: number } | undefined;
  /** case number */
  readonly q?: string | undefined;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Proposals with their ratings, the newest first. */
export async function listExclusions(
  reader: Reader,
  sight: Sight,
  filter: ExclusionFilter,
): Promise<ExclusionRow[]> {
  const { id, state, verdict, rating, q, after } = filter;
  const { cityCode } = sight.scope;
  const conditions = [
    sql`e.city_code = ${cityCode} AND ${within(sight)}`,
    ...(id === undefined ? [] : [sql`e.exclusion_id = ${id}::uuid`]),
    ...(state === undefined ? [] : [sql`e.state = ${state}`]),
    ...(verdict === undefined ? [] : [sql`e.verdict = ${verdict}`]),
    ...(rating === undefined
      ? []
      : [sql`e.step_id = ${rating.stepId}::bigint AND e.assess_number = ${rating.assessNumber}`]),
    ...(q === undefined || q === '' ? [] : [sql`starts_with(r.project_no, ${q})`]),
    ...(after === undefined
      ? []
      : [sql`(e.proposed_at, e.exclusion_id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const { rows } = await sql<ExclusionRow>`
    SELECT ${COLUMNS}, ${RATED} FROM handling.exclusion e ${OF_RATING}
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY e.proposed_at DESC, e.exclusion_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

export interface Ending {
  readonly ids: readonly string[];
  readonly state: 'approved' | 'rejected' | 'withdrawn';
  readonly by: string;
  readonly name: string;
  readonly at: Date;
  readonly note: string | null;
}

/** Ends proposals that still wait; answers which did. Of two people at once the second finds none. */
export async function endExclusions(tx: Tx, cityCode: string, ending: Ending): Promise<string[]> {
  const { rows } = await sql<{ exclusion_id: string }>`
    UPDATE handling.exclusion SET state = ${ending.state}, decided_by = ${ending.by},
      decided_name = ${ending.name}, decided_at = ${ending.at}, decision_note = ${ending.note}
    WHERE city_code = ${cityCode} AND exclusion_id = ANY(${[...ending.ids]}::uuid[]) AND state = 'proposed'
    RETURNING exclusion_id`.execute(tx);
  return rows.map((row) => row.exclusion_id);
}

/** A rejected proposal waits again, once; false when another one about the rating waits or stands. */
export async function reopenExclusion(
  tx: Tx,
  cityCode: string,
  { id, at, note }: { id: string; at: Date; note: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    UPDATE handling.exclusion e SET state = 'proposed', appealed_at = ${at}, appeal_note = ${note},
      first_decided_by = e.decided_by, first_decided_name = e.decided_name, first_decided_at = e.decided_at,
      first_note = e.decision_note, decided_by = NULL, decided_name = NULL, decided_at = NULL,
      decision_note = NULL
    WHERE e.city_code = ${cityCode} AND e.exclusion_id = ${id}::uuid AND e.state = 'rejected'
      AND e.appealed_at IS NULL
      AND NOT EXISTS (SELECT FROM handling.exclusion o WHERE o.city_code = ${cityCode}
        AND o.step_id = e.step_id AND o.assess_number = e.assess_number
        AND o.state IN ('proposed', 'approved'))`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Holds a proposal until the transaction ends; answers whether it still waits for its decision. */
export async function holdOpen(tx: Tx, cityCode: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM handling.exclusion
    WHERE city_code = ${cityCode} AND exclusion_id = ${id}::uuid FOR UPDATE`.execute(tx);
  return rows[0]?.state === 'proposed';
}

export interface FigureRow {
  readonly kind: 'staff' | 'window';
  readonly code: string;
  readonly rated: number;
  readonly good: number;
  readonly excluded: number;
}

/** First ratings of the clerk's and of the window's services of a month: what the proposal would change. */
export async function countFigures(
  reader: Reader,
  cityCode: string,
  of: { month: string; staffNo: string | null; windowCode: string | null },
): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    SELECT k.kind, k.code, count(*) FILTER (WHERE NOT f.out)::int AS rated,
      count(*) FILTER (WHERE NOT f.out AND f.satisfaction >= 3)::int AS good,
      count(*) FILTER (WHERE f.out)::int AS excluded
    FROM (SELECT r.staff_no, r.window_code, r.satisfaction,
        coalesce(r.verdict IN ('mistaken', 'malicious'), false) AS out
      FROM feedback.scored_rating r
      WHERE r.city_code = ${cityCode} AND r.service_month = ${of.month}::date
        AND (r.staff_no = ${of.staffNo} OR r.window_code = ${of.windowCode})) f
    JOIN (VALUES ('staff', ${of.staffNo}::text), ('window', ${of.windowCode}::text)) AS k(kind, code)
      ON (k.kind = 'staff' AND k.code = f.staff_no) OR (k.kind = 'window' AND k.code = f.window_code)
    GROUP BY k.kind, k.code ORDER BY k.kind`.execute(reader);
  return rows;
}

export interface UnverifiedRow extends RatedRow {
  /** a proposal to exclude it waits */
  readonly proposed: boolean;
}

/** Bad ratings that wait for a verdict, the oldest first. */
export async function listUnverified(
  reader: Reader,
  sight: Sight,
  filter: {
    fromMonth: string;
    q?: string | undefined;
    after?: { at: Date; id: string } | undefined;
    limit: number;
  },
): Promise<UnverifiedRow[]> {
  const { q, after } = filter;
  const conditions = [
    sql`r.city_code = ${sight.scope.cityCode} AND r.service_month >= ${filter.fromMonth}::date
      AND r.satisfaction <= 2 AND r.assess_number = 1 AND r.verdict IS NULL AND ${within(sight)}`,
    ...(q === undefined || q === '' ? [] : [sql`starts_with(r.project_no, ${q})`]),
    ...(after === undefined
      ? []
      : [sql`(r.recorded_at, r.step_id) > (${after.at}::timestamptz, ${after.id}::bigint)`]),
  ];
  const { rows } = await sql<UnverifiedRow>`
    SELECT ${RATED}, r.verdict, e.step_id IS NOT NULL AS proposed
    FROM feedback.rating_list r
    LEFT JOIN handling.exclusion e ON e.city_code = r.city_code AND e.step_id = r.step_id
      AND e.assess_number = r.assess_number AND e.state = 'proposed'
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY r.recorded_at, r.step_id LIMIT ${filter.limit}`.execute(reader);
  return rows;
}
