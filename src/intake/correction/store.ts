import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface StepTarget {
  step_id: string;
  window_code: string | null;
  staff_no: string | null;
  has_mobile: boolean;
}

/** The step that a correction concerns, within the actor's scope, locked until the transaction ends. */
export async function lockStep(
  tx: Tx,
  cityCode: string,
  stepId: string,
  scope: { regionPrefix?: string; departmentCode?: string },
): Promise<StepTarget | undefined> {
  const { rows } = await sql<StepTarget>`
    SELECT step_id, window_code, staff_no, has_mobile FROM intake.case_step
    WHERE city_code = ${cityCode} AND step_id = ${stepId}
      AND starts_with(area_code, ${scope.regionPrefix ?? ''})
      AND (${scope.departmentCode ?? null}::text IS NULL OR dept_code = ${scope.departmentCode ?? null})
    FOR UPDATE`.execute(tx);
  return rows[0];
}

export async function stepIdOf(
  reader: Reader,
  cityCode: string,
  key: { projectNo: string; serviceNumber: number },
): Promise<string | undefined> {
  const { rows } = await sql<{ step_id: string }>`
    SELECT step_id FROM intake.case_step
    WHERE city_code = ${cityCode} AND project_no = ${key.projectNo}
      AND service_number = ${key.serviceNumber}`.execute(reader);
  return rows[0]?.step_id;
}

export async function staffExists(tx: Tx, cityCode: string, staffNo: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM registry.v_staff WHERE city_code = ${cityCode} AND staff_no = ${staffNo}`.execute(tx);
  return rows.length > 0;
}

export async function windowExists(tx: Tx, cityCode: string, code: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM registry.v_window WHERE city_code = ${cityCode} AND code = ${code}`.execute(tx);
  return rows.length > 0;
}

export async function sealedMobile(tx: Tx, cityCode: string, stepId: string): Promise<Buffer | null> {
  const { rows } = await sql<{ mobile_enc: Buffer | null }>`
    SELECT mobile_enc FROM intake.applicant WHERE city_code = ${cityCode} AND step_id = ${stepId}`.execute(
    tx,
  );
  return rows[0]?.mobile_enc ?? null;
}

export interface NewCorrection {
  correctionId: string;
  stepId: string;
  field: string;
  before: string | null;
  after: string | null;
  mobileEnc: Buffer | null;
  reason: string;
  proposedBy: string;
  at: Date;
}

/** Answers whether it was written: no, when one of the same field waits already. */
export async function insertCorrection(tx: Tx, cityCode: string, one: NewCorrection): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO intake.correction (city_code, correction_id, step_id, field, before_value, after_value,
      mobile_enc,
      reason, state, proposed_by, proposed_at)
    VALUES (${cityCode}, ${one.correctionId}::uuid, ${one.stepId}, ${one.field}, ${one.before}, ${one.after},
      ${one.mobileEnc}, ${one.reason}, 'proposed', ${one.proposedBy}, ${one.at})
    ON CONFLICT (city_code, step_id, field) WHERE state = 'proposed' DO NOTHING
    RETURNING correction_id`.execute(tx);
  return rows.length > 0;
}

export interface CorrectionRow {
  correction_id: string;
  step_id: string;
  project_no: string;
  service_number: number;
  task_name: string;
  staff_no: string | null;
  field: 'staff' | 'window' | 'mobile';
  before_value: string | null;
  after_value: string | null;
  mobile_enc: Buffer | null;
  reason: string;
  state: 'proposed' | 'approved' | 'rejected';
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_note: string | null;
}

export interface CorrectionFilter {
  cityCode: string;
  regionPrefix?: string | undefined;
  departmentCode?: string | undefined;
  id?: string | undefined;
  state?: string | undefined;
  stepId?: string | undefined;
  after?: { at: Date; id: string } | undefined;
  limit: number;
}

/** Corrections, the newest proposal first. */
export async function listCorrections(reader: Reader, filter: CorrectionFilter): Promise<CorrectionRow[]> {
  const conditions = [sql`c.city_code = ${filter.cityCode}`];
  if (filter.regionPrefix) conditions.push(sql`starts_with(s.area_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`s.dept_code = ${filter.departmentCode}`);
  if (filter.id) conditions.push(sql`c.correction_id = ${filter.id}::uuid`);
  if (filter.state) conditions.push(sql`c.state = ${filter.state}`);
  if (filter.stepId) conditions.push(sql`c.step_id = ${filter.stepId}`);
  if (filter.after) {
    conditions.push(sql`(c.proposed_at, c.correction_id) < (${filter.after.at}, ${filter.after.id}::uuid)`);
  }
  const { rows } = await sql<CorrectionRow>`
    SELECT c.correction_id, c.step_id, s.project_no, s.service_number, s.task_name, s.staff_no, c.field,
      c.before_value, c.after_value, c.mobile_enc, c.reason, c.state, c.proposed_by, c.proposed_at,
        c.decided_by,
      c.decided_at, c.decision_note
    FROM intake.correction c
    JOIN intake.case_step s ON s.city_code = c.city_code AND s.step_id = c.step_id
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY c.proposed_at DESC, c.correction_id DESC
    LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

/** Decides a waiting correction; answers whether it still waited. */
export async function decideCorrection(
  tx: Tx,
  cityCode: string,
  decision: { id: string; state: 'approved' | 'rejected'; by: string; at: Date; note: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE intake.correction SET state = ${decision.state}, decided_by = ${decision.by},
      decided_at = ${decision.at},
      decision_note = ${decision.note}, mobile_enc = NULL
    WHERE city_code = ${cityCode} AND correction_id = ${decision.id}::uuid AND state = 'proposed'
    RETURNING correction_id`.execute(tx);
  return rows.length > 0;
}

/**
 * Empties what corrections of phones keep of them, sealed or masked, for steps served before the month;
 * answers how many.
 */
export async function erasePhones(tx: Tx, cityCode: string, before: string): Promise<number> {
  const { rows } = await sql`
    UPDATE intake.correction SET before_value = NULL, after_value = NULL, mobile_enc = NULL
    WHERE city_code = ${cityCode} AND field = 'mobile'
      AND (before_value IS NOT NULL OR after_value IS NOT NULL OR mobile_enc IS NOT NULL)
      AND step_id IN (SELECT step_id FROM intake.case_step
        WHERE city_code = ${cityCode} AND service_month < ${before}::date)
    RETURNING correction_id`.execute(tx);
  return rows.length;
}

export async function applyStaff(
  tx: Tx,
  cityCode: string,
  stepId: string,
  { staffNo, at }: { staffNo: string | null; at: Date },
): Promise<void> {
  await sql`UPDATE intake.case_step SET staff_no = ${staffNo}, corrected_at = ${at}
    WHERE city_code = ${cityCode} AND step_id = ${stepId}`.execute(tx);
}

export async function applyWindow(
  tx: Tx,
  cityCode: string,
  stepId: string,
  { code, at }: { code: string | null; at: Date },
): Promise<void> {
  await sql`UPDATE intake.case_step SET window_code = ${code}, corrected_at = ${at}
    WHERE city_code = ${cityCode} AND step_id = ${stepId}`.execute(tx);
}

export interface MobileFields {
  mobileEnc: Buffer | null;
  mobileHash: Buffer | null;
  last4Hash: Buffer | null;
}

export async function applyMobile(
  tx: Tx,
  cityCode: string,
  stepId: string,
  mobile: MobileFields,
): Promise<void> {
  await sql`
    INSERT INTO intake.applicant AS a (city_code, step_id, service_month, mobile_enc, mobile_hash,
      mobile_last4_hash)
    SELECT s.city_code, s.step_id, s.service_month, ${mobile.mobileEnc}::bytea, ${mobile.mobileHash}::bytea,
      ${mobile.last4Hash}::bytea
    FROM intake.case_step s WHERE s.city_code = ${cityCode} AND s.step_id = ${stepId}
    ON CONFLICT (city_code, step_id) DO UPDATE SET mobile_enc = excluded.mobile_enc,
      mobile_hash = excluded.mobile_hash, mobile_last4_hash = excluded.mobile_last4_hash,
      -- What comes in after the erasing has to be erased, too.
      pseudonymised_at = NULL`.execute(tx);
  await sql`UPDATE intake.case_step SET has_mobile = ${mobile.mobileEnc !== null}
    WHERE city_code = ${cityCode} AND step_id = ${stepId}`.execute(tx);
}
