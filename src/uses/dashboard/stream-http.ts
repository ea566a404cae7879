import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import { openEventStream } from '../../platform/event-stream.ts';
import type { Screen } from './contract.ts';

/** How often the screens are looked after: one counting, however many are open; none while none are. */
const TICK_MS = 10_000;
/** Everybody may open one: a city has some dozens of halls. */
const STREAMS = 200;

/**
 * Server-sent events for big screens: `screen` with all that is shown, at once and whenever it has changed.
 * The page is public; more lines than this are refused, and such a screen asks by itself.
 */
export interface ScreenStreams {
  /** false where there are too many */
  open(reply: FastifyReply): boolean;
  close(): void;
}

export function screenStreams(deps: Deps, screen: () => Promise<Screen>): ScreenStreams {
  /** With what each has been told last. */
  const streams = new Map<ServerResponse, string>();
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    try {
      const said = await screen();
      const { asOf: _, ...numbers } = said;
      const mark = JSON.stringify(numbers);
      for (const [out, told] of streams) {
        if (told === mark) out.write(': still here\n\n');
        else out.write(`event: screen\ndata: ${JSON.stringify(said)}\n\n`);
        streams.set(out, mark);
      }
    } catch (error) {
      // A database that is away for a moment costs a tick; the screen keeps what it shows, and its hour.
      deps.log.warn({ err: error }, 'big screens could not be told');
    }
  };
  return {
    open(reply) {
      if (streams.size >= STREAMS) return false;
      const out = openEventStream(reply);
      streams.set(out, '');
      out.on('close', () => {
        streams.delete(out);
        if (streams.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
      timer ??= setInterval(() => void look(), TICK_MS);
      void look();
      return true;
    },
    close() {
      clearInterval(timer);
      for (const out of streams.keys()) out.end();
    },
  };
}
