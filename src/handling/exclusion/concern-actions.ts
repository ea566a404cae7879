import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, ownStaff, ratedAs, type UserActor } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import './contract.ts';
import { concernedSteps, type Sight } from './store.ts';

/** What an actor sees of ratings one by one: the scope, and never the own ones. */
export function sightOf(actor: Actor): Sight {
  return { scope: { ...actor.scope, cityCode: actor.cityCode }, notStaff: ratedAs(actor) };
}

/** Only people judge ratings: two machines are no four eyes. @throws Refusal `access.permission_denied` */
export function personOf(actor: Actor): UserActor {
  if (actor.kind === 'user') return actor;
  throw new Refusal('access.permission_denied');
}

/** Whether a rating of one of the steps is about one of the staff, or a window where they were posted. */
export async function isConcerned(
  reader: Reader,
  {
    cityCode,
    staff,
    stepIds,
    now,
  }: { cityCode: string; staff: readonly string[]; stepIds: readonly string[]; now: Date },
): Promise<boolean> {
  if (stepIds.length === 0) return false;
  for (const staffNo of staff) {
    const asked = { staffNo, stepIds, today: dayOf(now) };
    if ((await concernedSteps(reader, cityCode, asked)).length > 0) return true;
  }
  return false;
}

/** @throws Refusal `exclusion.own_matter` for who was rated, and for who was posted at the window */
export async function refuseConcerned(
  reader: Reader,
  person: UserActor,
  { stepIds, now }: { stepIds: readonly string[]; now: Date },
): Promise<void> {
  const { cityCode } = person;
  if (await isConcerned(reader, { cityCode, staff: ownStaff(person), stepIds, now }))
    throw new Refusal('exclusion.own_matter');
}
