import { GROUPS, type Group } from './kind.ts';

/** How a group of kinds comes by e-mail: not at all, at once outside quiet hours, or once a day. */
export const MODES = ['off', 'now', 'digest'] as const;
export type Mode = (typeof MODES)[number];

/** What holds where a person has chosen nothing: cards at once, everything else once a day. */
export function modeOf(chosen: Readonly<Partial<Record<Group, Mode>>>, group: Group): Mode {
  return chosen[group] ?? (group === 'card' ? 'now' : 'digest');
}

/** The choice for every group. */
export function modesOf(chosen: Readonly<Partial<Record<Group, Mode>>>): Record<Group, Mode> {
  return Object.fromEntries(GROUPS.map((group) => [group, modeOf(chosen, group)])) as Record<Group, Mode>;
}

/** Pauses before another attempt, in minutes; after the last one it is given up. */
const RETRY_MINUTES = [1, 2, 5, 15, 60, 240, 480] as const;

/** When it is tried again after so many attempts; undefined: never. */
export function retryAt(now: Date, attempts: number): Date | undefined {
  const minutes = RETRY_MINUTES[attempts - 1];
  return minutes === undefined ? undefined : new Date(now.getTime() + minutes * 60_000);
}
