import type { FindingForm, PatrolKit } from '../../src/conduct/inspection/desk-contract.ts';
import { openDisk } from '../ui/disk.ts';

/** A photo as it goes to the server: made small and without what the camera wrote into it. */
export interface Photo {
  name: string;
  blob: Blob;
}

/** A finding that waits for the line, with its photos. */
export interface Entry {
  /** The form's own random id: sent twice, it is one finding. */
  id: string;
  /** Account of who recorded it; nobody else's session sends it. */
  by: string;
  form: Omit<FindingForm, 'quantity'>;
  photos: Photo[];
  /** What it is about, for the list on the phone. */
  title: string;
}

/** An entry that the server has refused, with its sentence. */
export interface Refused {
  entry: Entry;
  sentence: string;
}

interface Kept {
  kit: PatrolKit;
  who: { id: string; name: string };
}

export interface Store {
  add(entry: Entry): Promise<void>;
  all(): Promise<Entry[]>;
  refused(): Promise<Refused[]>;
  /** Takes an answered entry out of the queue; a refused one is kept apart until it is put away. */
  settle(entry: Entry, sentence: string | null): Promise<void>;
  putAway(id: string): Promise<void>;
  keep<K extends keyof Kept>(name: K, value: Kept[K]): Promise<void>;
  kept<K extends keyof Kept>(name: K): Promise<Kept[K] | undefined>;
}

/** Rejects when the browser keeps nothing at all. */
export async function openStore(): Promise<Store> {
  const { write, read } = await openDisk('yiping-patrol', (database) => {
    database.createObjectStore('queue', { autoIncrement: true });
    database.createObjectStore('refused');
    database.createObjectStore('kept');
  });
  return {
    add: (entry) => write(['queue'], (tx) => tx.objectStore('queue').add(entry)),
    all: () => read<Entry[]>('queue', (store) => store.getAll()),
    refused: () => read<Refused[]>('refused', (store) => store.getAll()),
    settle: (entry, sentence) =>
      write(['queue', 'refused'], (tx) => {
        if (sentence !== null) tx.objectStore('refused').put({ entry, sentence }, entry.id);
        const looked = tx.objectStore('queue').openCursor();
        looked.onsuccess = () => {
          const at = looked.result;
          if (!at) return;
          if ((at.value as Entry).id === entry.id) at.delete();
          at.continue();
        };
      }),
    putAway: (id) => write(['refused'], (tx) => tx.objectStore('refused').delete(id)),
    keep: (name, value) => write(['kept'], (tx) => tx.objectStore('kept').put(value, name)),
    kept: (name) => read('kept', (store) => store.get(name)),
  };
}
