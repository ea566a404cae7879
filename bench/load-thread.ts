/**
 * Sends prepared requests over keep-alive connections, each connection one at a time, and counts the answers. As
 * small as can be, since it runs on the machine that it measures: bytes are sent as they were prepared, and of an
 * answer nothing is read but its status and its length.
 */
import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

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

const CR = 13;
const ZERO = 48;
const WAIT_MS = 30_000;

/** Length of the complete answer at the start of `bytes`, with its status; undefined while bytes are missing. */
function answerAt(bytes: Buffer): { status: number; length: number; body: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const status = 100 * ((bytes[9] ?? 0) - ZERO) + 10 * ((bytes[10] ?? 0) - ZERO) + (bytes[11] ?? 0) - ZERO;
  const at = bytes.indexOf('content-length: ');
  if (at >= 0 && at < end) {
    let body = 0;
    for (let index = at + 16; bytes[index] !== CR; index += 1) body = body * 10 + (bytes[index] ?? 0) - ZERO;
    return bytes.length < end + 4 + body ? undefined : { status, length: end + 4 + body, body };
  }
  if (status === 204 || status === 304) return { status, length: end + 4, body: 0 };
  const last = bytes.indexOf('\r\n0\r\n\r\n', end);
  return last < 0 ? undefined : { status, length: last + 7, body: last - end };
}

function run(order: LoadOrder): Promise<LoadResult> {
  const { bytes, offsets, first, repeat } = order;
  const count = offsets.length - 1;
  const statuses = new Map<number, number>();
  const latencies = new Float32Array(Math.max(1, Math.round(order.seconds * 40_000)));
  let next = first;
  let answered = 0;
  let broken = 0;
  let bodyBytes = 0;
  let start = 0;
  let until = Number.POSITIVE_INFINITY;
  let last = 0;

  /** The next request, or undefined when there is none left or the time is over. */
  const take = (now: number): Uint8Array | undefined => {
    if (now > until || (!repeat && next >= count)) return undefined;
    const at = repeat ? next % count : next;
    next += 1;
    return bytes.subarray(offsets[at], offsets[at + 1]);
  };

  const note = (answer: { status: number; body: number }, sentAt: number, now: number): void => {
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answered < latencies.length) latencies[answered] = now - sentAt;
    if (answered === 0) bodyBytes = answer.body;
    answered += 1;
    last = now;
  };

  const drive = (socket: Socket): Promise<void> =>
    new Promise((done) => {
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
        note(answer, sentAt, now);
        send(now);
      });
      socket.setTimeout(WAIT_MS, () => socket.destroy());
      socket.on('close', () => {
        broken += 1;
        done();
      });
      send(sentAt);
    });

  const finish = (): LoadResult => {
    const sorted = latencies.subarray(0, Math.min(answered, latencies.length)).sort();
    return {
      sent: next - first,
      statuses: Object.fromEntries(statuses),
      broken,
      seconds: (last - start) / 1000,
      p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      bodyBytes,
    };
  };

  return open(order).then(async (sockets) => {
    start = performance.now();
    until = start + order.seconds * 1000;
    broken += order.connections - sockets.length;
    await Promise.all(sockets.map(drive));
    return finish();
  });
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
