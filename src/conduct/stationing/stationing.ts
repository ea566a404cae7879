import type { StationingSign, StationingState } from './contract.ts';

/** What the registers say about a duty on a day. */
export interface Found {
  /** the department is marked as stationed */
  readonly stationed: boolean;
  /** windows of the department, and others at which its staff sit */
  readonly windows: number;
  /** the duty is about one item */
  readonly item: boolean;
  /** services of the item at a window, lately */
  readonly served: number;
  /** services of the item on the spot but at no window, lately */
  readonly outside: number;
  readonly authority: 'granted' | 'partly' | 'missing';
  /** a chief representative is posted to a window of the department on the day */
  readonly chief: boolean;
}

/** How a duty is met: items that should be stationed and are (domain §5). */
export function stateOf({ stationed, windows, item, served }: Found): StationingState {
  if (!stationed || (windows === 0 && served === 0)) return 'missing';
  return item && served === 0 ? 'unserved' : 'met';
}

/**
 * What a check should look into, as rule codes. A sign charges nobody: a person records the finding, and a
 * second one confirms it.
 */
export function signsOf(found: Found): StationingSign[] {
  return [
    ...(stateOf(found) === 'missing' ? (['stationing.item_outside'] as const) : []),
    ...(found.outside > 0 ? (['stationing.running_outside'] as const) : []),
    ...(found.authority === 'granted' ? [] : (['stationing.authority_missing'] as const)),
    ...(found.stationed && found.windows > 0 && !found.chief ? (['stationing.chief_absent'] as const) : []),
  ];
}
