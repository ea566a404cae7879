import { type Day, day, endOfDay, startOfDay } from '../../kernel/day.ts';
import { rate } from '../../kernel/rate.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type Scope } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import type { RateLine, RatesQuery } from './rate-contract.ts';
import { countRates, type RateCount } from './rate-store.ts';

const NONE: RateCount = { code: '', valid: 0, answered: 0, called: 0, reached: 0, satisfied: 0 };

/**
 * How bad ratings of some days were answered, each rate with its numbers; the whole has a line also where
 * nothing was bad.
 * @throws Refusal `rating.range_reversed`
 */
export async function ratesFor(deps: Deps, actor: Actor, query: RatesQuery): Promise<RateLine[]> {
  requirePermission(actor, 'order.read');
  const { from, to, by } = query;
  if (to < from) throw new Refusal('rating.range_reversed', {}, { field: 'to' });
  const span = { from: startOfDay(day(from)), to: endOfDay(day(to)), by };
  const rows = await countRates(deps.db.read, actor.scope, span);
  const codes = rows.flatMap(({ code }) => (code === '' ? [] : [code]));
  const named = by === 'window' ? windowsByCode : departmentsByCode;
  const names = by === 'city' ? new Map() : await named(deps.db.read, actor.cityCode, codes);
  const counted = by === 'city' && rows.length === 0 ? [NONE] : rows;
  return counted.map(({ code, valid, answered, called, reached, satisfied }) => ({
    by,
    code: by === 'city' ? actor.cityCode : code,
    name: names.get(code)?.name ?? '',
    answered_rate: rate(answered, valid),
    called_back_rate: rate(called, valid),
    satisfaction_rate: rate(satisfied, reached),
  }));
}

/** The same of a whole city by department, without names, for what is published. */
export async function handledByDepartment(
  reader: Reader,
  cityCode: string,
  { from, to }: { from: Day; to: Day },
): Promise<RateCount[]> {
  const span = { from: startOfDay(from), to: endOfDay(to), by: 'department' as const };
  return await countRates(reader, { cityCode }, span);
}

/** The counts of a scope as a whole. */
export async function badRatingsHandled(
  reader: Reader,
  scope: Scope,
  { from, to }: { from: Day; to: Day },
): Promise<RateCount> {
  const span = { from: startOfDay(from), to: endOfDay(to), by: 'city' as const };
  return (await countRates(reader, scope, span))[0] ?? NONE;
}
