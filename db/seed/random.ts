/** A stream of chance that a seed repeats exactly; forks are independent of how far their parent has run. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** low ≤ n ≤ high, whole */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** one of the list, by the weights beside it (not negative, not all 0) */
  weighted<T>(from: readonly T[], weights: readonly number[]): T;
  shuffled<T>(from: readonly T[]): T[];
  digits(count: number): string;
  fork(label: string): Random;
}

/** mulberry32 over a 32-bit seed. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(from: readonly T[]): T => at(from, between(0, from.length - 1));
  return {
    next,
    between,
    pick,
    chance: (probability) => next() < probability,
    weighted: (from, weights) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const found = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return at(from, found === -1 ? from.length - 1 : found);
    },
    shuffled: (from) => {
      const list = [...from];
      for (let last = list.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        const held = at(list, last);
        list[last] = at(list, other);
        list[other] = held;
      }
      return list;
    },
    digits: (count) => Array.from({ length: count }, () => between(0, 9)).join(''),
    fork: (label) => random(seed ^ hash(label)),
  };
}

/** The element that must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return found;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const unit of text) value = Math.imul(value ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
