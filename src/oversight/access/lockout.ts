export interface LockoutRules {
  readonly lockoutFailures: number;
  readonly lockoutMinutes: number;
}

/** What is known about the attempts on one name. */
export interface Guard {
  readonly failedCount: number;
  readonly lockedUntil: Date | null;
}

export type Admission = { kind: 'locked'; until: Date } | { kind: 'admitted'; guard: Guard };

/**
 * Admits an attempt and counts it as failed before it is judged, so that many attempts at the same instant
 * can't outrun the count. The last one that is allowed locks the name; a success takes the lock away again.
 */
export function admit(guard: Guard, now: Date, rules: LockoutRules): Admission {
  if (guard.lockedUntil !== null && guard.lockedUntil > now)
    return { kind: 'locked', until: guard.lockedUntil };
  const failedCount = guard.lockedUntil === null ? guard.failedCount + 1 : 1;
  const lockedUntil =
    failedCount >= rules.lockoutFailures ? new Date(now.getTime() + rules.lockoutMinutes * 60_000) : null;
  return { kind: 'admitted', guard: { failedCount, lockedUntil } };
}

/**
 * Takes back one admitted attempt that proved right but isn't yet a sign-in: its second factor is still to
 * come.
 */
export function release(guard: Guard): Guard {
  return { failedCount: Math.max(guard.failedCount - 1, 0), lockedUntil: null };
}
