import type { Day } from '../../kernel/day.ts';
import { findOn, type History } from '../../kernel/history.ts';
import type { Scheme } from './scheme.ts';

/**
 * The scheme as if what holds on the day had held ever since another day: to be tried on months that lie
 * before it. Values that start later keep their days.
 */
export function heldSince(scheme: Scheme, on: Day, since: Day): Scheme {
  return held(scheme, on, since) as Scheme;
}

function held(value: unknown, on: Day, since: Day): unknown {
  if (isHistory(value)) {
    const present = findOn(value, on) ?? value[0];
    return [{ ...present, from: since }, ...value.filter(({ from }) => from > on && from > present.from)];
  }
  if (Array.isArray(value)) return value.map((one) => held(one, on, since));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, held(one, on, since)]));
}

function isHistory(value: unknown): value is History<unknown> {
  if (!Array.isArray(value)) return false;
  const first: unknown = value[0];
  return typeof first === 'object' && first !== null && 'from' in first && 'value' in first;
}
