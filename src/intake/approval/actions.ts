import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import {
  type ApplicationRecord,
  allowedDays,
  applicationRecord,
  beginWork,
  calendarOf,
  clockOf,
  hallRules,
  handlersOf,
  lockCase,
  noteAct,
  rowOf,
  timesDone,
  type Work,
  type Worker,
  workdaysBetween,
  workerOf,
} from '../acceptance/index.ts';
import { mayDecide } from './approval.ts';
import type { ApprovalView, DecisionForm, ExtendForm, PauseForm, StepView } from './contract.ts';
import { openStep } from './route-actions.ts';
import { listSteps, type StepRow, saveStep } from './store.ts';

/**
 * Decides a step: passed on to the next, approved or rejected at the last, or returned to the one before.
 * Of two who decide at once the second finds it done.
 * @throws Refusal `approval.*`, `acceptance.*`
 */
export async function decideStep(
  deps: Deps,
  actor: Actor,
  projectNo: string,
  form: DecisionForm,
): Promise<ApprovalView> {
  const work = await workOn(deps, actor, projectNo);
  const { cityCode } = actor;
  return await inTx(deps.db, async (tx) => {
    const before = await lockCase(tx, cityCode, projectNo, ['accepted']);
    const steps = await listSteps(tx, cityCode, projectNo);
    const step = steps.find((one) => one.step_no === form.step);
    if (step === undefined) throw new Refusal('approval.step_over');
    const handledBy = await handlersOf(tx, cityCode, projectNo);
    const instant = before.promised_days === 0 && steps.length === 1;
    const against = mayDecide(step, steps, work.worker, { handledBy, instant });
    if (against) throw new Refusal(against);
    if (form.outcome === 'return') return await returnStep(tx, deps, work, { before, steps, step, form });
    const passed = form.outcome === 'pass';
    const next = steps.find((one) => one.step_no > step.step_no);
    if (passed && next === undefined && before.lacking_until !== null)
      throw new Refusal('approval.papers_missing');
    await settle(tx, work, projectNo, step, { state: passed ? 'passed' : 'rejected', opinion: form.opinion });
    if (passed && next !== undefined) {
      await openStep(tx, { cityCode, projectNo, at: work.at }, next);
      const act = { verb: 'pass' as const, remark: `${step.name}：${form.opinion}`, changes: {} };
      return await viewOf(tx, deps, cityCode, await noteAct(tx, deps, work, before, act));
    }
    return await viewOf(tx, deps, cityCode, await conclude(tx, deps, work, before, form));
  });
}

/** The end of a case, with the working days that it had: its record tells whether the promise was kept. */
async function conclude(
  tx: Tx,
  deps: Deps,
  work: Work,
  before: ApplicationRecord,
  form: DecisionForm,
): Promise<ApplicationRecord> {
  const clock = clockOf(before);
  const calendar = await calendarOf(tx, [before]);
  const passed = form.outcome === 'pass';
  return await noteAct(tx, deps, work, before, {
    verb: passed ? 'approve' : 'reject',
    remark: form.opinion,
    changes: { state: passed ? 'approved' : 'rejected', decided_at: work.at },
    allowedDays: clock && allowedDays(clock, dayOf(work.at), calendar),
  });
}

async function returnStep(
  tx: Tx,
  deps: Deps,
  work: Work,
  at: { before: ApplicationRecord; steps: readonly StepRow[]; step: StepRow; form: DecisionForm },
): Promise<ApprovalView> {
  const { cityCode } = work.actor;
  const { before, steps, step, form } = at;
  const earlier = steps.filter((one) => one.step_no < step.step_no).at(-1);
  if (earlier === undefined) throw new Refusal('approval.first_step');
  const waiting = { step_no: step.step_no, state: 'waiting' as const, assigned_to: null, at: work.at };
  const nobody = { decided_by: null, decided_name: null, opinion: null };
  await saveStep(tx, cityCode, before.project_no, { ...waiting, ...nobody });
  // It goes back to whoever decided it, who knows the case.
  const open = {
    step_no: earlier.step_no,
    state: 'open' as const,
    assigned_to: earlier.decided_by,
    at: work.at,
  };
  await saveStep(tx, cityCode, before.project_no, { ...open, ...nobody });
  const act = { verb: 'return' as const, remark: `${step.name}：${form.opinion}`, changes: {} };
  return await viewOf(tx, deps, cityCode, await noteAct(tx, deps, work, before, act));
}

async function settle(
  tx: Tx,
  { actor, worker, at }: Work,
  projectNo: string,
  step: StepRow,
  decided: { state: 'passed' | 'rejected'; opinion: string },
): Promise<void> {
  await saveStep(tx, actor.cityCode, projectNo, {
    ...{ step_no: step.step_no, state: decided.state, assigned_to: step.assigned_to, at },
    ...{ decided_by: worker.staffNo, decided_name: worker.name, opinion: decided.opinion },
  });
}

/** Stops the promise clock for what the law does not count (《行政许可法》第四十五条). */
export async function pauseCase(
  deps: Deps,
  actor: Actor,
  projectNo: string,
  form: PauseForm,
): Promise<ApprovalView> {
  const work = await workOn(deps, actor, projectNo);
  return await change(deps, work, projectNo, 'accepted', async (tx, before) => {
    const remark = form.remark ? `${form.why}：${form.remark}` : form.why;
    const changes = { state: 'paused' as const, paused_at: work.at };
    return await noteAct(tx, deps, work, before, { verb: 'pause', remark, changes });
  });
}

/** Lets the clock run again; the working days in between do not count. */
export async function resumeCase(
  deps: Deps,
  actor: Actor,
  projectNo: string,
  remark: string | undefined,
): Promise<ApprovalView> {
  const work = await workOn(deps, actor, projectNo);
  return await change(deps, work, projectNo, 'paused', async (tx, before) => {
    const calendar = await calendarOf(tx, [before]);
    const stood = before.paused_at ? workdaysBetween(dayOf(before.paused_at), dayOf(work.at), calendar) : 0;
    const changes = {
      state: 'accepted' as const,
      paused_at: null,
      paused_days: before.paused_days + stood,
    };
    return await noteAct(tx, deps, work, before, { verb: 'resume', remark, changes });
  });
}

/**
 * Extends the promise, as often and as long as the rules of the day allow (《行政许可法》第四十二条).
 * @throws Refusal `approval.extended`, `approval.too_long`
 */
export async function extendCase(
  deps: Deps,
  actor: Actor,
  projectNo: string,
  form: ExtendForm,
): Promise<ApprovalView> {
  const work = await workOn(deps, actor, projectNo);
  const { times, days } = hallRules(dayOf(work.at)).extension;
  if (form.days > days) throw new Refusal('approval.too_long', { days }, { field: 'days' });
  return await change(deps, work, projectNo, 'accepted', async (tx, before) => {
    const extended = await timesDone(tx, actor.cityCode, projectNo, 'extend');
    if (extended >= times) throw new Refusal('approval.extended', { times: extended });
    const changes = { extended_days: before.extended_days + form.days };
    const remark = `${form.days}：${form.reason}`;
    return await noteAct(tx, deps, work, before, { verb: 'extend', remark, changes });
  });
}

/** How a case stands in the back offices. @throws Refusal `approval.not_yours` */
export async function approvalFor(deps: Deps, actor: Actor, projectNo: string): Promise<ApprovalView> {
  requirePermission(actor, 'case.approve');
  const worker = await workerOf(deps.db.app, actor);
  const row = await applicationRecord(deps.db.app, actor.cityCode, projectNo);
  await reached(deps.db.app, actor.cityCode, row, worker);
  return await viewOf(deps.db.app, deps, actor.cityCode, row);
}

async function change(
  deps: Deps,
  work: Work,
  projectNo: string,
  state: 'accepted' | 'paused',
  act: (tx: Tx, before: ApplicationRecord) => Promise<ApplicationRecord>,
): Promise<ApprovalView> {
  const { cityCode } = work.actor;
  return await inTx(deps.db, async (tx) => {
    const before = await lockCase(tx, cityCode, projectNo, [state]);
    return await viewOf(tx, deps, cityCode, await act(tx, before));
  });
}

/** Work in a back office of the case. @throws Refusal `approval.not_yours`, `acceptance.unknown` */
async function workOn(deps: Deps, actor: Actor, projectNo: string): Promise<Work> {
  requirePermission(actor, 'case.approve');
  const worker = await workerOf(deps.db.app, actor);
  const row = await applicationRecord(deps.db.app, actor.cityCode, projectNo);
  await reached(deps.db.app, actor.cityCode, row, worker);
  const spot = { windowCode: null, departmentCode: worker.departmentCode };
  return await beginWork(deps, actor, { worker, spot });
}

/** One of its steps is the department's, or it is an instant case of the own counter. */
async function reached(
  reader: Reader,
  cityCode: string,
  row: ApplicationRecord,
  worker: Worker,
): Promise<void> {
  const steps = await listSteps(reader, cityCode, row.project_no);
  if (steps.some((step) => step.department_code === worker.departmentCode)) return;
  const handlers = await handlersOf(reader, cityCode, row.project_no);
  if (row.promised_days > 0 || !handlers.has(worker.staffNo)) throw new Refusal('approval.not_yours');
}

async function viewOf(
  reader: Reader,
  deps: Deps,
  cityCode: string,
  row: ApplicationRecord,
): Promise<ApprovalView> {
  const { projectNo, itemName, state, dueDay, overdue, yearMissing, lackingUntil } = rowOf(
    row,
    deps.clock.now(),
    await calendarOf(reader, [row]),
  );
  const steps = (await listSteps(reader, cityCode, row.project_no)).map(stepOf);
  return { projectNo, itemName, state, dueDay, overdue, yearMissing, lackingUntil, steps };
}

function stepOf(row: StepRow): StepView {
  return {
    step: row.step_no,
    name: row.name,
    departmentCode: row.department_code,
    departmentName: row.department_name,
    twoPerson: row.two_person,
    state: row.state,
    assignedTo: row.assigned_name,
    decidedBy: row.decided_name,
    decidedAt: row.decided_at && isoMoment(row.decided_at),
    opinion: row.opinion,
  };
}
