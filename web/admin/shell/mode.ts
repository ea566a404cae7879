import { useSyncExternalStore } from 'react';
import { read, write } from '../preferences.ts';
import { type Mode, themeClass } from '../theme.ts';

/** What the reader chose; `system` follows the machine. */
export type ModeChoice = Mode | 'system';

const query = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice: ModeChoice = parseChoice(read('mode'));

query.addEventListener('change', tell);

export function chooseMode(next: ModeChoice): void {
  choice = next;
  write('mode', next);
  tell();
}

export function useModeChoice(): ModeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}

export function useMode(): Mode {
  return useSyncExternalStore(subscribe, effective);
}

/** Puts the mode's variables on the whole document, so that the page's own styles follow it too. */
export function applyMode(): void {
  const mode = effective();
  const root = document.documentElement;
  root.classList.toggle(themeClass('light'), mode === 'light');
  root.classList.toggle(themeClass('dark'), mode === 'dark');
  root.style.colorScheme = mode;
}

function effective(): Mode {
  if (choice !== 'system') return choice;
  return query.matches ? 'dark' : 'light';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  applyMode();
  for (const listener of listeners) listener();
}

function parseChoice(text: string | undefined): ModeChoice {
  return text === 'light' || text === 'dark' ? text : 'system';
}
