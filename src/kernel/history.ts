import { assert } from './assert.ts';
import type { Day } from './day.ts';
import { defineRefusals, Refusal } from './refusal.ts';

defineRefusals({
  'history.no_value_yet': {
    status: 422,
    zh: '{day} 还没有适用的规则，最早的一条自 {first} 起施行。请在规则文件中补上更早的数值，或核对日期。',
    en: 'No rule applies on {day} yet: the first starts on {first}. Add an earlier value or check the date.',
  },
});

/** A value that starts to count on a day and counts until the next one starts. */
export interface Dated<T> {
  readonly from: Day;
  readonly value: T;
}

/** Values in the order of their days, at least one, no day twice. */
export type History<T> = readonly [Dated<T>, ...Dated<T>[]];

/**
 * Sorts dated values into a history.
 *
 * @throws Fault when there is no value or two of them share a day; a loader checks this
 *   before, with file and line
 */
export function historyOf<T>(values: readonly Dated<T>[]): History<T> {
  const [first, ...rest] = [...values].sort((one, other) => (one.from < other.from ? -1 : 1));
  assert(first !== undefined, 'a history has a value');
  let before = first.from;
  for (const { from } of rest) {
    assert(from !== before, `a history has one value a day, ${from} has two`);
    before = from;
  }
  return [first, ...rest];
}

/** The newest value whose day is not after the given one, with its day; undefined before the first. */
export function findOn<T>(history: History<T>, on: Day): Dated<T> | undefined {
  return history.findLast(({ from }) => from <= on);
}

/**
 * The newest value whose day is not after the given one, with its day.
 *
 * @throws Refusal `history.no_value_yet` before the first
 */
export function valueOn<T>(history: History<T>, on: Day): Dated<T> {
  const found = findOn(history, on);
  if (found === undefined) throw new Refusal('history.no_value_yet', { day: on, first: history[0].from });
  return found;
}
