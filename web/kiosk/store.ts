import type {
  KioskRating,
  KioskWords,
  ShownInvitationView,
} from '../../src/feedback/rating/kiosk-contract.ts';
import { openDisk } from '../ui/disk.ts';

/** What the tablet keeps besides its queue. */
export interface Kept {
  words: KioskWords;
  place: { windowCode: string; windowName: string };
  /** The invitation on the screen, with the moment by the tablet's own clock. */
  asking: { view: ShownInvitationView; at: number };
}

/** A rating that waits for the line, with its place in the queue. */
export interface Waiting {
  key: number;
  rating: KioskRating;
}

/** The tablet's disk. Whatever it says it has kept has reached the disk. */
export interface Store {
  /** Puts a rating at the end of the queue; with it, the invitation leaves the screen for good. */
  add(rating: KioskRating): Promise<void>;
  /** The first ratings of the queue, in order. */
  first(count: number): Promise<Waiting[]>;
  count(): Promise<number>;
  /** Takes answered ratings out of the queue; those that were refused are kept apart. */
  settle(answered: readonly { key: number; refused: string | null }[]): Promise<void>;
  keep<K extends keyof Kept>(name: K, value: Kept[K] | null): Promise<void>;
  kept<K extends keyof Kept>(name: K): Promise<Kept[K] | undefined>;
}

/** Rejects when the browser keeps nothing at all. */
export async function openStore(): Promise<Store> {
  const { write, read } = await openDisk('yiping-kiosk', (database) => {
    database.createObjectStore('queue', { autoIncrement: true });
    database.createObjectStore('refused', { autoIncrement: true });
    database.createObjectStore('kept');
  });
  return {
    add: (rating) =>
      write(['queue', 'kept'], (tx) => {
        tx.objectStore('queue').add(rating);
        tx.objectStore('kept').delete('asking');
      }),
    async first(count) {
      const [keys, ratings] = await Promise.all([
        read('queue', (store) => store.getAllKeys(null, count)),
        read<KioskRating[]>('queue', (store) => store.getAll(null, count)),
      ]);
      return keys.map((key, at) => ({ key: Number(key), rating: ratings[at] as KioskRating }));
    },
    count: () => read('queue', (store) => store.count()),
    settle: (answered) =>
      write(['queue', 'refused'], (tx) => {
        for (const { key, refused } of answered) {
          const queue = tx.objectStore('queue');
          if (refused !== null) {
            const found = queue.get(key);
            found.onsuccess = () => {
              if (found.result) tx.objectStore('refused').add({ rating: found.result, code: refused });
            };
          }
          queue.delete(key);
        }
      }),
    keep: (name, value) =>
      write(['kept'], (tx) => {
        if (value === null) tx.objectStore('kept').delete(name);
        else tx.objectStore('kept').put(value, name);
      }),
    kept: (name) => read('kept', (store) => store.get(name)),
  };
}
