import type { KioskState } from '../../src/feedback/rating/kiosk-contract.ts';
import { askState, isUnpaired, type Refused } from './server.ts';

/** Between two questions while the server can tell by itself, and while it can't. */
const CALM_MS = 20_000;
const POLL_MS = 3000;

export interface LineListener {
  /** How many ratings wait, which the server is told. */
  waiting(): number;
  onState(state: KioskState): void;
  /** The line is cut. */
  onAway(): void;
  onUnpaired(refused: Refused): void;
}

/** Hears from the server what to show: by its events, and by asking where they are cut. */
export interface Line {
  start(): void;
  stop(): void;
  /** Asks now. */
  ask(): void;
}

export function openLine(listener: LineListener): Line {
  let events: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let started = false;
  let asking = false;
  const stop = (): void => {
    started = false;
    clearTimeout(timer);
    events?.close();
    events = undefined;
  };
  const listen = (): void => {
    if (events && events.readyState !== EventSource.CLOSED) return;
    events = new EventSource('/kiosk/api/events');
    events.addEventListener('open', ask);
    events.addEventListener('invitation', ask);
    // Moved or revoked: the server closes the line and says why when asked.
    events.addEventListener('changed', ask);
  };
  const isTold = (): boolean => events?.readyState === EventSource.OPEN;
  const again = (): void => {
    clearTimeout(timer);
    if (started) timer = setTimeout(ask, isTold() ? CALM_MS : POLL_MS);
  };
  function ask(): void {
    if (!started || asking) return;
    asking = true;
    askState(listener.waiting())
      .then(
        (state) => {
          if (!started) return;
          listen();
          listener.onState(state);
        },
        (error: unknown) => {
          if (!started) return;
          if (isUnpaired(error)) {
            stop();
            listener.onUnpaired(error);
          } else listener.onAway();
        },
      )
      .then(() => {
        asking = false;
        again();
      });
  }
  return {
    start() {
      started = true;
      ask();
    },
    stop,
    ask,
  };
}
