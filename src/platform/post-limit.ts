import { Refusal } from '../kernel/refusal.ts';

const SLOTS = 1 << 20;
const MINUTE_MS = 60_000;

/**
 * Counts posts by token or device within a minute, or another span, in a fixed amount of memory: a table of
 * small counters, addressed by what is random in the token (its keyed code) or in the device's mark. Two of
 * them share a counter once in a million, and a rating then still gets through a span later.
 */
export interface PostLimit {
  /** Counts one post; false when the span's allowance is used up. */
  allows(mark: string, limit: number, now: Date): boolean;
  /** Takes back one that was counted and turned out to be none. */
  giveBack(mark: string, now: Date): void;
}

export function postLimit(spanMs = MINUTE_MS): PostLimit {
  const counts = new Uint16Array(SLOTS);
  let since = 0;
  const turn = (now: Date): void => {
    const time = now.getTime();
    if (time - since < spanMs && time >= since) return;
    counts.fill(0);
    since = time;
  };
  return {
    giveBack(mark, now) {
      turn(now);
      const slot = slotOf(mark);
      counts[slot] = Math.max((counts[slot] ?? 0) - 1, 0);
    },
    allows(mark, limit, now) {
      turn(now);
      const slot = slotOf(mark);
      const count = (counts[slot] ?? 0) + 1;
      if (count < 0xffff) counts[slot] = count;
      return count <= limit;
    },
  };
}

/** FNV-1a over the text's last characters, where a token carries its keyed code. */
function slotOf(mark: string): number {
  let hash = 0x811c9dc5;
  for (let at = Math.max(0, mark.length - 12); at < mark.length; at += 1) {
    hash = Math.imul(hash ^ mark.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 20)) & (SLOTS - 1);
}

/** Wrong codes a minute of one device, and of all that carry no mark yet together. */
const GUESSES = { device: 30, unmarked: 600 };
const UNMARKED = 'no mark at all';

/** Slows down whoever tries codes. A right one never counts, and no address does. */
export interface GuessLimit {
  /**
   * Looks up what a code stands for.
   * @param device its mark; null for one that has none yet
   * @throws Refusal `request.too_many`, or whatever `look` throws; a 404 of it counts as a wrong guess
   */
  guess<T>(device: string | null, now: Date, look: () => Promise<T>): Promise<T>;
}

export function guessLimit(): GuessLimit {
  const limit = postLimit();
  return {
    async guess(device, now, look) {
      const [mark, most] = device === null ? [UNMARKED, GUESSES.unmarked] : [device, GUESSES.device];
      // Counted as wrong before it is looked up, so that many at the same instant can't outrun the count.
      if (!limit.allows(mark, most, now)) throw new Refusal('request.too_many');
      let wrong = false;
      try {
        return await look();
      } catch (error) {
        wrong = error instanceof Refusal && error.status === 404;
        throw error;
      } finally {
        if (!wrong) limit.giveBack(mark, now);
      }
    },
  };
}
