import type { KioskRating } from '../../src/feedback/rating/kiosk-contract.ts';
import { upload } from './server.ts';
import type { Store } from './store.ts';

/** As many as the server takes at once. */
const BATCH = 100;

/** The ratings that wait for the line. */
export interface Queue {
  /** Rejects when the disk is full: nothing was kept then. */
  add(rating: KioskRating): Promise<void>;
  /** Uploads in order until nothing waits or the line is cut; rejects with what stopped it. */
  flush(): Promise<void>;
  readonly length: number;
}

/** @param onLength hears how many wait, whenever it changes */
export async function openQueue(store: Store, onLength: () => void): Promise<Queue> {
  let length = await store.count();
  let running: Promise<void> | undefined;
  const recount = async (): Promise<void> => {
    length = await store.count();
    onLength();
  };
  const run = async (): Promise<void> => {
    for (;;) {
      const batch = await store.first(BATCH);
      if (batch.length === 0) return;
      const outcomes = await upload(batch.map(({ rating }) => rating));
      // What the server has answered leaves the queue only now: a lost answer sends the same once more.
      const answered = batch.flatMap(({ key }, at) => {
        const outcome = outcomes[at];
        if (outcome === undefined || outcome.outcome === 'again') return [];
        return [{ key, refused: outcome.outcome === 'refused' ? outcome.code : null }];
      });
      await store.settle(answered);
      await recount();
      if (answered.length < batch.length) return;
    }
  };
  return {
    async add(rating) {
      await store.add(rating);
      await recount();
    },
    flush() {
      running ??= run().finally(() => {
        running = undefined;
      });
      return running;
    },
    get length() {
      return length;
    },
  };
}
