import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isMobile, maskPhone } from '../../kernel/codes.ts';
import { formatMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineFact, emit } from '../../platform/facts.ts';
import './contract.ts';
import type { CorrectionDecision, CorrectionProposal, CorrectionView } from './contract.ts';
import {
  applyMobile,
  applyStaff,
  applyWindow,
  type CorrectionRow,
  decideCorrection,
  insertCorrection,
  listCorrections,
  lockStep,
  type StepTarget,
  sealedMobile,
  staffExists,
  stepIdOf,
  windowExists,
} from './store.ts';

/** A step's clerk or window was corrected: whatever was charged for it must be charged anew. */
export const stepCorrected = defineFact(
  'step.corrected',
  z.object({ cityCode: z.string(), stepId: z.string() }),
);

/** How a person or system stands in a record: it can be compared, and says what it is. */
export function markOf(actor: Actor): string {
  if (actor.kind === 'user') return actor.username;
  return actor.kind === 'key' ? `key:${actor.name}` : actor.kind;
}

/** The step's id of a national key. @throws Refusal `service_record.unknown`. */
export async function stepOf(
  deps: Deps,
  actor: Actor,
  key: { projectNo: string; serviceNumber: number },
): Promise<string> {
  const stepId = await stepIdOf(deps.db.app, actor.cityCode, key);
  if (stepId === undefined) throw new Refusal('service_record.unknown');
  return stepId;
}

/**
 * Proposes that a step's clerk, window or phone was recorded wrongly. Nothing changes before a second
 * person agrees.
 * @throws Refusal `service_record.unknown`, `correction.same`, `correction.unknown_value`,
 *   `correction.pending`,
 *   `field.mobile`.
 */
export async function proposeCorrection(
  deps: Deps,
  actor: Actor,
  stepId: string,
  proposal: CorrectionProposal,
): Promise<CorrectionView> {
  requirePermission(actor, 'record.correct');
  const id = randomUUID();
  const row = await inTx(deps.db, async (tx) => {
    const step = await lockStep(tx, actor.cityCode, stepId, actor.scope);
    if (!step) throw new Refusal('service_record.unknown');
    const change = await changeOf(tx, deps, actor.cityCode, step, proposal);
    const written = await insertCorrection(tx, actor.cityCode, {
      correctionId: id,
      stepId,
      field: proposal.field,
      reason: proposal.reason,
      ...change,
      proposedBy: markOf(actor),
      at: deps.clock.now(),
    });
    if (!written) throw new Refusal('correction.pending');
    await audit(tx, {
      actor,
      action: 'record.correction_proposed',
      subjectKind: 'service_record',
      subjectId: stepId,
      detail: { correction: id, field: proposal.field },
      reason: proposal.reason,
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    });
    return (await listCorrections(tx, { cityCode: actor.cityCode, id, limit: 1 }))[0];
  });
  return viewOf(row as CorrectionRow);
}

async function changeOf(
  tx: Tx,
  deps: Deps,
  cityCode: string,
  step: StepTarget,
  { field, value }: CorrectionProposal,
): Promise<{ before: string | null; after: string | null; mobileEnc: Buffer | null }> {
  const after = value === '' ? null : value;
  if (field === 'mobile') return mobileChange(tx, deps, cityCode, step, after);
  const before = field === 'staff' ? step.staff_no : step.window_code;
  if (before === after) throw new Refusal('correction.same', {}, { field: 'value' });
  const exists = field === 'staff' ? staffExists : windowExists;
  if (after !== null && !(await exists(tx, cityCode, after))) {
    throw new Refusal('correction.unknown_value', {}, { field: 'value' });
  }
  return { before, after, mobileEnc: null };
}

async function mobileChange(
  tx: Tx,
  deps: Deps,
  cityCode: string,
  step: StepTarget,
  after: string | null,
): Promise<{ before: string | null; after: string | null; mobileEnc: Buffer | null }> {
  if (after !== null && !isMobile(after)) throw new Refusal('field.mobile', {}, { field: 'value' });
  const sealed = await sealedMobile(tx, cityCode, step.step_id);
  const before = sealed ? deps.keys.open('applicant.mobile', sealed) : null;
  if (before === after) throw new Refusal('correction.same', {}, { field: 'value' });
  return {
    before: before === null ? null : maskPhone(before),
    after: after === null ? null : maskPhone(after),
    mobileEnc: after === null ? null : deps.keys.seal('correction.mobile', after),
  };
}

/**
 * A second person approves or rejects. An approval changes the step, so that its rating charges the right
 * subject from the next close on; the record keeps what stood before.
 * @throws Refusal `correction.unknown`, `correction.decided`, `correction.same_person`.
 */
export async function decide(
  deps: Deps,
  actor: Actor,
  id: string,
  { decision, note }: CorrectionDecision,
): Promise<CorrectionView> {
  requirePermission(actor, 'record.approve');
  const { cityCode } = actor;
  const row = await inTx(deps.db, async (tx) => {
    const found = (await listCorrections(tx, { ...actor.scope, cityCode, id, limit: 1 }))[0];
    if (!found) throw new Refusal('correction.unknown');
    if (isConcerned(actor, found)) throw new Refusal('correction.same_person');
    await lockStep(tx, cityCode, found.step_id, actor.scope);
    const state = decision === 'approve' ? 'approved' : 'rejected';
    const decided = await decideCorrection(tx, cityCode, {
      id,
      state,
      by: markOf(actor),
      at: deps.clock.now(),
      note: note || null,
    });
    if (!decided) throw new Refusal('correction.decided');
    if (state === 'approved') await apply(tx, deps, cityCode, found);
    await audit(tx, {
      actor,
      action: `record.correction_${state}`,
      subjectKind: 'service_record',
      subjectId: found.step_id,
      detail: { correction: id, field: found.field },
      cityCode,
      at: deps.clock.now(),
    });
    return (await listCorrections(tx, { cityCode, id, limit: 1 }))[0];
  });
  return viewOf(row as CorrectionRow);
}

/** The proposer, the clerk who would be relieved and the clerk who would be charged can't decide. */
function isConcerned(actor: Actor, row: CorrectionRow): boolean {
  if (markOf(actor) === row.proposed_by) return true;
  const staffNo = actor.kind === 'user' ? actor.staffNo : undefined;
  if (staffNo === undefined) return false;
  return row.staff_no === staffNo || (row.field === 'staff' && row.after_value === staffNo);
}

async function apply(tx: Tx, deps: Deps, cityCode: string, row: CorrectionRow): Promise<void> {
  const { step_id: stepId, field, after_value: after } = row;
  const at = deps.clock.now();
  if (field === 'staff') await applyStaff(tx, cityCode, stepId, { staffNo: after, at });
  if (field === 'window') await applyWindow(tx, cityCode, stepId, { code: after, at });
  if (field === 'mobile') {
    const mobile = row.mobile_enc ? deps.keys.open('correction.mobile', row.mobile_enc) : null;
    await applyMobile(tx, cityCode, stepId, {
      mobileEnc: mobile === null ? null : deps.keys.seal('applicant.mobile', mobile),
      mobileHash: mobile === null ? null : deps.keys.hash('mobile', mobile),
      last4Hash: mobile === null ? null : deps.keys.hash('mobile-last4', mobile.slice(-4)),
    });
    return;
  }
  await emit(tx, stepCorrected, { cityCode, stepId });
}

export interface CorrectionList {
  state?: string | undefined;
  stepId?: string | undefined;
  after?: { at: Date; id: string } | undefined;
  limit: number;
}

export async function corrections(deps: Deps, actor: Actor, list: CorrectionList): Promise<CorrectionRow[]> {
  return listCorrections(deps.db.read, { ...actor.scope, ...list, cityCode: actor.cityCode });
}

export function viewOf(row: CorrectionRow): CorrectionView {
  return {
    id: row.correction_id,
    stepId: row.step_id,
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    taskName: row.task_name,
    field: row.field,
    before: row.before_value,
    after: row.after_value,
    reason: row.reason,
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: formatMoment(row.proposed_at),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at ? formatMoment(row.decided_at) : null,
    note: row.decision_note,
  };
}
