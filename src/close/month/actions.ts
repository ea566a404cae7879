import { present } from '../../kernel/assert.ts';
import { day, dayOf, isoMoment } from '../../kernel/day.ts';
import { firstDay, type Month, monthOf, monthsBetween } from '../../kernel/month.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { postMonth } from '../../ledger/entry/index.ts';
import { holdPeriod, moveOn, periodsFrom, unitsOf } from '../../ledger/period/index.ts';
import { schemeOn, schemesInForce } from '../../ledger/scheme/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, refreshStatistics, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type ClosingRow, findClosings } from './closing-store.ts';
import type { ClosedMonth, MonthRow } from './contract.ts';
import { findFirstMonth } from './store.ts';
import { stateOfUnit } from './unit.ts';
import { writeMonth } from './writing-actions.ts';

defineRefusals({
  'month.in_future': {
    status: 422,
    zh: '{month} 还没有开始，不能结算。请在该月开始之后再结算。',
    en: '{month} has not begun, so it cannot be closed. Close it once it has begun.',
  },
  'month.sealed': {
    status: 409,
    zh: '{month} 已经封存，结果不再改变。如有错误，请通过申诉或以后月份的更正处理。',
    en: '{month} is sealed and its results no longer change. Correct errors by appeal or in a later month.',
  },
  'month.unit_sealed': {
    status: 409,
    zh: '{month} 中 {unit} 已经封存，结果不再改变。如有错误，请通过申诉或以后月份的更正处理。',
    en: '{month} is sealed for {unit} and its results no longer change. Correct errors by appeal or later.',
  },
  'month.whole_city': {
    status: 403,
    zh: '月结、公示和封存涉及全市，您的数据范围只是其中一部分，没有执行。请由全市范围的考核办办理。',
    en:
      'Closing, publishing and sealing concern the whole city, and your data scope is a part of it. ' +
      'Have it done by the assessment office of the city.',
  },
});

/**
 * Lets pass who may end a month: nobody whose data scope is a part of the city, since it ends for all of it.
 * @throws Refusal `access.permission_denied`, `month.whole_city`
 */
export function requireCity(actor: Actor): void {
  requirePermission(actor, 'month.close');
  const { regionPrefix, departmentCode } = actor.scope;
  if (regionPrefix !== undefined || departmentCode !== undefined) throw new Refusal('month.whole_city');
}

/**
 * Closes a month of a city, or of one of its halls: posts whatever entries are missing, counts ratings,
 * scores every subject and replaces the statements. May be repeated until the sealing; a repeat adds nothing
 * to the book. Halls that are sealed already keep what they have.
 *
 * @throws Refusal `month.in_future`, `month.sealed`, `month.unit_sealed`, `month.unit_unknown`,
 * `scheme.none_in_force`, `access.permission_denied`, `month.whole_city`
 */
export async function closeMonth(
  deps: Deps,
  actor: Actor,
  month: Month,
  unit: string | null = null,
): Promise<ClosedMonth> {
  requireCity(actor);
  const { cityCode } = actor.scope;
  const began = deps.clock.now();
  if (month > monthOf(dayOf(began))) throw new Refusal('month.in_future', { month }, { field: 'month' });
  schemeOn(await schemesInForce(deps.db.app, cityCode), firstDay(month));
  const change = { by: actor.name, now: began };
  await inTx(deps.db, (tx) => refuseSealed(tx, cityCode, month, { ...change, unit }));
  await refreshStatistics(deps.db.app);
  const entries_posted = await postMonth(deps, cityCode, month);
  const closing = await inTx(deps.db, async (tx) => {
    await refuseSealed(tx, cityCode, month, { ...change, unit });
    // Read behind the gate: a scheme that starts in the month can't slip in between.
    const scheme = schemeOn(await schemesInForce(tx, cityCode), firstDay(month));
    const { closing: made, units } = await writeMonth(tx, cityCode, month, {
      scheme,
      by: actor.name,
      // What was posted before it has an earlier instant, so that a proof can tell what came later.
      now: deps.clock.now(),
      unit,
    });
    const opened = units.filter(({ state }) => state === 'open').map(({ code }) => code);
    const whole = await moveOn(tx, cityCode, month, { units: opened, state: 'provisional', ...change });
    await audit(tx, {
      actor,
      action: 'month.closed',
      subjectKind: 'month',
      subjectId: month,
      detail: {
        ...{ staff: made.staff, windows: made.windows, departments: made.departments, entries_posted },
        ...(unit === null ? {} : { unit }),
      },
      cityCode,
      at: began,
    });
    const now = unit === null ? [] : await unitsOf(tx, cityCode, month);
    return { ...made, state: unit === null ? whole : stateOfUnit(now, unit) };
  });
  const { now, by, schemeHash, ...counted } = closing;
  const took_ms = deps.clock.now().getTime() - began.getTime();
  const noted = { closed_at: isoMoment(now), closed_by: by, scheme_hash: schemeHash };
  return { ...counted, ...noted, month, unit, entries_posted, took_ms };
}

type Change = Parameters<typeof holdPeriod>[3];

async function refuseSealed(
  tx: Tx,
  cityCode: string,
  month: Month,
  { unit, ...change }: Change & { readonly unit: string | null },
): Promise<void> {
  const { state } = await holdPeriod(tx, cityCode, month, change);
  if (state === 'sealed') throw new Refusal('month.sealed', { month }, { field: 'month' });
  if (unit === null || stateOfUnit(await unitsOf(tx, cityCode, month), unit) !== 'sealed') return;
  throw new Refusal('month.unit_sealed', { month, unit }, { field: 'unit' });
}

/** The months from the first service record to the present one, newest first, each with its last close. */
export async function listMonths(deps: Deps, actor: Actor): Promise<{ items: MonthRow[] }> {
  const { cityCode } = actor.scope;
  const reader = deps.db.read;
  const closings = new Map(
    (await findClosings(reader, cityCode)).map((row) => [monthOf(day(row.month)), row] as const),
  );
  const running = monthOf(dayOf(deps.clock.now()));
  const first = await findFirstMonth(reader, cityCode);
  const firsts = [running, ...closings.keys(), ...(first === null ? [] : [monthOf(day(first))])].sort();
  const earliest = present(firsts[0], 'the present month');
  const states = new Map(
    (await periodsFrom(reader, cityCode, earliest)).map(({ month, state }) => [month, state] as const),
  );
  const months = monthsBetween(earliest, running).reverse();
  return { items: months.map((month) => rowOf(month, states.get(month) ?? 'open', closings.get(month))) };
}

function rowOf(month: Month, state: MonthRow['state'], closing: ClosingRow | undefined): MonthRow {
  const nothing = { staff: 0, windows: 0, departments: 0, ratable: 0, rated: 0, good: 0, bad: 0, pending: 0 };
  if (closing === undefined) {
    return { month, state, closed_at: null, closed_by: null, scheme_hash: null, ...nothing };
  }
  const { month: _month, state: _state, closed_at, ...counted } = closing;
  return { month, state, closed_at: closed_at === null ? null : isoMoment(closed_at), ...counted };
}
