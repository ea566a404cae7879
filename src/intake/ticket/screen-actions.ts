import { dayOf } from '../../kernel/day.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { exported } from '../../registry/region/index.ts';
import type { VisitRow } from './contract.ts';
import { type CalledRow, countWaiting, listCalled, listVisits } from './screen-store.ts';

/** As many calls as a screen shows in type that is read from the back of a hall. */
const CALLS = 8;

/** What a hall's screen shows: numbers and windows, and nothing about anybody. */
export interface CallScreen {
  readonly called: readonly CalledRow[];
  readonly waiting: readonly { name: string; count: number }[];
}

/** @param hall first six digits of its region */
export async function callScreen(deps: Deps, cityCode: string, hall: string): Promise<CallScreen> {
  const day = dayOf(deps.clock.now());
  const [called, waiting] = await Promise.all([
    listCalled(deps.db.read, cityCode, { day, hall, limit: CALLS }),
    countWaiting(deps.db.read, cityCode, { day, hall }),
  ]);
  return { called, waiting };
}

/** Visits by window and hour within the actor's scope. */
export async function visitsFor(deps: Deps, actor: Actor, day: string): Promise<VisitRow[]> {
  const { regionPrefix = '', departmentCode = null } = actor.scope;
  return await listVisits(deps.db.read, actor.cityCode, { day, prefix: regionPrefix, departmentCode });
}

/** The same as a table. */
export async function visitTable(deps: Deps, actor: Actor, day: string): Promise<OutTable> {
  const rows = await visitsFor(deps, actor, day);
  return await exported(deps, actor, 'ticket_visits', {
    columns: ['day', 'window_code', 'window_name', 'hour', 'ticket_visits', 'waited_seconds'],
    rows: rows.map((row) => [day, row.windowCode, row.windowName, row.hour, row.visits, row.waitedSeconds]),
  });
}
