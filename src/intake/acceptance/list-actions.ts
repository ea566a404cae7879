import { maskName } from '../../kernel/codes.ts';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { readCalendar, type WorkCalendar } from '../../registry/calendar/index.ts';
import { appliesTo, materialsOf } from '../../registry/service-item/index.ts';
import { staffByNo } from '../../registry/staff/index.ts';
import { personOf } from '../case/index.ts';
import { dueDay, progressOf } from './application.ts';
import type { ApplicationQuery, ApplicationRow, ApplicationView, PaperView } from './contract.ts';
import { clockOf } from './course-actions.ts';
import { followUntil, hallOf, ownDesks } from './desk-actions.ts';
import { listNotices, listPapers, type PaperRow } from './paper-store.ts';
import { type ApplicationRecord, findApplication, listApplications, listEvents, listJoint } from './store.ts';

/** As many as one person has in work; who looks for one among more types its number. */
const ROWS = 300;

/** The halls in which somebody works: of the windows today, and of the own department. */
export async function ownHalls(deps: Deps, actor: Actor): Promise<string[]> {
  const desks = await ownDesks(deps, actor);
  const staffNo = actor.kind === 'user' ? actor.staffNo : undefined;
  const staff =
    staffNo === undefined
      ? undefined
      : (await staffByNo(deps.db.app, actor.cityCode, [staffNo])).get(staffNo);
  const regions = [...desks.map((desk) => desk.region_code), ...(staff ? [staff.region_code] : [])];
  return [...new Set(regions.map(hallOf))];
}

/** Cases of the own hall: those of whoever asks by promise clock, or all, the newest first. */
export async function casesFor(deps: Deps, actor: Actor, query: ApplicationQuery): Promise<ApplicationRow[]> {
  const halls = await ownHalls(deps, actor);
  const own = query.of === 'own';
  const rows = await listApplications(deps.db.app, actor.cityCode, {
    halls,
    staffNo: own ? ((actor.kind === 'user' ? actor.staffNo : undefined) ?? '') : undefined,
    open: own && query.state === undefined,
    state: query.state,
    q: query.q,
    limit: ROWS,
  });
  const calendar = await calendarOf(deps.db.app, rows);
  const items = rows.map((row) => rowOf(row, deps.clock.now(), calendar));
  if (!own) return items;
  // What has no clock yet, or none any more, follows what has to be settled in time.
  return items.sort((a, b) => (a.dueDay ?? '9').localeCompare(b.dueDay ?? '9'));
}

/** The calendar as far as the clocks of the cases reach back. */
export async function calendarOf(reader: Reader, rows: readonly ApplicationRecord[]): Promise<WorkCalendar> {
  const first = rows.reduce<Date | undefined>(
    (least, row) => (least === undefined || row.received_at < least ? row.received_at : least),
    undefined,
  );
  return await readCalendar(reader, first && dayOf(first));
}

/** A case within reach. @throws Refusal `acceptance.unknown` */
export async function caseFor(deps: Deps, actor: Actor, projectNo: string): Promise<ApplicationView> {
  return await viewOf(deps, actor, await reachedCase(deps, actor, projectNo));
}

/** The record of a case in the own hall. @throws Refusal `acceptance.unknown` */
export async function reachedCase(deps: Deps, actor: Actor, projectNo: string): Promise<ApplicationRecord> {
  const found = await findApplication(deps.db.app, actor.cityCode, projectNo);
  const halls = await ownHalls(deps, actor);
  if (found === undefined || !halls.includes(hallOf(found.region_code)))
    throw new Refusal('acceptance.unknown');
  return found;
}

/** The list of papers before a case is taken in. */
export async function papersFor(
  deps: Deps,
  actor: Actor,
  asked: { item: string; userProp: number },
): Promise<{ items: PaperView[]; latest: string }> {
  const all = await materialsOf(deps.db.app, actor.cityCode, asked.item);
  const papers = all.filter((one) => appliesTo(one, asked.userProp));
  const { latest } = await followUntil(deps);
  return { items: papers.map((one) => paperView({ ...one, handed_at: null })), latest };
}

function paperView(row: PaperRow): PaperView {
  const { material_no: number, name, form, copies, may_follow: mayFollow } = row;
  return { number, name, form, copies, mayFollow, handed: row.handed_at !== null };
}

/** A case as a list shows it. */
export function rowOf(row: ApplicationRecord, now: Date, calendar: WorkCalendar): ApplicationRow {
  const today = dayOf(now);
  const clock = clockOf(row);
  const runs = row.state === 'accepted' || row.state === 'paused';
  const due = clock && runs ? dueDay(clock, today, calendar) : null;
  return {
    projectNo: row.project_no,
    itemName: row.item_name,
    departmentName: row.department_name,
    windowCode: row.window_code,
    state: row.state,
    receivedAt: isoMoment(row.received_at),
    dueDay: due,
    overdue: due !== null && row.state === 'accepted' && today > due,
    yearMissing: due === null || calendar.knowsYearOf(due) ? null : due.slice(0, 4),
    lackingUntil: row.lacking_until,
  };
}

/** A case with its papers, notices and course. */
export async function viewOf(
  deps: Deps,
  actor: Actor,
  row: ApplicationRecord,
  reader: Reader = deps.db.app,
): Promise<ApplicationView> {
  const { cityCode } = actor;
  const papers = await listPapers(reader, cityCode, row.project_no);
  const notices = await listNotices(reader, cityCode, row.project_no);
  const events = await listEvents(reader, cityCode, row.project_no);
  const joint = await listJoint(reader, cityCode, row.joint_no ?? row.project_no);
  const person = await personOf(reader, deps, cityCode, row.person_step);
  const names = new Map(papers.map((paper) => [paper.material_no, paper.name]));
  return {
    ...rowOf(row, deps.clock.now(), await readCalendar(reader, dayOf(row.received_at))),
    itemCode: row.item_code,
    userProp: row.user_prop,
    applicant: person.userName && maskName(person.userName),
    proStatus: progressOf(row.state),
    promisedDays: row.promised_days,
    extendedDays: row.extended_days,
    pausedDays: row.paused_days,
    papers: papers.map(paperView),
    notices: notices.map((notice) => ({
      noticeNo: notice.notice_no,
      givenAt: isoMoment(notice.given_at),
      missing: notice.missing.map((number) => names.get(number) ?? String(number)),
      remark: notice.remark,
    })),
    course: events.map((event) => ({
      number: event.event_no,
      verb: event.verb,
      by: event.staff_name,
      at: isoMoment(event.happened_at),
      remark: event.remark,
      slip: event.step_id !== null,
    })),
    joint: joint
      .filter((one) => one.project_no !== row.project_no)
      .map((one) => ({ projectNo: one.project_no, itemName: one.item_name, state: one.state })),
  };
}
