import { No, send } from './server.ts';
import type { Entry, Store } from './store.ts';

/** What keeps the queue from going on. */
export type Stop = 'away' | 'signed-out' | null;

/**
 * Sends what waits, in order, until nothing does or something stops it. Entries of another account stay:
 * they are sent when it is signed in again. An entry leaves the queue once the server has answered, so a
 * lost answer sends the same once more.
 */
export async function flush(store: Store, by: string): Promise<Stop> {
  for (const entry of (await store.all()).filter((one) => one.by === by)) {
    const stop = await sendOne(store, entry);
    if (stop !== null) return stop;
  }
  return null;
}

async function sendOne(store: Store, entry: Entry): Promise<Stop> {
  try {
    await send(entry);
    await store.settle(entry, null);
    return null;
  } catch (error) {
    if (!(error instanceof No)) return 'away';
    if (error.status === 401) return 'signed-out';
    await store.settle(entry, error.message);
    return null;
  }
}
