/** The clock of browsers. What it says may be wrong by a year: the server's time counts. */
export function now(): Date {
  return new Date();
}

/** Milliseconds on a clock that only runs forward. */
export function steadyMs(): number {
  return performance.now();
}
