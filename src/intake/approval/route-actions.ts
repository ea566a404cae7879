import { accountsOfStaff } from '../../oversight/access/index.ts';
import type { Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { stepsOf } from '../../registry/service-item/index.ts';
import { handlersOf } from '../acceptance/index.ts';
import { leastLoaded } from './approval.ts';
import { insertSteps, listSteps, loads, type StepRow, saveStep } from './store.ts';

/** An accepted case that has to be decided. */
export interface RoutedCase {
  readonly cityCode: string;
  readonly projectNo: string;
  readonly itemCode: string;
  readonly departmentCode: string;
  readonly at: Date;
}

/** What an item without steps of its own is decided by. */
const ONE_STEP = { step_no: 1, name: '审批', two_person: false };

/**
 * Sends a case that has just been accepted to the back offices: by its item to the departments, within one to
 * whoever has the least (前台综合受理、后台分类审批).
 */
export async function routeCase(tx: Tx, _deps: Deps, accepted: RoutedCase): Promise<void> {
  const { cityCode, projectNo, itemCode, departmentCode, at } = accepted;
  const listed = await stepsOf(tx, cityCode, itemCode);
  const steps = listed.length > 0 ? listed : [{ ...ONE_STEP, department_code: departmentCode }];
  await insertSteps(tx, cityCode, projectNo, steps);
  const [first] = await listSteps(tx, cityCode, projectNo);
  if (first) await openStep(tx, { cityCode, projectNo, at }, first);
}

/** Opens a step for somebody of its department; for all of it where nobody there has an account. */
export async function openStep(
  tx: Tx,
  { cityCode, projectNo, at }: Pick<RoutedCase, 'cityCode' | 'projectNo' | 'at'>,
  step: StepRow,
): Promise<void> {
  const counted = await loads(tx, cityCode, step.department_code);
  const staff = counted.map((one) => one.staff_no);
  const allowed = await accountsOfStaff(tx, cityCode, { staff, permission: 'case.approve' });
  if (step.two_person) for (const one of await handlersOf(tx, cityCode, projectNo)) allowed.delete(one);
  const assigned = leastLoaded(counted, allowed);
  const undecided = { decided_by: null, decided_name: null, opinion: null };
  const open = { step_no: step.step_no, state: 'open' as const, assigned_to: assigned, at };
  await saveStep(tx, cityCode, projectNo, { ...open, ...undecided });
}
