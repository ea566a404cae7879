import { useEffect, useState } from 'react';
import { type Screen, screenView } from '../../../../src/uses/dashboard/contract.ts';

export interface ScreenState {
  screen: Screen | undefined;
  /** the line is broken: what is shown is old, and the browser tries again by itself */
  lost: boolean;
}

/** While no line of events can be opened, the screen asks by itself. */
const ASK_MS = 60_000;

/** What the screen shows: told by the server whenever it has changed. */
export function useScreen(): ScreenState {
  const [state, setState] = useState<ScreenState>({ screen: undefined, lost: false });
  useEffect(() => {
    const take = (said: unknown): void => {
      const parsed = screenView.safeParse(said);
      if (parsed.success) setState({ screen: parsed.data, lost: false });
    };
    const lose = (): void => setState((before) => (before.lost ? before : { ...before, lost: true }));
    const source = new EventSource('/public/screen/events');
    source.addEventListener('screen', (event) => take(JSON.parse(String(event.data))));
    source.addEventListener('error', lose);
    source.addEventListener('open', () => setState((before) => ({ ...before, lost: false })));
    const ask = setInterval(() => {
      if (source.readyState === EventSource.OPEN) return;
      fetch('/public/screen.json')
        .then(async (answer) => (answer.ok ? take(await answer.json()) : lose()))
        .catch(lose);
    }, ASK_MS);
    return () => {
      clearInterval(ask);
      source.close();
    };
  }, []);
  return state;
}
