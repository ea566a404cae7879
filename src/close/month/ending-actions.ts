import { z } from 'zod';
import { lastRatingBatch } from '../../feedback/rating/index.ts';
import { dayOf, formatMoment, isoMoment } from '../../kernel/day.ts';
import { deadline } from '../../kernel/deadline.ts';
import { valueOn } from '../../kernel/history.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { carryOver, openAppeals } from '../../ledger/appeal/index.ts';
import { postMonthIn } from '../../ledger/entry/index.ts';
import { holdPeriod, moveOn, sealPeriod } from '../../ledger/period/index.ts';
import { schemeOn, schemesInForce } from '../../ledger/scheme/index.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineFact, emit } from '../../platform/facts.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { requireCity, writeMonth } from './actions.ts';
import type { MonthEnd } from './contract.ts';
import { type EndingRow, findEnding, notePublished, noteSealed } from './ending-store.ts';

defineRefusals({
  'month.not_over': {
    status: 422,
    zh: '{month} 还没有结束，不能公示或封存。请在月底之后办理。',
    en: '{month} is not over, so it can be neither published nor sealed. Do it after its last day.',
  },
  'month.not_published': {
    status: 409,
    zh: '{month} 还没有公示，不能封存。请先公示；确需免除公示的，请写明理由。',
    en: '{month} has had no public notice, so it cannot be sealed. Publish it, or waive it with a reason.',
  },
  'month.notice_running': {
    status: 409,
    zh: '{month} 的公示和异议期到 {until} 为止，现在不能封存。请到期后再封存；确需提前的，请写明理由。',
    en: 'Objections to {month} are open until {until}. Seal it after that, or waive the rest with a reason.',
  },
  'month.appeals_open': {
    status: 409,
    zh: '{month} 还有 {count} 件申诉没有办结（{numbers}），不能封存。请先办结；确需结转的，请写明理由。',
    en:
      '{month} has {count} open appeals ({numbers}), so it cannot be sealed. Conclude them, or carry them ' +
      'over with a reason.',
  },
  'month.carry_reason': {
    status: 422,
    zh: '结转未办结的申诉须写明理由（4 至 500 字）。',
    en: 'Carrying open appeals over needs a reason of 4 to 500 characters.',
  },
  'month.waiver_reason': {
    status: 422,
    zh: '免除公示须写明理由（4 至 500 字），理由会印在每一份结果单上。',
    en: 'Waiving the notice needs a reason of 4 to 500 characters; it is printed on every statement.',
  },
});

/** A month is sealed: its results are final and go to whoever uses them. */
export const monthSealed = defineFact('month.sealed', z.object({ cityCode: z.string(), month: z.string() }));

/**
 * Puts the month's results on public notice: from now on its subjects can object until the limit
 * `month.public_notice` has run. A repeat changes nothing.
 *
 * @throws Refusal `month.not_over`, `month.not_closed`, `month.sealed`, `access.permission_denied`
 */
export async function publishMonth(deps: Deps, actor: Actor, month: Month): Promise<MonthEnd> {
  requireCity(actor);
  const { cityCode } = actor.scope;
  const now = deps.clock.now();
  refuseRunning(month, now);
  const { scheme } = schemeOn(await schemesInForce(deps.db.app, cityCode), firstDay(month));
  const calendar = await readCalendar(deps.db.app);
  const today = dayOf(now);
  const days = valueOn(scheme.limits['month.public_notice'].values, today).value.amount;
  const { dueAt } = deadline(now, days, valueOn(scheme.officeEnd, today).value.time, calendar);
  return await inTx(deps.db, async (tx) => {
    const change = { by: actor.name, now };
    const { state } = await holdPeriod(tx, cityCode, month, change);
    const before = await endingOf(tx, cityCode, month);
    if (state === 'sealed') throw new Refusal('month.sealed', { month }, { field: 'month' });
    if (state !== 'objection') {
      const notice = { month: firstDay(month), at: now, by: actor.name, until: dueAt };
      await notePublished(tx, cityCode, notice);
      await moveOn(tx, cityCode, month, 'objection', change);
      await note(tx, actor, 'month.published', { month, at: now, detail: { until: isoMoment(dueAt) } });
    }
    const ending = state === 'objection' ? before : await endingOf(tx, cityCode, month);
    return endOf(month, 'objection', ending);
  });
}

/**
 * Seals the month: posts and computes once more under the month's lock, then freezes its statements. From
 * then on what belongs to the month counts in the earliest later month that is open. One transaction: after
 * a crash the month is either sealed or as it was.
 *
 * @param options.carryAppeals why open appeals don't keep the month from being sealed; what they win counts
 * later
 * @throws Refusal `month.not_published`, `month.notice_running`, `month.waiver_reason`, `month.sealed`,
 * `month.appeals_open`, `month.carry_reason` …
 */
export async function sealMonth(
  deps: Deps,
  actor: Actor,
  month: Month,
  { waiveNotice, carryAppeals }: { waiveNotice?: string | undefined; carryAppeals?: string | undefined } = {},
): Promise<MonthEnd> {
  requireCity(actor);
  const { cityCode } = actor.scope;
  const now = deps.clock.now();
  refuseRunning(month, now);
  const waived = waiveNotice?.trim();
  if (waived !== undefined && (waived.length < 4 || waived.length > 500)) {
    throw new Refusal('month.waiver_reason', {}, { field: 'waiveNotice' });
  }
  const scheme = schemeOn(await schemesInForce(deps.db.app, cityCode), firstDay(month));
  const lastBatch = await lastRatingBatch(deps, cityCode);
  return await inTx(deps.db, async (tx) => {
    const change = { by: actor.name, now };
    const { state } = await holdPeriod(tx, cityCode, month, change);
    if (state === 'sealed') throw new Refusal('month.sealed', { month }, { field: 'month' });
    const ending = await endingOf(tx, cityCode, month);
    const cutShort = refuseEarly(month, ending, now, waived);
    await settleAppeals(tx, actor, month, { at: now, reason: carryAppeals?.trim() });
    await postMonthIn(tx, cityCode, month, now);
    await writeMonth(tx, cityCode, month, { scheme, by: actor.name, now, lastBatch });
    await sealPeriod(tx, cityCode, month, { ...change, lastBatch });
    const seal = { month: firstDay(month), at: now, by: actor.name, waivedReason: cutShort };
    await noteSealed(tx, cityCode, seal);
    await note(tx, actor, 'month.sealed', { month, at: now, detail: {}, reason: cutShort });
    await emit(tx, monthSealed, { cityCode, month });
    return endOf(month, 'sealed', await endingOf(tx, cityCode, month));
  });
}

/** Open appeals keep the month from being sealed, unless they are carried over with a reason. */
async function settleAppeals(
  tx: Tx,
  actor: Actor,
  month: Month,
  { at, reason }: { at: Date; reason: string | undefined },
): Promise<void> {
  const { cityCode } = actor.scope;
  if (reason !== undefined && (reason.length < 4 || reason.length > 500)) {
    throw new Refusal('month.carry_reason', {}, { field: 'carryAppeals' });
  }
  const open = await openAppeals(tx, cityCode, month);
  if (open.length === 0) return;
  const numbers = open.map(({ number }) => number);
  if (reason === undefined) {
    const some = numbers.slice(0, 5).join('、') + (numbers.length > 5 ? '…' : '');
    throw new Refusal('month.appeals_open', { month, count: open.length, numbers: some });
  }
  await carryOver(tx, cityCode, { month, at, by: actor.name, reason });
  await note(tx, actor, 'month.appeals_carried', { month, at, detail: { appeals: numbers }, reason });
}

/** Answers the reason with which the notice is cut short; null when it has run its time. */
function refuseEarly(month: Month, ending: EndingRow, now: Date, waived: string | undefined): string | null {
  const { notice_until: until } = ending;
  if (until !== null && now > until) return null;
  if (waived !== undefined) return waived;
  if (until === null) throw new Refusal('month.not_published', { month }, { field: 'month' });
  throw new Refusal('month.notice_running', { month, until: formatMoment(until) }, { field: 'month' });
}

function refuseRunning(month: Month, now: Date): void {
  if (month >= monthOf(dayOf(now))) throw new Refusal('month.not_over', { month }, { field: 'month' });
}

async function endingOf(tx: Tx, cityCode: string, month: Month): Promise<EndingRow> {
  const found = await findEnding(tx, cityCode, firstDay(month));
  if (found === undefined) throw new Refusal('month.not_closed', { month });
  return found;
}

function endOf(month: Month, state: 'objection' | 'sealed', ending: EndingRow): MonthEnd {
  const text = (at: Date | null): string | null => at && isoMoment(at);
  return {
    month,
    state,
    published_at: text(ending.published_at),
    notice_until: text(ending.notice_until),
    sealed_at: text(ending.sealed_at),
    waived_reason: ending.waived_reason,
  };
}

async function note(
  tx: Tx,
  actor: Actor,
  action: string,
  { month, at, detail, reason }: { month: Month; at: Date; detail: object; reason?: string | null },
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'month',
    subjectId: month,
    detail: { ...detail },
    ...(reason ? { reason } : {}),
    cityCode: actor.scope.cityCode,
    at,
  });
}
