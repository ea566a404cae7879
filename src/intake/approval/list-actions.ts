import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import {
  applicationRecords,
  beginWork,
  calendarOf,
  decidedCases,
  hallOf,
  lockCase,
  noteAct,
  ownDesk,
  ownHalls,
  rowOf,
  workerOf,
} from '../acceptance/index.ts';
import type { HandOutForm, OpenStep, WaitingResult } from './contract.ts';
import { hasIssueWindow, listOpen } from './store.ts';

const ROWS = 300;

/** What lies in the back office of whoever asks, by promise clock; the own steps first of each day. */
export async function openStepsFor(deps: Deps, actor: Actor): Promise<OpenStep[]> {
  requirePermission(actor, 'case.approve');
  const worker = await workerOf(deps.db.app, actor);
  const open = await listOpen(deps.db.app, actor.cityCode, worker.departmentCode, ROWS);
  const cases = await applicationRecords(
    deps.db.app,
    actor.cityCode,
    open.map((one) => one.project_no),
  );
  const calendar = await calendarOf(deps.db.app, [...cases.values()]);
  const now = deps.clock.now();
  const items = open.flatMap((step) => {
    const found = cases.get(step.project_no);
    if (found === undefined || (found.state !== 'accepted' && found.state !== 'paused')) return [];
    const { departmentName: _, ...row } = rowOf(found, now, calendar);
    const mine = step.assigned_to === worker.staffNo;
    const where = { step: step.step_no, stepName: step.name, steps: step.steps };
    return [{ ...row, ...where, mine, assignedTo: step.assigned_name }];
  });
  const rank = (one: OpenStep): string => `${one.dueDay ?? '9'} ${one.mine ? 0 : 1}`;
  return items.sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** Results of the own hall that wait to be handed out. */
export async function resultsFor(deps: Deps, actor: Actor, q: string | undefined): Promise<WaitingResult[]> {
  requirePermission(actor, 'case.accept');
  const halls = await ownHalls(deps, actor);
  const rows = await decidedCases(deps.db.app, actor.cityCode, { halls, q, limit: ROWS });
  return rows.map((row) => ({
    projectNo: row.project_no,
    itemName: row.item_name,
    departmentName: row.department_name,
    state: row.state,
    decidedAt: row.decided_at && isoMoment(row.decided_at),
  }));
}

/**
 * Hands the result out at the hall's issuing window (统一窗口出件), or gives it to the mail; at any window where
 * the hall has no issuing one. A result that has been handed out is not handed out again.
 * @throws Refusal `approval.issue_window`, `acceptance.state`
 */
export async function handOut(
  deps: Deps,
  actor: Actor,
  projectNo: string,
  form: HandOutForm,
): Promise<WaitingResult> {
  const { worker, desk } = await ownDesk(deps, actor, form.window);
  const { cityCode } = actor;
  const hall = hallOf(desk.region_code);
  if (desk.kind !== 'issue' && (await hasIssueWindow(deps.db.app, cityCode, hall)))
    throw new Refusal('approval.issue_window', {}, { field: 'window' });
  const spot = { windowCode: desk.code, departmentCode: desk.department_code };
  const work = await beginWork(deps, actor, { worker, spot });
  return await inTx(deps.db, async (tx) => {
    const before = await lockCase(tx, cityCode, projectNo, ['approved', 'rejected']);
    if (hallOf(before.region_code) !== hall) throw new Refusal('acceptance.unknown');
    const row = await noteAct(tx, deps, work, before, {
      verb: form.way === 'mail' ? 'mail' : 'hand_out',
      remark: form.parcel,
      changes: { state: 'handed_out', handed_out_at: work.at },
    });
    return {
      projectNo,
      itemName: row.item_name,
      departmentName: row.department_name,
      state: row.state,
      decidedAt: row.decided_at && isoMoment(row.decided_at),
    };
  });
}
