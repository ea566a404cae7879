import { Refusal } from '../../kernel/refusal.ts';
import type { Actor, UserActor } from '../../oversight/access/index.ts';
import type { Tx } from '../../platform/db.ts';
import { appealedEntry } from '../entry/index.ts';
import { isOpen, stateName } from './appeal.ts';
import type { AppealState } from './contract.ts';
import { type AppealDbRow, findAppeal, lockAppeal, type Sight } from './store.ts';

/** What of the appeals the actor may see: all in scope, the own department's, the own, those to review. */
export function sightOf(actor: Actor): Sight {
  const { cityCode } = actor;
  const { regionPrefix = '', departmentCode = null } = actor.scope;
  const office = actor.permissions.has('appeal.appoint');
  // A liaison without a department of its own is a liaison of none.
  const liaison = actor.permissions.has('appeal.opinion') && departmentCode !== null;
  const whole = office || liaison ? { regionPrefix, departmentCode } : null;
  if (actor.kind !== 'user') return { cityCode, whole, staffNo: null, userId: null };
  return { cityCode, whole, staffNo: actor.staffNo ?? null, userId: actor.id };
}

/** Whether the appeal is about the person. */
export function isSubject(actor: Actor, row: AppealDbRow): boolean {
  if (actor.kind !== 'user') return false;
  return row.subject_kind === 'staff' && actor.staffNo === row.subject_code;
}

/** Who stands for the entry in question, as the book names them; nobody where there is none. */
export async function scorersOf(tx: Tx, cityCode: string, row: AppealDbRow): Promise<(string | null)[]> {
  if (row.entry_id === null) return [];
  const entry = await appealedEntry(tx, cityCode, row.entry_id);
  return entry === undefined ? [] : [entry.recorded_by, entry.confirmed_by];
}

/** An appeal held by a person who takes a step in it, in one of the states in which that step is taken. */
export async function holdAppeal(
  tx: Tx,
  actor: Actor,
  appealId: string,
  states: readonly AppealState[],
): Promise<{ row: AppealDbRow; person: UserActor }> {
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  await lockAppeal(tx, actor.cityCode, appealId);
  const row = await findAppeal(tx, sightOf(actor), appealId);
  if (row === undefined) throw new Refusal('appeal.unknown');
  if (!isOpen(row.state)) throw new Refusal('appeal.decided', { number: row.number });
  if (!states.includes(row.state)) {
    throw new Refusal('appeal.wrong_state', { number: row.number, state: stateName(row.state) });
  }
  return { row, person: actor };
}
