import { dayOf, formatTime } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { admit, release } from './lockout.ts';
import { signInRules } from './rule-actions.ts';
import { deleteGuard, holdGuard, updateGuard } from './session-store.ts';

/** The mark under which attempts on a name are counted; nobody can read the name from it. */
export function nameHash(deps: Pick<Deps, 'keys'>, username: string): Buffer {
  return deps.keys.hash('sign-in-name', username.normalize('NFKC').toLowerCase());
}

/**
 * Counts an attempt on the name before it is judged, in a transaction of its own. Names are counted alike
 * whether an account exists or not, and an address is never counted: a whole hall sits behind one.
 * @throws Refusal `access.locked` that only says when to try again.
 */
export async function takeAttempt(deps: Deps, username: string): Promise<void> {
  const now = deps.clock.now();
  const hash = nameHash(deps, username);
  const admission = await inTx(deps.db, async (tx) => {
    const found = admit(await holdGuard(tx, hash, now), now, signInRules(dayOf(now)));
    if (found.kind === 'admitted') await updateGuard(tx, hash, found.guard, now);
    return found;
  });
  if (admission.kind === 'locked') throw new Refusal('access.locked', { time: formatTime(admission.until) });
}

/** The attempt was right, but the second factor is still to come: its count goes, earlier failures stay. */
export async function giveBackAttempt(deps: Deps, tx: Tx, username: string): Promise<void> {
  const hash = nameHash(deps, username);
  const now = deps.clock.now();
  await updateGuard(tx, hash, release(await holdGuard(tx, hash, now)), now);
}

/** The person is who they say: earlier failures are forgotten. */
export async function clearAttempts(deps: Pick<Deps, 'keys'>, tx: Tx, username: string): Promise<void> {
  await deleteGuard(tx, nameHash(deps, username));
}
