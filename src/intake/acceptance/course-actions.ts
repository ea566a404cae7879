import type { Day } from '../../kernel/day.ts';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import type { Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { drawAhead, keepMoment, type Person, personOf } from '../case/index.ts';
import { type PromiseClock, progressOf } from './application.ts';
import type { ApplicationState, Verb } from './contract.ts';
import type { Worker } from './desk-actions.ts';
import {
  type ApplicationRecord,
  type Changes,
  insertEvent,
  lockedApplication,
  saveApplication,
} from './store.ts';

/** What each ratable moment is called in its service record; verbs without a name can't be rated. */
const SERVICE_NAMES: Partial<Record<Verb, string>> = {
  consult: '咨询',
  notice: '一次性告知',
  accept: '受理',
  accept_lacking: '容缺受理',
  refuse: '不予受理',
  supplement: '补齐补正',
  approve: '办结',
  reject: '办结',
  hand_out: '出件',
  mail: '出件',
};

/** Where somebody acts: at a window of the hall, or in a department's back office. */
export interface Spot {
  readonly windowCode: string | null;
  readonly departmentCode: string;
}

export interface Act {
  readonly verb: Verb;
  readonly remark?: string | null | undefined;
  readonly changes: Changes;
  /** Working days that the case had, for the record of its end. */
  readonly allowedDays?: number | undefined;
  /** Told once, with the first moment; later ones find the person beside it. */
  readonly person?: Person;
}

/** One piece of work on a case: whose, where, when, with the record number drawn before it begins. */
export interface Work {
  readonly actor: Actor;
  readonly worker: Worker;
  readonly spot: Spot;
  readonly at: Date;
  readonly draw: Awaited<ReturnType<typeof drawAhead>>;
}

/** Everything that has to be drawn before the transaction of a piece of work. */
export async function beginWork(
  deps: Deps,
  actor: Actor,
  { worker, spot }: Pick<Work, 'worker' | 'spot'>,
): Promise<Work> {
  const at = deps.clock.now();
  return { actor, worker, spot, at, draw: await drawAhead(deps, actor.cityCode, at) };
}

/**
 * Writes down what was done with a locked case: the change, a line of its course, the audit, and a service
 * record where the moment can be rated (domain §2).
 */
export async function noteAct(
  tx: Tx,
  deps: Deps,
  work: Work,
  before: ApplicationRecord,
  act: Act,
): Promise<ApplicationRecord> {
  const { actor, worker, at } = work;
  const { cityCode } = actor;
  const after = { ...before, ...act.changes };
  const stepId = await keptMoment(tx, deps, work, after, act);
  await insertEvent(tx, cityCode, before.project_no, {
    event_no: before.next_event,
    verb: act.verb,
    staff_no: worker.staffNo,
    staff_name: worker.name,
    happened_at: at,
    remark: act.remark ?? null,
    step_id: stepId,
  });
  await audit(tx, {
    actor,
    action: `case.${act.verb}`,
    subjectKind: 'case',
    subjectId: before.project_no,
    detail: { window: work.spot.windowCode, state: after.state },
    cityCode,
    at,
  });
  return await saveApplication(tx, cityCode, before, {
    ...act.changes,
    ...(act.person && stepId ? { person_step: stepId } : {}),
    next_event: before.next_event + 1,
    next_service: before.next_service + (stepId === null ? 0 : 1),
  });
}

async function keptMoment(
  tx: Tx,
  deps: Deps,
  { actor, worker, spot, at, draw }: Work,
  after: ApplicationRecord,
  act: Act,
): Promise<string | null> {
  const serviceName = SERVICE_NAMES[act.verb];
  if (serviceName === undefined) return null;
  const { cityCode } = actor;
  const person = act.person ?? (await personOf(tx, deps, cityCode, after.person_step));
  const moment = {
    projectNo: after.project_no,
    projectName: null,
    serviceNumber: after.next_service,
    serviceName,
    areaCode: after.region_code,
    deptCode: spot.departmentCode,
    taskCode: after.item_code,
    taskName: after.item_name,
    windowCode: spot.windowCode,
    staffNo: worker.staffNo,
    proStatus: progressOf(after.state),
    proChannel: 2,
    acceptDate: after.accepted_at,
    resultDate: act.allowedDays === undefined ? null : after.decided_at,
    promiseDay: act.allowedDays ?? null,
    userProp: after.user_prop,
    person,
  };
  return await keepMoment(tx, deps, cityCode, moment, { at, draw });
}

/**
 * The case, locked, in one of these states.
 * @throws Refusal `acceptance.unknown`, `acceptance.state`
 */
export async function lockCase(
  tx: Tx,
  cityCode: string,
  projectNo: string,
  states: readonly ApplicationState[],
): Promise<ApplicationRecord> {
  const found = await lockedApplication(tx, cityCode, projectNo);
  if (found === undefined) throw new Refusal('acceptance.unknown');
  if (!states.includes(found.state)) throw new Refusal('acceptance.state', { state: found.state });
  return found;
}

/** The promise clock of a case that is accepted. */
export function clockOf(row: ApplicationRecord): PromiseClock | undefined {
  if (row.accepted_at === null) return undefined;
  const pausedOn: Day | null = row.paused_at && dayOf(row.paused_at);
  return {
    acceptedOn: dayOf(row.accepted_at),
    promisedDays: row.promised_days,
    extendedDays: row.extended_days,
    pausedDays: row.paused_days,
    pausedOn,
  };
}
