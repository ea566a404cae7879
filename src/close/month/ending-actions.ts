import { z } from 'zod';
import { lastRatingBatch } from '../../feedback/rating/index.ts';
import { present } from '../../kernel/assert.ts';
import { dayOf, formatMoment, isoMoment } from '../../kernel/day.ts';
import { deadline } from '../../kernel/deadline.ts';
import { valueOn } from '../../kernel/history.ts';
import type { Subject } from '../../kernel/ids.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { carryOver, openAppeals } from '../../ledger/appeal/index.ts';
import { postMonthIn } from '../../ledger/entry/index.ts';
import { holdPeriod, moveOn, periodsFrom, seal, type Unit, unitsOf } from '../../ledger/period/index.ts';
import { schemeOn, schemesInForce } from '../../ledger/scheme/index.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineFact, emit } from '../../platform/facts.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { requireCity } from './actions.ts';
import type { MonthEnd } from './contract.ts';
import { type EndingRow, findEnding, findUnitEndings, notePublished, noteSealed } from './ending-store.ts';
import { stateOfUnit, unknownUnit } from './unit.ts';
import { writeMonth } from './writing-actions.ts';

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
  'month.units_open': {
    status: 409,
    zh: '{month} 还有考核单位没有结算（{units}）。请先结算，或用 --unit 只办理已结算的单位。',
    en: '{month} has halls that are not closed ({units}). Close them, or name one that is with --unit.',
  },
  'month.newcomers': {
    status: 409,
    zh:
      '{month} 有 {count} 个考核对象在所属大厅封存之后才归入（{codes}），没有公示过，不能封存。' +
      '如须封存，请写明免除公示的理由，理由会印在其结果单上。',
    en:
      '{month} has {count} subjects that came into their hall after it was sealed ({codes}) and had no ' +
      'public notice. Waive it with a reason; it is printed on their statements.',
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

/**
 * A month, or one hall of it, is sealed: its results are final and go to whoever uses them. `whole` says that
 * nothing of the month is left open.
 */
export const monthSealed = defineFact(
  'month.sealed',
  z.object({
    cityCode: z.string(),
    month: z.string(),
    unit: z.string().nullable().default(null),
    whole: z.boolean().default(true),
  }),
);

/** The results are on public notice; `whole` says that it is those of every hall at once. */
export const monthPublished = defineFact(
  'month.published',
  z.object({ cityCode: z.string(), month: z.string(), whole: z.boolean(), until: z.string() }),
);

/**
 * Puts the results of a month, or of one of its halls, on public notice: from now on the subjects can object
 * until the limit `month.public_notice` has run. A repeat changes nothing.
 *
 * @throws Refusal `month.not_over`, `month.not_closed`, `month.units_open`, `month.unit_unknown`,
 * `month.sealed`, `month.unit_sealed`, `access.permission_denied`
 */
export async function publishMonth(
  deps: Deps,
  actor: Actor,
  month: Month,
  unit: string | null = null,
): Promise<MonthEnd> {
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
    await endingOf(tx, cityCode, month);
    if (state === 'sealed') throw new Refusal('month.sealed', { month }, { field: 'month' });
    const asked = await unitsAsked(tx, cityCode, month, unit);
    const units = asked.filter((one) => one.state !== 'objection').map(({ code }) => code);
    if (units.length > 0) {
      await notePublished(tx, cityCode, {
        month: firstDay(month),
        units,
        at: now,
        by: actor.name,
        until: dueAt,
      });
      await moveOn(tx, cityCode, month, { units, state: 'objection', ...change });
      const detail = { until: isoMoment(dueAt), ...(unit === null ? {} : { unit }) };
      await emit(tx, monthPublished, { cityCode, month, whole: unit === null, until: isoMoment(dueAt) });
      await note(tx, actor, 'month.published', { month, at: now, detail });
    }
    return await endIn(tx, cityCode, month, unit);
  });
}

/** The halls that are meant, none of them sealed and each of them closed. */
async function unitsAsked(tx: Tx, cityCode: string, month: Month, unit: string | null): Promise<Unit[]> {
  const units = await unitsOf(tx, cityCode, month);
  const codes = units.map(({ code }) => code);
  if (unit !== null && !codes.includes(unit)) throw unknownUnit(month, unit, codes);
  if (unit !== null && stateOfUnit(units, unit) === 'sealed') {
    throw new Refusal('month.unit_sealed', { month, unit }, { field: 'unit' });
  }
  const asked = units.filter(({ code, state }) => state !== 'sealed' && (unit === null || code === unit));
  const open = asked.filter(({ state }) => state === 'open').map(({ code }) => code);
  if (open.length > 0) {
    const some = open.slice(0, 20).join('、');
    throw new Refusal('month.units_open', { month, units: some }, { field: 'unit' });
  }
  return asked;
}

/**
 * Seals a month, or one of its halls: posts and computes once more under the month's lock, then freezes the
 * statements. From then on what belongs to these subjects counts in the earliest later month that is open for
 * them. With its last hall the month itself is sealed. One transaction: after a crash everything is either
 * sealed or as it was.
 *
 * @param options.carryAppeals why open appeals don't keep the month from being sealed; what they win counts
 * later
 * @param options.unit the only hall
 * @throws Refusal `month.not_published`, `month.notice_running`, `month.waiver_reason`, `month.sealed`,
 * `month.unit_sealed`, `month.units_open`, `month.unit_unknown`, `month.newcomers`, `month.appeals_open`,
 * `month.carry_reason` …
 */
export async function sealMonth(
  deps: Deps,
  actor: Actor,
  month: Month,
  options: Sealing = {},
): Promise<MonthEnd> {
  const { waiveNotice, carryAppeals, unit = null } = options;
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
    await endingOf(tx, cityCode, month);
    const asked = await unitsAsked(tx, cityCode, month, unit);
    await refuseEarly(tx, cityCode, month, { units: asked, now, waived });
    await postMonthIn(tx, cityCode, month, () => now);
    const written = await writeMonth(tx, cityCode, month, { scheme, by: actor.name, now, lastBatch, unit });
    const units = await refuseEarly(tx, cityCode, month, { units: written.units, now, waived });
    const newcomers = newcomersIn(month, written.subjects, { units, waived });
    const subjects = written.rest > 0 ? written.subjects : null;
    await settleAppeals(tx, actor, month, { at: now, reason: carryAppeals?.trim(), subjects });
    await seal(tx, cityCode, month, { units: [...units.keys()], subjects, lastBatch, ...change });
    await noteSealed(tx, cityCode, { month: firstDay(month), units, newcomers, at: now, by: actor.name });
    const detail = unit === null ? {} : { unit };
    const [cutShort = null] = [...units.values(), newcomers].filter((reason) => reason !== null);
    await note(tx, actor, 'month.sealed', { month, at: now, detail, reason: cutShort });
    await emit(tx, monthSealed, { cityCode, month, unit, whole: subjects === null });
    return await endIn(tx, cityCode, month, unit);
  });
}

interface Sealing {
  readonly waiveNotice?: string | undefined;
  readonly carryAppeals?: string | undefined;
  readonly unit?: string | null | undefined;
}

/**
 * Open appeals of those who are sealed, or of anybody with the last of them, keep the month from being
 * sealed, unless they are carried over with a reason.
 */
async function settleAppeals(
  tx: Tx,
  actor: Actor,
  month: Month,
  { at, reason, subjects }: { at: Date; reason: string | undefined; subjects: readonly Subject[] | null },
): Promise<void> {
  const { cityCode } = actor.scope;
  if (reason !== undefined && (reason.length < 4 || reason.length > 500)) {
    throw new Refusal('month.carry_reason', {}, { field: 'carryAppeals' });
  }
  const own = subjects && new Set(subjects.map(({ kind, code }) => `${kind}/${code}`));
  const all = await openAppeals(tx, cityCode, month);
  const open = all.filter(
    ({ carried, subject }) => !carried && (own?.has(`${subject.kind}/${subject.code}`) ?? true),
  );
  if (open.length === 0) return;
  const numbers = open.map(({ number }) => number);
  if (reason === undefined) {
    const some = numbers.slice(0, 5).join('、') + (numbers.length > 5 ? '…' : '');
    throw new Refusal('month.appeals_open', { month, count: open.length, numbers: some });
  }
  await carryOver(tx, cityCode, { month, numbers, at, by: actor.name, reason });
  await note(tx, actor, 'month.appeals_carried', { month, at, detail: { appeals: numbers }, reason });
}

/** The halls, each with the reason with which its notice is cut short; null where that has run its time. */
async function refuseEarly(
  tx: Tx,
  cityCode: string,
  month: Month,
  { units, now, waived }: { units: readonly Unit[]; now: Date; waived: string | undefined },
): Promise<Map<string, string | null>> {
  const endings = await findUnitEndings(tx, cityCode, firstDay(month));
  const untils = units.map(({ code }) => endings.find((one) => one.unit_code === code)?.notice_until ?? null);
  if (waived === undefined) {
    if (untils.includes(null)) throw new Refusal('month.not_published', { month }, { field: 'month' });
    const running = untils.flatMap((until) => (until !== null && now <= until ? [until] : []));
    const last = running.sort((one, other) => other.getTime() - one.getTime())[0];
    if (last !== undefined) {
      throw new Refusal('month.notice_running', { month, until: formatMoment(last) }, { field: 'month' });
    }
  }
  return new Map(
    units.map(({ code }, at) => {
      const until = untils[at] ?? null;
      return [code, until !== null && now > until ? null : (waived ?? null)];
    }),
  );
}

/** Why those are sealed without a notice who came into a hall after its own; null where there are none. */
function newcomersIn(
  month: Month,
  subjects: readonly (Subject & { readonly unit: string })[],
  { units, waived }: { units: ReadonlyMap<string, string | null>; waived: string | undefined },
): string | null {
  const found = subjects.filter(({ unit }) => !units.has(unit)).map(({ code }) => code);
  if (found.length === 0) return null;
  if (waived !== undefined) return waived;
  const codes = found.slice(0, 5).join('、') + (found.length > 5 ? '…' : '');
  throw new Refusal('month.newcomers', { month, count: found.length, codes }, { field: 'waiveNotice' });
}

function refuseRunning(month: Month, now: Date): void {
  if (month >= monthOf(dayOf(now))) throw new Refusal('month.not_over', { month }, { field: 'month' });
}

async function endingOf(tx: Tx, cityCode: string, month: Month): Promise<EndingRow> {
  const found = await findEnding(tx, cityCode, firstDay(month));
  if (found === undefined) throw new Refusal('month.not_closed', { month });
  return found;
}

/** How far the month's end has come, or that of one of its halls. */
async function endIn(tx: Tx, cityCode: string, month: Month, unit: string | null): Promise<MonthEnd> {
  const period = (await periodsFrom(tx, cityCode, month)).find((one) => one.month === month);
  const ending =
    unit === null
      ? await endingOf(tx, cityCode, month)
      : present(
          (await findUnitEndings(tx, cityCode, firstDay(month))).find((one) => one.unit_code === unit),
          'a hall that was closed',
        );
  const text = (at: Date | null): string | null => at && isoMoment(at);
  return {
    month,
    unit,
    state: unit === null ? (period?.state ?? 'open') : stateOfUnit(await unitsOf(tx, cityCode, month), unit),
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
