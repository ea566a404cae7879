/**
 * The only place that reads the machine's clock (rule R11). Everything else is handed a `Clock`, so that a
 * test can stand on any working day of any year.
 */
export interface Clock {
  /** The present instant, by the server. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; for tests and for rehearsals of a past month. */
export function steppingClock(start: Date): Clock & { set(at: Date): void; advance(ms: number): void } {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    set: (to) => {
      at = to.getTime();
    },
    advance: (ms) => {
      at += ms;
    },
  };
}

/** Milliseconds from an arbitrary start that never runs backwards: for durations in logs and metrics only. */
export function monotonicMs(): number {
  return performance.now();
}
