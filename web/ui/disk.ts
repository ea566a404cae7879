/** The browser's disk. Whatever `write` says it has kept has reached it. */
export interface Disk {
  write(stores: string[], work: (tx: IDBTransaction) => void): Promise<void>;
  read<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T>;
}

/** Rejects when the browser keeps nothing at all. */
export async function openDisk(name: string, make: (database: IDBDatabase) => void): Promise<Disk> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => make(request.result);
  const database = await answerOf(request);
  return {
    write: (stores, work) =>
      new Promise((resolve, reject) => {
        const tx = database.transaction(stores, 'readwrite', { durability: 'strict' });
        tx.oncomplete = () => resolve();
        tx.onabort = () => reject(tx.error ?? new Error('nothing was kept'));
        try {
          work(tx);
        } catch (error) {
          reject(error);
          tx.abort();
        }
      }),
    read: (store, ask) => answerOf(ask(database.transaction([store]).objectStore(store))),
  };
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('nothing could be read'));
  });
}
