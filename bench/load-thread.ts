/**
 * Sends prepared requests over keep-alive connections, each connection one at a time, and counts the
 * answers. As small as can be, since it runs on the machine that it measures: bytes are sent as they were
 * prepared, and of an answer nothing is read but its status and its length.
 */
import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { type Answer, answerAt } from './answer.ts';

/** What to send: the request at `n` is `bytes` from `offsets[n]` to `offsets[n + 1]`. */
export interface LoadOrder {
  host: string;
  port: number;
  connections: number;
  /** No request is sent after this time; those under way are waited for. */
  seconds: number;
  bytes: Uint8Array;
  offsets: Float64Array;
  /** First request; each is sent once, or over and over in turn. */
  first: number;
  repeat: boolean;
}

export interface LoadResult {
  /** Requests from `first` on that were sent. */
  sent: number;
  /** Answers by status. */
  statuses: Record<string, number>;
  /** Connections that failed or were closed while an answer was due. */
  broken: number;
  /** From the first request to the last answer. */
  seconds: number;
  /** Milliseconds from request to answer. */
  p50: number;
  p99: number;
  /** Bytes of the first answer's body as sent. */
  bodyBytes: number;
}

const WAIT_MS = 30_000;

/** Hands out the requests in turn; undefined when there is none left or the time is over. */
type Take = (now: number) => Uint8Array | undefined;

function taker(order: LoadOrder, until: number): { take: Take; sent(): number } {
  const { bytes, offsets, first, repeat } = order;
  const count = offsets.length - 1;
  let next = first;
  return {
    take(now) {
      if (now > until || (!repeat && next >= count)) return undefined;
      const at = repeat ? next % count : next;
      next += 1;
      return bytes.subarray(offsets[at], offsets[at + 1]);
    },
    sent: () => next - first,
  };
}

/** Counts answers and keeps how long they took. */
interface Tally {
  note(answer: Answer, sentAt: number, now: number): void;
  brokenOff(): void;
  result(start: number): Omit<LoadResult, 'sent'>;
}

function tally(order: LoadOrder): Tally {
  const statuses = new Map<number, number>();
  const latencies = new Float32Array(Math.max(1, Math.round(order.seconds * 40_000)));
  let answered = 0;
  let broken = 0;
  let bodyBytes = 0;
  let last = 0;
  return {
    note(answer, sentAt, now) {
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answered < latencies.length) latencies[answered] = now - sentAt;
      if (answered === 0) bodyBytes = answer.body;
      answered += 1;
      last = now;
    },
    brokenOff() {
      broken += 1;
    },
    result(start) {
      const sorted = latencies.subarray(0, Math.min(answered, latencies.length)).sort();
      return {
        statuses: Object.fromEntries(statuses),
        broken,
        seconds: (last - start) / 1000,
        p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
        p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
        bodyBytes,
      };
    },
  };
}

/** Sends one request after the other over the connection, each when the one before is answered. */
function drive(socket: Socket, take: Take, tallied: Tally): Promise<void> {
  return new Promise((done) => {
    let sentAt = performance.now();
    let waiting: Buffer | undefined;
    const send = (now: number): void => {
      const request = take(now);
      if (request === undefined) {
        socket.removeAllListeners('close');
        socket.destroy();
        done();
        return;
      }
      sentAt = now;
      socket.write(request);
    };
    socket.on('data', (chunk) => {
      const received = waiting === undefined ? chunk : Buffer.concat([waiting, chunk]);
      const answer = answerAt(received);
      if (answer === undefined) {
        waiting = received;
        return;
      }
      waiting = answer.length < received.length ? received.subarray(answer.length) : undefined;
      const now = performance.now();
      tallied.note(answer, sentAt, now);
      send(now);
    });
    socket.setTimeout(WAIT_MS, () => socket.destroy());
    socket.on('close', () => {
      tallied.brokenOff();
      done();
    });
    send(sentAt);
  });
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const sockets = await open(order);
  const tallied = tally(order);
  for (let missing = sockets.length; missing < order.connections; missing += 1) tallied.brokenOff();
  const start = performance.now();
  const { take, sent } = taker(order, start + order.seconds * 1000);
  await Promise.all(sockets.map((socket) => drive(socket, take, tallied)));
  return { sent: sent(), ...tallied.result(start) };
}

/** All connections, opened before the clock starts; those that can't be opened are missing. */
async function open({ host, port, connections }: LoadOrder): Promise<Socket[]> {
  const opened = await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<Socket | undefined>((resolve) => {
          const socket = connect({ host, port, noDelay: true });
          // The 'close' that follows an error is what counts.
          socket.on('error', () => resolve(undefined));
          socket.once('connect', () => resolve(socket));
        }),
    ),
  );
  return opened.filter((socket) => socket !== undefined);
}

parentPort?.postMessage(await run(workerData as LoadOrder));
