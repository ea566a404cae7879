import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { waitingInvitations } from '../../intake/invitation/index.ts';
import { dayOf } from '../../kernel/day.ts';
import type { Deps } from '../../platform/deps.ts';
import { openEventStream } from '../../platform/event-stream.ts';
import { changedDevices, type PairedDevice } from '../../registry/device/index.ts';
import { kioskRules } from './kiosk-rules.ts';

/** How often the streams of one city are looked after: one question each, however many tablets listen. */
const TICK_MS = 1000;
/** A word now and then keeps proxies from cutting a line that is silent. */
const TICKS_OF_SILENCE = 20;

/** A tablet needs one; more are open for a moment when its page is opened anew. */
const STREAMS_OF_A_DEVICE = 3;

interface Stream {
  device: PairedDevice;
  out: ServerResponse;
  /** The invitation that it was told of last. */
  told: string | null;
  silent: number;
}

/**
 * Server-sent events for tablets: `invitation` with the id of what waits to be shown, `changed` when the
 * device was moved or revoked, after which the line is closed and the device asks where it stands. Asking the
 * database each second instead of listening to it works the same with several servers.
 */
export interface StreamDesk {
  open(device: PairedDevice, reply: FastifyReply): void;
  /** Looks after the streams of the city now, since something was asked for. */
  nudge(cityCode: string): void;
  close(): void;
}

export function streamDesk(deps: Deps): StreamDesk {
  const streams = new Set<Stream>();
  let timer: NodeJS.Timeout | undefined;
  const end = (stream: Stream): void => {
    streams.delete(stream);
    stream.out.end();
    if (streams.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  const look = (cityCode: string): void => {
    const of = [...streams].filter(({ device }) => device.cityCode === cityCode);
    if (of.length === 0) return;
    // A database that is away for a moment costs a tick; the tablets ask by themselves, too.
    lookAfter(deps, cityCode, of, end).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'tablets could not be told'),
    );
  };
  const tick = (): void => {
    for (const city of new Set([...streams].map(({ device }) => device.cityCode))) look(city);
  };
  return {
    open(device, reply) {
      const out = openEventStream(reply);
      const stream: Stream = { device, out, told: null, silent: 0 };
      const others = [...streams].filter((one) => one.device.deviceId === device.deviceId);
      for (const old of others.slice(0, Math.max(0, others.length + 1 - STREAMS_OF_A_DEVICE))) end(old);
      streams.add(stream);
      out.on('close', () => end(stream));
      timer ??= setInterval(tick, TICK_MS);
      look(device.cityCode);
    },
    nudge: look,
    close() {
      for (const stream of [...streams]) end(stream);
    },
  };
}

async function lookAfter(
  deps: Deps,
  cityCode: string,
  streams: readonly Stream[],
  end: (stream: Stream) => void,
): Promise<void> {
  const devices = streams.map(({ device }) => device);
  const windows = [...new Set(devices.map(({ windowCode }) => windowCode))];
  const seconds = kioskRules(dayOf(deps.clock.now())).waitingSeconds;
  const [changed, waiting] = await Promise.all([
    changedDevices(deps, cityCode, devices),
    waitingInvitations(deps, cityCode, { windows, seconds }),
  ]);
  for (const stream of streams) {
    const invitation = waiting.get(stream.device.windowCode) ?? null;
    if (changed.has(stream.device.deviceId)) {
      stream.out.write('event: changed\ndata: {}\n\n');
      end(stream);
    } else if (invitation !== null && invitation !== stream.told) {
      stream.told = invitation;
      stream.silent = 0;
      stream.out.write(`event: invitation\ndata: ${JSON.stringify({ id: invitation })}\n\n`);
    } else {
      stream.silent += 1;
      if (stream.silent % TICKS_OF_SILENCE === 0) stream.out.write(': still here\n\n');
    }
  }
}
