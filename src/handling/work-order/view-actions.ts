import { mayRead, voicesById } from '../../feedback/voice/index.ts';
import { isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { filesOf } from '../../platform/stored-file.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { type Duty, dutiesOf, dutyCard } from '../duty/index.ts';
import { causesOf } from './cause-actions.ts';
import type { OrderView } from './contract.ts';
import { KIND } from './fact.ts';
import { dutyOfPart } from './part-actions.ts';
import type { MeetingView, PartView } from './part-contract.ts';
import { findMeetings, findParts, type MeetingRow, type PartRow } from './part-store.ts';
import { concerns, fileOf, rowOf } from './reading-actions.ts';
import { saidFilesOf } from './said-actions.ts';
import { mayAppeal } from './second-actions.ts';
import { extensionAsked } from './step-actions.ts';
import { type EventRow, findEvents, findReachable, type OrderRow } from './store.ts';
import { stepsOpenTo } from './taking-actions.ts';

type Names = ReadonlyMap<string, { readonly name: string }>;

/** One order with its story. @throws Refusal `order.unknown` */
export async function readOrder(deps: Deps, actor: Actor, orderId: string, lang: Lang): Promise<OrderView> {
  const order = await findOrderView(deps, actor, orderId, lang);
  if (order === undefined) throw new Refusal('order.unknown');
  return order;
}

/** The same; undefined where the reader has, or has kept, nothing to do with it. */
export async function findOrderView(
  deps: Deps,
  actor: Actor,
  orderId: string,
  lang: Lang,
): Promise<OrderView | undefined> {
  requirePermission(actor, 'order.read');
  const { cityCode } = actor;
  const reader = deps.db.app;
  const row = await findReachable(reader, actor.scope, orderId);
  if (row === undefined) return undefined;
  const now = deps.clock.now();
  const voices = await voicesById(reader, cityCode, row.voice_id === null ? [] : [row.voice_id]);
  const voice = voices.get(row.voice_id ?? '');
  const events = await findEvents(reader, cityCode, orderId);
  const duties = (await dutiesOf(reader, cityCode, { kind: KIND, ids: [orderId] })).get(orderId) ?? [];
  const parts = await findParts(reader, cityCode, orderId);
  const meetings = await findMeetings(reader, cityCode, orderId);
  const names = await departmentsByCode(reader, cityCode, codesIn(row, parts, meetings));
  // Whoever it concerns learns that there is an order, not what was said; a report of discipline is for its
  // officer alone.
  const hidden = concerns(actor, row) || (voice !== undefined && !mayRead(actor, voice));
  const files = hidden ? [] : await filesOf(reader, { cityCode, kind: KIND, id: orderId });
  const causes = causesOf(row.kind, now).map(({ code, words }) => ({ code, name: words[lang] }));
  return {
    ...rowOf(row, voice, now, names),
    said: hidden ? null : (voice?.body ?? null),
    channel: voice?.channel ?? null,
    named: voice?.named ?? false,
    reopened: row.reopened > 0,
    extended: row.extended > 0,
    extensionAsked: extensionAsked(events),
    closedAt: row.closed_at === null ? null : isoMoment(row.closed_at),
    duties: duties.map((duty) => dutyOf(duty, now)),
    events: events.map((event) => eventOf(event, hidden)),
    files: files.map(fileOf),
    saidFiles: (hidden ? [] : await saidFilesOf(deps, actor, voice)).map(fileOf),
    cause: causes.find(({ code }) => code === row.cause)?.name ?? row.cause,
    causes,
    parts: parts.map((part) => partOf(part, { duty: dutyOfPart(duties, part), names, now, hidden })),
    meetings: meetings.map((one) => meetingOf(one, names, hidden)),
    may: stepsOpenTo(actor, row, {
      extensionAsked: extensionAsked(events),
      parts,
      appealable: mayAppeal(events),
    }),
  };
}

function codesIn(row: OrderRow, parts: readonly PartRow[], meetings: readonly MeetingRow[]): string[] {
  const all = [
    ...(row.owner_department === null ? [] : [row.owner_department]),
    ...parts.map((part) => part.department_code),
    ...meetings.flatMap(({ departments }) => departments),
  ];
  return [...new Set(all)];
}

function dutyOf(duty: Duty, now: Date): OrderView['duties'][number] {
  return {
    step: duty.step,
    days: duty.days,
    openedAt: isoMoment(duty.openedAt),
    dueAt: isoMoment(duty.dueAt),
    doneAt: duty.doneAt === null ? null : isoMoment(duty.doneAt),
    paused: duty.pausedAt !== null,
    card: duty.pausedAt === null ? dutyCard(duty, now) : 'none',
  };
}

function eventOf({ what, by_name, at, note, detail }: EventRow, hidden: boolean) {
  return {
    what,
    by: by_name,
    at: isoMoment(at),
    note: hidden ? null : note,
    detail: detail === null ? null : { ...detail },
  };
}

function partOf(
  row: PartRow,
  { duty, names, now, hidden }: { duty: Duty | undefined; names: Names; now: Date; hidden: boolean },
): PartView {
  return {
    no: row.part_no,
    department: row.department_code,
    departmentName: names.get(row.department_code)?.name ?? null,
    asked: hidden ? null : row.asked,
    state: row.state,
    askedBy: row.asked_name,
    askedAt: isoMoment(row.asked_at),
    dueAt: duty === undefined ? null : isoMoment(duty.dueAt),
    card: duty === undefined || duty.pausedAt !== null ? 'none' : dutyCard(duty, now),
    endedBy: row.ended_name,
    endedAt: row.ended_at === null ? null : isoMoment(row.ended_at),
    words: hidden ? null : row.words,
  };
}

function meetingOf(row: MeetingRow, names: Names, hidden: boolean): MeetingView {
  return {
    no: row.meeting_no,
    heldOn: row.held_on,
    departments: row.departments.map((code) => names.get(code)?.name ?? code),
    outcome: hidden ? null : row.outcome,
    minutes: row.minutes_file,
    recordedBy: row.recorded_name,
    recordedAt: isoMoment(row.recorded_at),
  };
}
