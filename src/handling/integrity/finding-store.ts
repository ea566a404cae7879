import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Detector, Numbers, SubjectKind } from './detector.ts';

export type FindingState = 'open' | 'proposed' | 'no_fault' | 'induced' | 'faked';

export interface NewFinding {
  readonly finding_id: string;
  readonly detector: Detector;
  readonly subject_kind: SubjectKind;
  readonly subject_code: string;
  readonly period: string;
  readonly region_code: string;
  readonly dept_code: string | null;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly numbers: Numbers;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly ratings: number;
}

export interface FindingRow extends NewFinding {
  readonly state: FindingState;
  readonly found_at: Date;
}

/**
 * Adds findings; one that stands and that nobody has looked at yet takes the newer figures. Answers the ids
 * by their subject and period, and which are new.
 */
export async function insertFindings(
  tx: Tx,
  cityCode: string,
  { rows, at }: { rows: readonly NewFinding[]; at: Date },
): Promise<{ finding_id: string; key: string; fresh: boolean }[]> {
  const written = await sql<{ finding_id: string; key: string; fresh: boolean }>`
    INSERT INTO handling.integrity_finding AS f (city_code, finding_id, detector, subject_kind, subject_code,
      period, region_code, dept_code, from_at, to_at, numbers, rule, ratings, state, found_at)
    SELECT ${cityCode}, g.finding_id, g.detector, g.subject_kind, g.subject_code, g.period, g.region_code,
      g.dept_code, g.from_at, g.to_at, g.numbers, g.rule, g.ratings, 'open', ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g(finding_id uuid, detector text,
      subject_kind text, subject_code text, period text, region_code text, dept_code text,
      from_at timestamptz, to_at timestamptz, numbers jsonb, rule jsonb, ratings int)
    ON CONFLICT (city_code, detector, subject_kind, subject_code, period) DO UPDATE
      SET from_at = excluded.from_at, to_at = excluded.to_at, numbers = excluded.numbers,
        rule = excluded.rule, ratings = excluded.ratings, region_code = excluded.region_code,
        dept_code = excluded.dept_code
      WHERE f.state = 'open'
    RETURNING f.finding_id, f.subject_kind || ' ' || f.subject_code || ' ' || f.period AS key,
      (xmax = 0) AS fresh`.execute(tx);
  return written.rows;
}

export interface EvidenceKey {
  readonly finding_id: string;
  readonly step_id: string;
  readonly assess_number: number;
  readonly service_month: string;
}

export async function insertEvidence(tx: Tx, cityCode: string, rows: readonly EvidenceKey[]): Promise<void> {
  await sql`
    INSERT INTO handling.integrity_evidence (city_code, finding_id, step_id, assess_number, service_month)
    SELECT ${cityCode}, g.finding_id, g.step_id, g.assess_number, g.service_month
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g(finding_id uuid, step_id bigint,
      assess_number smallint, service_month date)
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** Whose findings somebody sees: those within the scope, and none about themselves. */
export interface FindingSight {
  readonly scope: Scope;
  readonly notStaff: string | undefined;
}

function within({ scope, notStaff }: FindingSight): RawBuilder<unknown> {
  const department = scope.departmentCode ?? null;
  const own = notStaff ?? null;
  return sql`f.city_code = ${scope.cityCode} AND starts_with(f.region_code, ${scope.regionPrefix ?? ''})
    AND (${department}::text IS NULL OR f.dept_code = ${department})
    AND (${own}::text IS NULL OR f.subject_kind <> 'staff' OR f.subject_code <> ${own})`;
}

const COLUMNS = sql`f.finding_id, f.detector, f.subject_kind, f.subject_code, f.period, f.region_code,
  f.dept_code, f.from_at, f.to_at, f.numbers, f.rule, f.ratings, f.state, f.found_at`;

export interface FindingFilter {
  readonly id?: string | undefined;
  readonly detector?: Detector | undefined;
  /** `undecided` is open or proposed */
  readonly state?: FindingState | 'undecided' | undefined;
  readonly subject?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Findings, the latest ratings first. */
export async function listFindings(
  reader: Reader,
  sight: FindingSight,
  filter: FindingFilter,
): Promise<FindingRow[]> {
  const { id, detector, state, subject, from, to, after } = filter;
  const conditions = [
    within(sight),
    ...(id === undefined ? [] : [sql`f.finding_id = ${id}::uuid`]),
    ...(detector === undefined ? [] : [sql`f.detector = ${detector}`]),
    ...(state === 'undecided' ? [sql`f.state IN ('open', 'proposed')`] : []),
    ...(state === undefined || state === 'undecided' ? [] : [sql`f.state = ${state}`]),
    ...(subject === undefined || subject === '' ? [] : [sql`starts_with(f.subject_code, ${subject})`]),
    ...(from === undefined ? [] : [sql`f.to_at >= ${from}`]),
    ...(to === undefined ? [] : [sql`f.from_at < ${to}`]),
    ...(after === undefined
      ? []
      : [sql`(f.from_at, f.finding_id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const { rows } = await sql<FindingRow>`
    SELECT ${COLUMNS} FROM handling.integrity_finding f
    WHERE f.city_code = ${sight.scope.cityCode} AND ${sql.join(conditions, sql` AND `)}
    ORDER BY f.from_at DESC, f.finding_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

/** A finding held until the transaction ends, so that of two steps at once one comes second. */
export async function lockFinding(tx: Tx, sight: FindingSight, id: string): Promise<FindingRow | undefined> {
  const { rows } = await sql<FindingRow>`
    SELECT ${COLUMNS} FROM handling.integrity_finding f
    WHERE f.city_code = ${sight.scope.cityCode} AND ${within(sight)} AND f.finding_id = ${id}::uuid
    FOR UPDATE`.execute(tx);
  return rows[0];
}

export async function setFindingState(
  tx: Tx,
  cityCode: string,
  { id, state }: { id: string; state: FindingState },
): Promise<void> {
  await sql`UPDATE handling.integrity_finding SET state = ${state}
    WHERE city_code = ${cityCode} AND finding_id = ${id}::uuid`.execute(tx);
}

/** A rating behind a finding, without anything that tells who gave it. */
export interface EvidenceRow {
  readonly step_id: string;
  readonly assess_number: number;
  readonly project_no: string;
  readonly service_number: number;
  readonly task_name: string;
  readonly service_time: Date;
  readonly assessed_at: Date;
  readonly window_code: string | null;
  readonly staff_no: string | null;
  readonly dept_code: string;
  readonly satisfaction: number;
  readonly tags: number[];
  readonly channel: number;
  readonly source: string;
  readonly has_text: boolean;
  readonly verdict: 'upheld' | 'mistaken' | 'malicious' | null;
}

/** The ratings behind a finding as far as the reader may see them, in the order in which they were given. */
export async function listEvidence(
  reader: Reader,
  { scope, notStaff }: FindingSight,
  findingId: string,
): Promise<EvidenceRow[]> {
  const own = notStaff ?? null;
  const department = scope.departmentCode ?? null;
  const { rows } = await sql<EvidenceRow>`
    SELECT r.step_id, r.assess_number, r.project_no, r.service_number, r.task_name, r.service_time,
      r.assessed_at, r.window_code, r.staff_no, r.dept_code, r.satisfaction, r.tags, r.channel, r.source,
      r.has_text, r.verdict
    FROM handling.integrity_evidence e
    JOIN feedback.rating_list r ON r.city_code = e.city_code AND r.service_month = e.service_month
      AND r.step_id = e.step_id AND r.assess_number = e.assess_number
    WHERE e.city_code = ${scope.cityCode} AND e.finding_id = ${findingId}::uuid
      AND starts_with(r.region_code, ${scope.regionPrefix ?? ''})
      AND (${department}::text IS NULL OR r.dept_code = ${department})
      AND (${own}::text IS NULL OR r.staff_no IS DISTINCT FROM ${own})
    ORDER BY r.assessed_at, r.step_id`.execute(reader);
  return rows;
}

/** All steps behind a finding, whoever looks. */
export async function evidenceSteps(reader: Reader, cityCode: string, findingId: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    SELECT step_id || '/' || assess_number AS key FROM handling.integrity_evidence
    WHERE city_code = ${cityCode} AND finding_id = ${findingId}::uuid`.execute(reader);
  return rows.map((row) => row.key);
}
