import { present } from '../../kernel/assert.ts';
import { dayOf, formatMoment } from '../../kernel/day.ts';
import { deadline } from '../../kernel/deadline.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { isSelf } from '../../oversight/access/index.ts';
import { emit } from '../../platform/facts.ts';
import { filesOf } from '../../platform/stored-file.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import {
  dutiesOf,
  finishDuty,
  handOver,
  openDuty,
  pauseDuties,
  renewDuty,
  resumeDuties,
  reviveDuty,
} from '../duty/index.ts';
import { requireCause } from './cause-actions.ts';
import type { Step, StepForm } from './contract.ts';
import { KIND, orderAnswered, orderCalledBack, orderClosed, orderLate } from './fact.ts';
import { entrust } from './handler-actions.ts';
import { ownerOf } from './open-actions.ts';
import { afterCallBack, type LimitName, needsEvidence, type OrderState, TERMS } from './order.ts';
import { PART_RULES, refuseCircle, refuseOpenParts } from './part-actions.ts';
import { type At, type ByAnybody, type Done, matterOf, type Rule } from './rule-actions.ts';
import { refuseSecond, SECOND_RULES } from './second-actions.ts';
import { findEvents, type OrderChange, type OrderRow } from './store.ts';

const ACTIVE: readonly OrderState[] = [
  'unassigned',
  'unsigned',
  'handling',
  'paused',
  'approval',
  'call_back',
];

/** Another department names its own person. */
const NOBODY = { handler_id: null, handler_name: null } as const;

/** Ends a duty of the order. */
async function done({ tx, actor, order, at }: ByAnybody, step: string): Promise<void> {
  const { cityCode, name } = actor;
  await finishDuty(tx, { cityCode, matter: matterOf(order), step, at, by: name });
}

/** Every step that can be taken: who may, from which states, and what it does. */
export const RULES: { readonly [S in Step]: Rule<S> } = {
  sign: {
    permission: 'order.handle',
    from: ['unsigned'],
    owner: true,
    async take(given) {
      await done(given, 'sign');
      return { change: { state: 'handling', signed_at: given.at }, what: 'signed' };
    },
  },
  contact: {
    permission: 'order.handle',
    from: ['handling'],
    owner: true,
    async take(given, { outcome, note }) {
      await done(given, 'contact');
      return { change: { contacted_at: given.at }, note, detail: { outcome }, what: 'contacted' };
    },
  },
  assign: { permission: 'order.assign', from: ['unassigned', 'unsigned', 'handling'], take: assign },
  entrust: {
    permission: 'order.handle',
    from: ['unsigned', 'handling', 'paused'],
    owner: true,
    take: entrust,
  },
  return: { permission: 'order.handle', from: ['unsigned', 'handling'], owner: true, take: giveBack },
  classify: { permission: 'order.handle', from: ['handling'], owner: true, take: classify },
  pause: {
    permission: 'order.handle',
    from: ['handling'],
    owner: true,
    async take({ tx, actor: { cityCode }, order, at }, { note }) {
      await pauseDuties(tx, { cityCode, matter: matterOf(order), at });
      return { change: { state: 'paused' }, note, what: 'paused' };
    },
  },
  resume: {
    permission: 'order.handle',
    from: ['paused'],
    owner: true,
    async take({ tx, actor: { cityCode }, order, at, limits: { officeEnd } }) {
      const resumed = await resumeDuties(tx, { cityCode, matter: matterOf(order), at, officeEnd });
      const due = resumed.get('answer');
      return { change: { state: 'handling', ...(due ? { due_at: due } : {}) }, what: 'resumed' };
    },
  },
  'ask-extension': { permission: 'order.handle', from: ['handling'], owner: true, take: askExtension },
  'decide-extension': { permission: 'order.approve', from: ['handling'], take: decideExtension },
  answer: { permission: 'order.handle', from: ['handling'], owner: true, take: answer },
  approve: { permission: 'order.approve', from: ['approval'], take: approve },
  'call-back': { permission: 'order.call', from: ['call_back'], take: callBack },
  ...PART_RULES,
  ...SECOND_RULES,
  supervise: {
    permission: 'order.assign',
    from: ACTIVE,
    take: (_, { note }) => ({ change: { supervised: true }, note, what: 'supervised' }),
  },
  withdraw: {
    permission: 'order.assign',
    from: ACTIVE,
    async take(given, { note }) {
      await end(given);
      return { change: { state: 'withdrawn', closed_at: given.at }, note, what: 'withdrawn' };
    },
  },
};

/** Whatever the order still owed falls away, and downstream hears that it has ended. */
async function end({ tx, actor, order, at }: ByAnybody): Promise<void> {
  const { cityCode, name } = actor;
  await finishDuty(tx, { cityCode, matter: matterOf(order), at, by: name });
  await emit(tx, orderClosed, { cityCode, orderId: order.order_id });
}

async function assign(given: At, { department, note }: StepForm<'assign'>): Promise<Done> {
  const { tx, actor, order } = given;
  const { cityCode } = actor;
  const known = await departmentsByCode(tx, cityCode, [department]);
  if (!known.has(department)) throw new Refusal('order.unknown_department', {}, { field: 'department' });
  const before = await findEvents(tx, cityCode, order.order_id);
  if (before.some(({ what, detail }) => what === 'returned' && detail?.department === department)) {
    throw new Refusal('order.circle', {}, { field: 'department' });
  }
  await refuseCircle(tx, order, department);
  const owner = ownerOf(cityCode, department);
  for (const step of ['sign', 'contact', 'answer']) {
    await handOver(tx, { cityCode, matter: matterOf(order), step, owner });
  }
  if (order.signed_at !== null) await reopenSigning(given, department);
  const detail = { from: order.owner_department, to: department };
  return {
    change: { state: 'unsigned', owner_department: department, ...NOBODY },
    note,
    detail,
    what: 'assigned',
  };
}

/** Another department signs for itself: from now on, by the same limit. */
async function reopenSigning({ tx, actor, order, at, limits }: At, department: string): Promise<void> {
  const { cityCode } = actor;
  const days = limits.days(TERMS[order.kind].sign);
  const matter = matterOf(order);
  await renewDuty(tx, { cityCode, matter, step: 'sign', from: at, days, officeEnd: limits.officeEnd });
  await handOver(tx, { cityCode, matter, step: 'sign', owner: ownerOf(cityCode, department) });
}

/** “Not ours”: back to the office within the days of the rules, with the reason. */
async function giveBack({ tx, actor, order, at, limits }: At, { note }: StepForm<'return'>): Promise<Done> {
  const { cityCode } = actor;
  const days = limits.days('complaint.return');
  const until = deadline(order.opened_at, days, limits.officeEnd, await readCalendar(tx)).dueAt;
  if (at > until) throw new Refusal('order.return_late', { until: formatMoment(until) });
  for (const step of ['sign', 'contact', 'answer']) {
    await handOver(tx, { cityCode, matter: matterOf(order), step, owner: ownerOf(cityCode, null) });
  }
  const detail = { department: order.owner_department };
  return {
    change: { state: 'unassigned', owner_department: null, ...NOBODY },
    note,
    detail,
    what: 'returned',
  };
}

async function classify(given: At, { complexity, note }: StepForm<'classify'>): Promise<Done> {
  const { order, limits, at } = given;
  const name = TERMS[order.kind].answer[complexity];
  if (name === undefined || complexity === 'longest') {
    const values = Object.keys(TERMS[order.kind].answer).filter((one) => one !== 'longest');
    throw new Refusal(
      'order.wrong_complexity',
      { complexity, values: values.join(', ') },
      { field: 'complexity' },
    );
  }
  if (at > order.due_at) throw new Refusal('order.expired', { until: formatMoment(order.due_at) });
  const dueAt = await moveDue(given, limits.days(name));
  const detail = { complexity, dueAt: dueAt.toISOString() };
  return { change: { complexity, due_at: dueAt }, note, detail, what: 'classified' };
}

/** Another limit for the answer: it runs since it did, and what stood still stays added. */
async function moveDue({ tx, actor, order, limits }: At, days: number): Promise<Date> {
  const { cityCode } = actor;
  const matter = matterOf(order);
  const duties = (await dutiesOf(tx, cityCode, { kind: KIND, ids: [matter.id] })).get(matter.id) ?? [];
  const duty = present(
    duties.find(({ step }) => step === 'answer'),
    'every order owes an answer',
  );
  const stood = duty.days - limits.days(answerLimit(order));
  return await renewDuty(tx, {
    cityCode,
    matter,
    step: 'answer',
    from: duty.openedAt,
    days: days + stood,
    officeEnd: limits.officeEnd,
  });
}

/** The limit that an order of its kind and complexity has. */
export function answerLimit({ kind, complexity }: OrderRow): LimitName {
  return present(TERMS[kind].answer[complexity], 'an order has a limit of its kind');
}

function refuseExtension({ order, at }: At): void {
  const until = formatMoment(order.due_at);
  if (at > order.due_at) throw new Refusal('order.expired', { until });
  const { extension } = TERMS[order.kind];
  const longest = extension === null && order.complexity === 'longest';
  if (order.extended > 0 || longest) throw new Refusal('order.extended_before', { until });
}

function askExtension(given: At, { note }: StepForm<'ask-extension'>): Done {
  refuseExtension(given);
  return { note, what: 'extension_asked' };
}

/** Whether an extension waits: the last word about it is that it was asked for. */
export function extensionAsked(events: readonly { readonly what: string }[]): boolean {
  const words = events.filter(({ what }) => what.startsWith('extension_'));
  return words.at(-1)?.what === 'extension_asked';
}

async function decideExtension(given: At, form: StepForm<'decide-extension'>): Promise<Done> {
  const { tx, actor, order, limits } = given;
  const events = await findEvents(tx, actor.cityCode, order.order_id);
  const asked = events.findLast(({ what }) => what === 'extension_asked');
  if (asked === undefined || !extensionAsked(events)) throw new Refusal('order.no_extension');
  if (isSelf(actor, asked.by_id)) throw new Refusal('order.same_person');
  if (!form.approve) return { note: form.note, what: 'extension_refused' };
  refuseExtension(given);
  const { answer: complexities, extension } = TERMS[order.kind];
  const longest = complexities.longest;
  const days =
    extension === null && longest !== undefined
      ? limits.days(longest)
      : limits.days(answerLimit(order)) + (extension === null ? 0 : limits.days(extension));
  const dueAt = await moveDue(given, days);
  const change: OrderChange = { extended: 1, due_at: dueAt };
  const longer = extension === null ? { ...change, complexity: 'longest' as const } : change;
  return {
    change: longer,
    note: form.note,
    detail: { dueAt: dueAt.toISOString() },
    what: 'extension_approved',
  };
}

async function answer(given: At, { note, cause }: StepForm<'answer'>): Promise<Done> {
  const { tx, actor, order, at } = given;
  if (order.contacted_at === null) throw new Refusal('order.not_contacted');
  const owner = { cityCode: actor.cityCode, kind: KIND, id: order.order_id };
  if (needsEvidence(order.kind) && (await filesOf(tx, owner)).length === 0) {
    throw new Refusal('order.no_evidence', {}, { field: 'files' });
  }
  requireCause(order.kind, cause, at);
  await refuseOpenParts(given);
  await tellLate(given);
  await done(given, 'answer');
  return {
    change: { state: 'approval', answered_at: at, answered_by: actor.id, ...(cause ? { cause } : {}) },
    note,
    ...(cause ? { detail: { cause } } : {}),
    what: 'answered',
  };
}

/** An answer after its time is late for good, whatever becomes of it. */
async function tellLate({ tx, actor: { cityCode }, order, at }: At): Promise<void> {
  const orderId = order.order_id;
  const duties = (await dutiesOf(tx, cityCode, { kind: KIND, ids: [orderId] })).get(orderId) ?? [];
  const owed = duties.find(({ step }) => step === 'answer');
  if (owed === undefined || at < owed.redFrom) return;
  await emit(tx, orderLate, { cityCode, orderId, on: dayOf(owed.redFrom) });
}

async function approve(given: At, { approve: agreed, note }: StepForm<'approve'>): Promise<Done> {
  const { tx, actor, order, at, limits } = given;
  if (isSelf(actor, order.answered_by)) throw new Refusal('order.same_person');
  await refuseSecond(given);
  const { cityCode } = actor;
  const matter = matterOf(order);
  if (!agreed) {
    // What wasn't good enough is owed again, by the limit that it had.
    await reviveDuty(tx, { cityCode, matter, step: 'answer' });
    return { change: { state: 'handling', answered_at: null, answered_by: null }, note, what: 'sent_back' };
  }
  const days = limits.days('rectification.call_back');
  const { officeEnd } = limits;
  const owner = ownerOf(cityCode, null);
  const duty = { cityCode, matter, step: 'call_back', from: at, days, officeEnd };
  if (order.reopened > 0) await renewDuty(tx, duty);
  else await openDuty(tx, { ...duty, owner });
  await emit(tx, orderAnswered, { cityCode, orderId: order.order_id });
  return { change: { state: 'call_back' }, note, what: 'approved' };
}

/** What the person thinks of the answer: it ends the order, or opens it once more. */
export async function callBack(given: ByAnybody, { outcome, note }: StepForm<'call-back'>): Promise<Done> {
  const { order, limits, at, tx, actor } = given;
  await done(given, 'call_back');
  const detail = { outcome };
  await emit(tx, orderCalledBack, { cityCode: actor.cityCode, orderId: order.order_id, outcome });
  if (afterCallBack(outcome, order.reopened) === 'closed') {
    await end(given);
    return { change: { state: 'closed', closed_at: at }, note, detail, what: 'called_back' };
  }
  const dueAt = await renewDuty(tx, {
    cityCode: actor.cityCode,
    matter: matterOf(order),
    step: 'answer',
    from: at,
    days: limits.days(answerLimit(order)),
    officeEnd: limits.officeEnd,
  });
  const again = {
    state: 'handling',
    reopened: 1,
    due_at: dueAt,
    answered_at: null,
    answered_by: null,
    closed_at: null,
  } as const;
  return { change: again, note, detail: { ...detail, dueAt: dueAt.toISOString() }, what: 'reopened' };
}
