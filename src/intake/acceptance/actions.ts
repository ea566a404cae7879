import type { Day } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { appliesTo, itemForWindow, type Material, materialsOf } from '../../registry/service-item/index.ts';
import type { Person } from '../case/index.ts';
import { judge } from './application.ts';
import type {
  ApplicantForm,
  ApplicationForm,
  ApplicationState,
  ApplicationView,
  Decision,
  SupplementForm,
  Verb,
  WithdrawForm,
} from './contract.ts';
import { type Act, beginWork, lockCase, noteAct, type Work } from './course-actions.ts';
import { type Desk, followUntil, hallOf, ownDesk } from './desk-actions.ts';
import { applicationRefused, noticeGiven } from './fact.ts';
import { viewOf } from './list-actions.ts';
import { handIn, insertNotice, insertPapers, listNotices, listPapers, type PaperRow } from './paper-store.ts';
import {
  type ApplicationRecord,
  applicationOfForm,
  drawNumber,
  findApplication,
  insertApplication,
} from './store.ts';

const STATE_AFTER: Readonly<Record<Decision['kind'], ApplicationState>> = {
  accept: 'accepted',
  accept_lacking: 'accepted',
  notice: 'noticed',
  refuse: 'refused',
  consult: 'consulted',
};

/** What follows when a case is accepted, in the same transaction: told from downstream by `app/`. */
export type OnAccepted = (
  tx: Tx,
  deps: Deps,
  accepted: { cityCode: string; projectNo: string; itemCode: string; departmentCode: string; at: Date },
) => Promise<void>;

/**
 * Takes a case in at the own window: accepted, accepted with papers that may follow (容缺受理), told once what is
 * missing (一次告知), refused with its ground, or answered as a question (domain §2). The same form sent again
 * answers the case that it has made.
 * @throws Refusal `acceptance.*`
 */
export async function receiveCase(
  deps: Deps,
  actor: Actor,
  form: ApplicationForm,
  onAccepted: OnAccepted,
): Promise<ApplicationView> {
  const { worker, desk } = await ownDesk(deps, actor, form.window);
  const { cityCode } = actor;
  const earlier = await applicationOfForm(deps.db.app, cityCode, form.id);
  if (earlier) return await viewOf(deps, actor, earlier);
  const item = await itemForWindow(deps.db.app, cityCode, { code: form.item, window: desk });
  if (item === undefined) throw new Refusal('acceptance.not_offered', {}, { field: 'item' });
  const { userProp } = form.applicant;
  const asked = (await materialsOf(deps.db.app, cityCode, item.code)).filter((one) =>
    appliesTo(one, userProp),
  );
  const papers = asked.map((one) => paperOf(one));
  const today = await followUntil(deps);
  const missing = judged(papers, form.decision, today);
  const jointNo = await jointOf(deps, cityCode, form.joint, desk);
  const spot = { windowCode: desk.code, departmentCode: item.departmentCode };
  const work = await beginWork(deps, actor, { worker, spot });
  const projectNo = await newProjectNo(deps, cityCode, desk, today.today);
  const noticeNo = await noticeNoFor(deps, cityCode, form.decision, today.today);
  const done = await inTx(deps.db, async (tx) => {
    const fresh: ApplicationRecord = {
      project_no: projectNo,
      form_id: form.id,
      joint_no: jointNo,
      item_code: item.code,
      item_name: item.name,
      department_code: item.departmentCode,
      department_name: item.departmentName,
      region_code: desk.region_code,
      window_code: desk.code,
      staff_no: worker.staffNo,
      user_prop: userProp,
      person_step: '0',
      state: STATE_AFTER[form.decision.kind],
      promised_days: item.promise === 'instant' ? 0 : (item.promisedDays ?? 0),
      ...{ extended_days: 0, paused_days: 0, paused_at: null, decided_at: null, handed_out_at: null },
      lacking_until: form.decision.kind === 'accept_lacking' ? form.decision.until : null,
      received_at: work.at,
      accepted_at: STATE_AFTER[form.decision.kind] === 'accepted' ? work.at : null,
      ...{ next_service: 1, next_event: 1 },
    };
    // Of two that send the same form at once the second waits here, and finds the case of the first.
    if (!(await insertApplication(tx, cityCode, fresh))) return undefined;
    const handed = new Set('handed' in form.decision ? form.decision.handed : []);
    const listed = papers.map((one) => ({ ...one, handed_at: handed.has(one.material_no) ? work.at : null }));
    await insertPapers(tx, cityCode, projectNo, listed);
    const act = { ...actOf(form.decision, {}), person: personIn(form.applicant) };
    const row = await noteAct(tx, deps, work, fresh, act);
    await afterDecision(tx, work, row, { decision: form.decision, missing, noticeNo });
    if (row.state === 'accepted') await accepted(tx, deps, row, { cityCode, at: work.at, onAccepted });
    return row;
  });
  const row = done ?? (await applicationOfForm(deps.db.app, cityCode, form.id));
  if (row === undefined) throw new Refusal('acceptance.unknown');
  return await viewOf(deps, actor, row);
}

/**
 * Takes what was missing, at any window of the hall: a case that was told what is missing is decided on
 * again, one that was accepted without all papers is completed.
 * @throws Refusal `acceptance.*`; a second notice may only name what the first one named
 */
export async function supplementCase(
  deps: Deps,
  actor: Actor,
  { projectNo, form, onAccepted }: { projectNo: string; form: SupplementForm; onAccepted: OnAccepted },
): Promise<ApplicationView> {
  const { worker, desk } = await ownDesk(deps, actor, form.window);
  const { cityCode } = actor;
  await caseInHall(deps, cityCode, projectNo, desk);
  const { decision } = form;
  const today = await followUntil(deps);
  const found = await findApplication(deps.db.app, cityCode, projectNo);
  const spot = { windowCode: desk.code, departmentCode: found?.department_code ?? desk.department_code };
  const work = await beginWork(deps, actor, { worker, spot });
  const noticeNo = await noticeNoFor(deps, cityCode, decision, today.today);
  return await inTx(deps.db, async (tx) => {
    const before = await lockCase(tx, cityCode, projectNo, ['noticed', 'accepted', 'paused']);
    const lacking = before.state !== 'noticed';
    if (lacking && (before.lacking_until === null || !/^accept/.test(decision.kind)))
      throw new Refusal('acceptance.state', { state: before.state });
    if (decision.kind === 'consult') throw new Refusal('acceptance.state', { state: before.state });
    const papers = await listPapers(tx, cityCode, projectNo);
    const notices = await listNotices(tx, cityCode, projectNo);
    const latest = lacking ? (before.lacking_until as Day) : today.latest;
    const named = notices.length > 0 ? notices.flatMap((notice) => notice.missing) : undefined;
    const missing = judged(papers, decision, { today: today.today, latest, named });
    const numbers = 'handed' in decision ? decision.handed : [];
    await handIn(tx, cityCode, { projectNo, numbers, at: work.at });
    const act = lacking ? completion(before, decision) : actOf(decision, acceptedBy(decision, work.at));
    const row = await noteAct(tx, deps, work, before, act);
    await afterDecision(tx, work, row, { decision, missing, noticeNo });
    const fresh = !lacking && row.state === 'accepted';
    if (fresh) await accepted(tx, deps, row, { cityCode, at: work.at, onAccepted });
    return await viewOf(deps, actor, row, tx);
  });
}

/** The applicant takes the case back. @throws Refusal `acceptance.*` */
export async function withdrawCase(
  deps: Deps,
  actor: Actor,
  projectNo: string,
  form: WithdrawForm,
): Promise<ApplicationView> {
  const { worker, desk } = await ownDesk(deps, actor, form.window);
  const { cityCode } = actor;
  await caseInHall(deps, cityCode, projectNo, desk);
  const spot = { windowCode: desk.code, departmentCode: desk.department_code };
  const work = await beginWork(deps, actor, { worker, spot });
  return await inTx(deps.db, async (tx) => {
    const before = await lockCase(tx, cityCode, projectNo, ['noticed', 'accepted', 'paused']);
    const changes = { state: 'withdrawn' as const, paused_at: null, lacking_until: null };
    const row = await noteAct(tx, deps, work, before, { verb: 'withdraw', remark: form.reason, changes });
    return await viewOf(deps, actor, row, tx);
  });
}

async function accepted(
  tx: Tx,
  deps: Deps,
  row: ApplicationRecord,
  { cityCode, at, onAccepted }: { cityCode: string; at: Date; onAccepted: OnAccepted },
): Promise<void> {
  const { project_no: projectNo, item_code: itemCode, department_code: departmentCode } = row;
  await onAccepted(tx, deps, { cityCode, projectNo, itemCode, departmentCode, at });
}

function judged(
  papers: readonly PaperRow[],
  decision: Decision,
  context: { today: Day; latest: Day; named?: readonly number[] | undefined },
): readonly number[] {
  const outcome = judge(papers, decision, context);
  if (outcome.kind === 'ok') return outcome.missing;
  throw new Refusal(outcome.code, outcome.params, { field: `decision.${outcome.field}` });
}

function paperOf({ material_no, name, form, copies, may_follow }: Material): PaperRow {
  return { material_no, name, form, copies, may_follow, handed_at: null };
}

function personIn({ userName, certKey, mobile, agentName, userProp }: ApplicantForm): Person {
  return {
    userName,
    userPageType: certKey === undefined ? null : userProp === 1 ? '111' : null,
    certKey: certKey ?? null,
    mobile: mobile ?? null,
    agent: agentName === undefined ? null : { name: agentName, pageType: null, pageCode: null },
  };
}

function acceptedBy(decision: Decision, at: Date): Act['changes'] {
  const state = STATE_AFTER[decision.kind];
  const lacking_until = decision.kind === 'accept_lacking' ? decision.until : null;
  return { state, lacking_until, ...(state === 'accepted' ? { accepted_at: at } : {}) };
}

function actOf(decision: Decision, changes: Act['changes']): Act {
  const verb: Verb = decision.kind;
  if (decision.kind === 'refuse')
    return { verb, remark: `${decision.reason}（${decision.ground}）`, changes };
  return { verb, remark: 'remark' in decision ? decision.remark : null, changes };
}

/** What was missing of an accepted case comes in, all of it or a part. */
function completion(before: ApplicationRecord, decision: Decision): Act {
  const until = decision.kind === 'accept_lacking' ? decision.until : null;
  return { verb: 'supplement', changes: { lacking_until: until, state: before.state } };
}

async function afterDecision(
  tx: Tx,
  { actor, worker, at }: Work,
  row: ApplicationRecord,
  told: { decision: Decision; missing: readonly number[]; noticeNo: string | null },
): Promise<void> {
  const { cityCode } = actor;
  const { decision, missing, noticeNo } = told;
  if (decision.kind === 'notice' && noticeNo !== null) {
    await insertNotice(tx, cityCode, row.project_no, {
      notice_no: noticeNo,
      missing: [...missing],
      remark: decision.remark ?? null,
      given_by: worker.staffNo,
      given_at: at,
    });
    await emit(tx, noticeGiven, { cityCode, projectNo: row.project_no, noticeNo });
  }
  if (decision.kind === 'refuse') {
    await emit(tx, applicationRefused, {
      cityCode,
      id: row.form_id,
      windowCode: row.window_code,
      itemName: row.item_name,
      reason: decision.reason,
      ground: decision.ground,
      by: actor.kind === 'user' ? actor.id : actor.name,
      byName: worker.name,
      at: at.toISOString(),
    });
  }
}

/** @throws Refusal `acceptance.unknown` for a case of another hall, too */
async function caseInHall(deps: Deps, cityCode: string, projectNo: string, desk: Desk): Promise<void> {
  const found = await findApplication(deps.db.app, cityCode, projectNo);
  if (found === undefined || hallOf(found.region_code) !== hallOf(desk.region_code))
    throw new Refusal('acceptance.unknown');
}

async function jointOf(
  deps: Deps,
  cityCode: string,
  joint: string | undefined,
  desk: Desk,
): Promise<string | null> {
  if (joint === undefined) return null;
  const first = await findApplication(deps.db.app, cityCode, joint);
  if (first === undefined || hallOf(first.region_code) !== hallOf(desk.region_code))
    throw new Refusal('acceptance.joint_unknown', {}, { field: 'joint' });
  return first.joint_no ?? first.project_no;
}

const DIGITS = 5;

/** YP, hall, day, number: such as YP37080026060100001. */
async function newProjectNo(deps: Deps, cityCode: string, desk: Desk, today: Day): Promise<string> {
  const series = `YP${hallOf(desk.region_code)}${today.slice(2).replaceAll('-', '')}`;
  const number = await drawNumber(deps.db.app, cityCode, series);
  return `${series}${String(number).padStart(DIGITS, '0')}`;
}

/** Year and number of a notice, where one is given. */
async function noticeNoFor(
  deps: Deps,
  cityCode: string,
  decision: Decision,
  today: Day,
): Promise<string | null> {
  if (decision.kind !== 'notice') return null;
  const year = today.slice(0, 4);
  const number = await drawNumber(deps.db.app, cityCode, `notice ${year}`);
  return `${year}-${String(number).padStart(DIGITS, '0')}`;
}
