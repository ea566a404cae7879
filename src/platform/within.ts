import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for the work, no longer than so many milliseconds; answers whether it ended. It goes on anyway. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController();
  const late = sleep(ms, false, { signal: waiting.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    waiting.abort();
  }
}
