const SLOTS = 1 << 20;
const MINUTE_MS = 60_000;

/**
 * Counts posts by token or device within a minute, in a fixed amount of memory: a table of small counters,
 * addressed by what is random in the token (its keyed code) or in the device's mark. Two of them share a
 * counter once in a million, and a rating then still gets through a minute later.
 */
export interface PostLimit {
  /** Counts one post; false when the minute's allowance is used up. */
  allows(mark: string, limit: number, now: Date): boolean;
  /** Takes back one that was counted and turned out to be none. */
  giveBack(mark: string, now: Date): void;
}

export function postLimit(): PostLimit {
  const counts = new Uint16Array(SLOTS);
  let since = 0;
  const turn = (now: Date): void => {
    const time = now.getTime();
    if (time - since < MINUTE_MS && time >= since) return;
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
