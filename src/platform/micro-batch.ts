import { Refusal } from '../kernel/refusal.ts';
// Names the refusal of a full queue.
import './problem.ts';

export interface MicroBatchOptions<T, R> {
  /** Writes the items in one transaction; answers one result each, in their order. */
  write(items: readonly T[]): Promise<readonly R[]>;
  /**
   * Whether the failure may be the fault of a single item, so that the others are worth a try of their own.
   */
  divisible(error: unknown): boolean;
  /** Most items of one batch. */
  size: number;
  /** Batches under way at the same time. */
  inFlight: number;
  /**
   * How long what arrived during a batch waits for company, in milliseconds: under load, fewer batches that
   * are larger cost much less. Whoever finds the desk idle never waits.
   */
  gatherMs: number;
  /** Most items that wait; a further one is refused as `server.busy` (503). */
  waiting: number;
}

/** Items that arrive together are written together; each caller is answered after the commit. */
export interface MicroBatch<T, R> {
  add(item: T): Promise<R>;
  /** Resolves once everything handed in has been answered. */
  drain(): Promise<void>;
}

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

export function microBatch<T, R>(options: MicroBatchOptions<T, R>): MicroBatch<T, R> {
  let queue: Waiting<T, R>[] = [];
  let active = 0;
  let scheduled = false;
  let idle: (() => void)[] = [];

  /**
   * Starts after the present turn of the event loop, so that what was read from the network together goes
   * together.
   */
  const schedule = (): void => {
    if (scheduled || active >= options.inFlight) return;
    scheduled = true;
    setImmediate(start);
  };

  const gather = (): void => {
    if (scheduled) return;
    scheduled = true;
    setTimeout(start, options.gatherMs);
  };

  const start = (): void => {
    scheduled = false;
    while (queue.length > 0 && active < options.inFlight) {
      const batch = queue.length <= options.size ? queue : queue.slice(0, options.size);
      queue = batch === queue ? [] : queue.slice(options.size);
      active += 1;
      void settle(batch, options).then(finished);
    }
  };

  const finished = (): void => {
    active -= 1;
    if (queue.length >= options.size / 4) schedule();
    else if (queue.length > 0) gather();
    else if (active === 0) {
      for (const done of idle) done();
      idle = [];
    }
  };

  return {
    add: (item) =>
      new Promise<R>((resolve, reject) => {
        if (queue.length >= options.waiting) {
          reject(new Refusal('server.busy'));
          return;
        }
        queue.push({ item, resolve, reject });
        schedule();
      }),
    drain: () =>
      new Promise<void>((resolve) => {
        if (queue.length === 0 && active === 0) resolve();
        else idle.push(resolve);
      }),
  };
}

/** Answers every caller of the batch; never rejects itself. */
async function settle<T, R>(
  batch: readonly Waiting<T, R>[],
  options: MicroBatchOptions<T, R>,
): Promise<void> {
  try {
    const results = await options.write(batch.map((one) => one.item));
    for (const [at, one] of batch.entries()) one.resolve(results[at] as R);
  } catch (error) {
    if (batch.length > 1 && options.divisible(error)) {
      // One bad row must not cost the others their rating.
      for (const one of batch) await settle([one], options);
    } else {
      for (const one of batch) one.reject(error);
    }
  }
}
