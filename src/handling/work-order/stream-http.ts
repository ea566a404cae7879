import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { UserActor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { openEventStream } from '../../platform/event-stream.ts';
import { type ChangedRow, findChanged } from './stream-store.ts';

/** How often a city's orders are looked at: one question, however many pages listen; none while none do. */
const TICK_MS = 1000;
/** Somebody who changed an order a moment ago may commit it only now. */
const OVERLAP_MS = 20_000;
/** A word now and then keeps proxies from cutting a line that is silent. */
const TICKS_OF_SILENCE = 20;
/** Then the page connects anew, and whoever has lost their session or their right is told so. */
const TICKS_OF_LIFE = 600;
/** Changes named in one word; more are told as “many”. */
const NAMED = 50;

interface Stream {
  readonly actor: UserActor;
  readonly out: ServerResponse;
  ticks: number;
}

/**
 * Server-sent events for the pages of orders: `changed` with the ids of orders within the reader's scope that
 * have changed. What has changed is asked for as ever, by the routes that check it. Asking the database each
 * second instead of listening to it works the same with several servers, poolers and nodes.
 */
export interface OrderStreams {
  open(actor: UserActor, reply: FastifyReply): void;
  close(): void;
}

export function orderStreams(deps: Deps): OrderStreams {
  const streams = new Set<Stream>();
  /** By city: the changes that have been told. */
  const told = new Map<string, ReadonlyMap<string, string>>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  const end = (stream: Stream): void => {
    streams.delete(stream);
    stream.out.end();
    if (streams.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    told.clear();
  };
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      for (const [cityCode, own] of Map.groupBy(streams, ({ actor }) => actor.cityCode)) {
        const known = told.get(cityCode);
        const fresh = await changesSince(deps, cityCode, known);
        told.set(cityCode, fresh.seen);
        // The first look only learns what there is.
        for (const stream of own) tick(stream, known === undefined ? [] : fresh.rows, end);
      }
    } catch (error) {
      // A database that is away for a moment costs a tick; the pages ask by themselves, too.
      deps.log.warn({ err: error }, 'pages of orders could not be told');
    } finally {
      looking = false;
    }
  };
  return {
    open(actor, reply) {
      const out = openEventStream(reply);
      const stream: Stream = { actor, out, ticks: 0 };
      streams.add(stream);
      out.on('close', () => end(stream));
      timer ??= setInterval(() => void look(), TICK_MS);
      void look();
    },
    close() {
      for (const stream of [...streams]) end(stream);
    },
  };
}

/** Orders changed lately that haven't been told, and all that now have been. */
async function changesSince(deps: Deps, cityCode: string, known: ReadonlyMap<string, string> | undefined) {
  const since = new Date(deps.clock.now().getTime() - OVERLAP_MS);
  const found = await findChanged(deps.db.app, cityCode, since);
  const seen = new Map(found.map((row) => [row.order_id, row.version]));
  const rows = found.filter((row) => known?.get(row.order_id) !== row.version);
  return { rows, seen };
}

function tick(stream: Stream, rows: readonly ChangedRow[], end: (stream: Stream) => void): void {
  const { regionPrefix = '', departmentCode } = stream.actor.scope;
  const mine = rows.filter(
    (row) =>
      row.region_code.startsWith(regionPrefix) &&
      // What was taken from a department leaves its list, too.
      (departmentCode === undefined || row.departments.includes(departmentCode)),
  );
  stream.ticks += 1;
  if (mine.length > 0) {
    const ids = mine.length > NAMED ? null : mine.map(({ order_id: id }) => id);
    stream.out.write(`event: changed\ndata: ${JSON.stringify({ ids })}\n\n`);
  } else if (stream.ticks % TICKS_OF_SILENCE === 0) {
    stream.out.write(': still here\n\n');
  }
  if (stream.ticks >= TICKS_OF_LIFE) end(stream);
}
