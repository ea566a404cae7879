import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { windowsByCode } from '../window/index.ts';
import type { FoundItem } from './contract.ts';
import { wordsSought } from './letters.ts';
import { type Counter, offeredItem, searchStored } from './search-store.ts';

export type { FoundItem } from './contract.ts';

/** As many as fit under what is typed; whoever seeks further types further. */
const SHOWN = 12;

/** A window as a counter at which items are asked for. */
export interface AskedAt {
  kind: string;
  region_code: string;
  department_code: string;
}

/** What is offered at a window; undefined where nothing is accepted (results, matters that are stuck). */
function counterOf(window: AskedAt): Counter | undefined {
  const hall = window.region_code.slice(0, 6);
  if (window.kind === 'general') return { hall, departmentCode: null };
  return window.kind === 'department' ? { hall, departmentCode: window.department_code } : undefined;
}

/** Items that are offered at the window, by name, pinyin initials, pinyin or code (domain §1). */
export async function searchItems(
  reader: Reader,
  cityCode: string,
  sought: { typed: string; window: AskedAt },
): Promise<FoundItem[]> {
  const words = wordsSought(sought.typed);
  const counter = counterOf(sought.window);
  if (words.length === 0 || counter === undefined) return [];
  return await searchStored(reader, cityCode, { words, counter, limit: SHOWN });
}

/**
 * The same for whoever sits at a window.
 * @throws Refusal `item.no_window`
 */
export async function itemsFoundAt(
  deps: Deps,
  actor: Actor,
  { q, window: code }: { q: string; window: string },
): Promise<FoundItem[]> {
  const window = (await windowsByCode(deps.db.read, actor.cityCode, [code])).get(code);
  if (window === undefined) throw new Refusal('item.no_window', {}, { field: 'window' });
  return await searchItems(deps.db.read, actor.cityCode, { typed: q, window });
}

/** The item, if the window offers it. */
export async function itemForWindow(
  reader: Reader,
  cityCode: string,
  sought: { code: string; window: AskedAt },
): Promise<FoundItem | undefined> {
  const counter = counterOf(sought.window);
  return counter && (await offeredItem(reader, cityCode, { code: sought.code, counter }));
}
