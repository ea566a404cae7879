import { assert } from '../../kernel/assert.ts';
import { addDays, type Day, dayOf, daysBetween, isoMoment, startOfDay, timeOn } from '../../kernel/day.ts';
import { deadline } from '../../kernel/deadline.ts';
import { valueOn } from '../../kernel/history.ts';
import { firstDay, lastDay, type Month, monthOf, nextMonth } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { unitsOf } from '../../ledger/period/index.ts';
import { type Scheme, schemeOn, schemesInForce } from '../../ledger/scheme/index.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { readCalendar, type WorkCalendar } from '../../registry/calendar/index.ts';
import { regionNames } from '../../registry/region/index.ts';
import { listMonths, requireCity } from './actions.ts';
import { type DESK_STEPS, type Desk, MISSING } from './desk-contract.ts';
import { countMissing } from './desk-store.ts';
import { type EndingRow, findEnding, findUnitEndings, hasNewcomers } from './ending-store.ts';
import { unknownUnit } from './unit.ts';

/**
 * The month desk: how far a month's end has come, who did what, until when the next step is due by the
 * scheme's limits, and what is still missing; of all the city, or of one of its halls.
 *
 * @throws Refusal `month.in_future`, `month.unit_unknown`, `access.permission_denied`, `month.whole_city`
 */
export async function deskOf(
  deps: Deps,
  actor: Actor,
  month: Month,
  unit: string | null = null,
): Promise<Desk> {
  requireCity(actor);
  const { cityCode } = actor.scope;
  const now = deps.clock.now();
  const whole = (await listMonths(deps, actor)).items.find((one) => one.month === month);
  if (whole === undefined) throw new Refusal('month.in_future', { month }, { field: 'month' });
  const reader = deps.db.app;
  const units = await deskUnits(deps, cityCode, month);
  const own = unit === null ? undefined : units.find(({ code }) => code === unit);
  if (unit !== null && own === undefined) {
    throw unknownUnit(
      month,
      unit,
      units.map(({ code }) => code),
    );
  }
  const { scheme } = schemeOn(await schemesInForce(reader, cityCode), firstDay(month));
  const endings = await findUnitEndings(reader, cityCode, firstDay(month));
  const ending =
    unit === null
      ? await findEnding(reader, cityCode, firstDay(month))
      : endings.find((one) => one.unit_code === unit);
  const row = own === undefined ? whole : { ...whole, ...rowOfUnit(own, ending) };
  const calendar = await readCalendar(reader);
  const span = { first: firstDay(month), last: lastDay(month), unit };
  const missing = await countMissing(reader, cityCode, span);
  assert(missing !== undefined, 'one row of counts');
  const limits = limitsOf(scheme, month, ending, calendar);
  const unnoticed = unit === null && (await hasNewcomers(reader, cityCode, firstDay(month)));
  return {
    month: row,
    unit,
    units,
    running: month >= monthOf(dayOf(now)),
    steps: stepsOf(row.state, limits, { month, ending, now }),
    missing: MISSING.map((kind) => ({ kind, count: missing[kind], holds: kind === 'open_appeals' })),
    waived_reason: ending?.waived_reason ?? null,
    needs_waiver: unnoticed || ending?.notice_until == null || now <= ending.notice_until,
    days: daysFrom(firstDay(nextMonth(month)), dayOf(limits.notice.until), calendar),
  };
}

/** The month's halls with their names and how far each has come. */
async function deskUnits(deps: Deps, cityCode: string, month: Month): Promise<Desk['units']> {
  const units = await unitsOf(deps.db.app, cityCode, month);
  const endings = await findUnitEndings(deps.db.app, cityCode, firstDay(month));
  const codes = units.map(({ code }) => code);
  const names = await regionNames(deps.db.app, codes);
  return units.map(({ code, state }) => {
    const ending = endings.find((one) => one.unit_code === code);
    const text = (at: Date | null | undefined) => (at ? isoMoment(at) : null);
    return {
      code,
      name: names.get(code) ?? code,
      state,
      staff: ending?.staff ?? 0,
      windows: ending?.windows ?? 0,
      departments: ending?.departments ?? 0,
      closed_at: text(ending?.closed_at),
      notice_until: text(ending?.notice_until),
      sealed_at: text(ending?.sealed_at),
    };
  });
}

function rowOfUnit(
  { state, staff, windows, departments, closed_at }: Desk['units'][number],
  ending: EndingRow | undefined,
): Partial<Desk['month']> {
  return { state, staff, windows, departments, closed_at, closed_by: ending?.closed_by ?? null };
}

type Step = (typeof DESK_STEPS)[number];

interface Limit {
  readonly until: Date;
  readonly source: string;
}

/** Until when data are collected and checked, and until when objections are heard: expected or fixed. */
function limitsOf(
  scheme: Scheme,
  month: Month,
  ending: EndingRow | undefined,
  calendar: WorkCalendar,
): Record<'collect' | 'check' | 'notice', Limit> {
  const following = firstDay(nextMonth(month));
  const officeEnd = valueOn(scheme.officeEnd, following).value.time;
  const ofMonth = (name: 'month.collect_until' | 'month.check_until'): Limit => {
    const { amount, source } = valueOn(scheme.limits[name].values, following).value;
    return { until: timeOn(addDays(following, amount - 1), officeEnd), source };
  };
  const check = ofMonth('month.check_until');
  const { amount, source } = valueOn(scheme.limits['month.public_notice'].values, following).value;
  const expected = deadline(check.until, amount, officeEnd, calendar).dueAt;
  return {
    collect: ofMonth('month.collect_until'),
    check,
    notice: { until: ending?.notice_until ?? expected, source },
  };
}

function stepsOf(
  state: Desk['month']['state'],
  limits: Record<'collect' | 'check' | 'notice', Limit>,
  { month, ending, now }: { month: Month; ending: EndingRow | undefined; now: Date },
): Desk['steps'] {
  const over = month < monthOf(dayOf(now));
  const published = state === 'objection' || state === 'sealed';
  const step = (
    name: Step,
    current: boolean,
    done: { at: Date | null | undefined | false; by: string | null | undefined } | boolean,
    limit?: Limit,
  ): Desk['steps'][number] => {
    const { at, by } = typeof done === 'boolean' ? { at: null, by: null } : done;
    const isDone = done === true || Boolean(at);
    return {
      step: name,
      state: isDone ? 'done' : current ? 'current' : 'later',
      done_at: at ? isoMoment(at) : null,
      done_by: (at && by) || null,
      until: limit ? isoMoment(limit.until) : null,
      late: !isDone && limit !== undefined && now > limit.until,
      source: limit?.source ?? null,
    };
  };
  const { collect, check, notice } = limits;
  const collected = published || now > collect.until;
  const checked = published || now > check.until;
  // A close within the month only shows where it stands; the one that counts comes after its end.
  const closed = ending && ending.closed_at >= startOfDay(firstDay(nextMonth(month)));
  const sealed = state === 'sealed';
  return [
    step('collect', over && !collected, collected, collect),
    step('check', over && collected && !checked, checked, check),
    step('close', over && checked && !closed, { at: closed && ending.closed_at, by: ending?.closed_by }),
    step(
      'notice',
      over && Boolean(closed) && !published,
      ending?.published_at ? { at: ending.published_at, by: ending.published_by } : sealed,
      notice,
    ),
    step('seal', state === 'objection', { at: ending?.sealed_at, by: ending?.sealed_by }),
  ];
}

function daysFrom(first: Day, last: Day, calendar: WorkCalendar): Desk['days'] {
  const count = Math.max(daysBetween(first, last), 0) + 1;
  return Array.from({ length: count }, (_, at) => {
    const each = addDays(first, at);
    return { day: each, work: calendar.isWorkday(each) };
  });
}
