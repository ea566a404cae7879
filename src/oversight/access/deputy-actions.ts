import { randomUUID } from 'node:crypto';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { audit } from '../audit/index.ts';
import type { Actor, UserActor } from './actor.ts';
import { type Permission, roleSchema } from './contract.ts';
import type { DeputyForm, DeputyList } from './deputy-contract.ts';
import {
  type Deputed,
  type DeputyRow,
  endDeputy,
  findDeputed,
  findDeputies,
  findDeputy,
  findPrincipal,
  insertDeputy,
  lockDeputies,
} from './deputy-store.ts';
import { holdersOf } from './holder-actions.ts';
import { knownPermissions, scopeOf } from './session-actions.ts';

/** What makes an account one that may be away, and one that may stand in. */
const DUTIES: readonly Permission[] = [
  'order.handle',
  'order.assign',
  'order.approve',
  'order.call',
  'exclusion.decide',
  'integrity.decide',
  'voice.decide',
];
/**
 * What a deputy does for somebody: orders, and the second person's decisions. Nothing is proposed for
 * another, so whoever was first is always known; nothing of the accounts or the book is lent.
 */
const LENT: ReadonlySet<string> = new Set<Permission>([
  ...DUTIES,
  'order.read',
  'exclusion.read',
  'integrity.read',
  'voice.read',
]);

/** Whether a deputy has the permission on the days away, and so hears what its holder hears. */
export function isLent(permission: Permission): boolean {
  return LENT.has(permission);
}

/** Accounts that handle orders or decide: those who may be away, and those who may stand in. */
async function candidates(deps: Deps, cityCode: string) {
  const found = new Map<string, { id: string; name: string; username: string }>();
  for (const permission of DUTIES) {
    for (const { id, name, username } of await holdersOf(deps.db.app, cityCode, permission)) {
      found.set(id, { id, name, username });
    }
  }
  return found;
}

/** Who stands in for the reader, and for whom the reader does. */
export async function deputiesOf(deps: Deps, actor: Actor): Promise<DeputyList> {
  if (actor.kind !== 'user') return { mine: [], standingIn: [], choices: [] };
  const today = dayOf(deps.clock.now());
  const rows = await findDeputies(deps.db.app, actor.cityCode, { userId: actor.id, today });
  const all = await candidates(deps, actor.cityCode);
  const handles = all.delete(actor.id);
  return {
    mine: rows.filter((row) => row.user_id === actor.id).map(lineOf),
    standingIn: rows
      .filter((row) => row.stand_in_id === actor.id)
      .map((row) => ({ ...lineOf(row), active: row.from_day <= today })),
    choices: handles ? [...all.values()] : [],
  };
}

function lineOf(row: DeputyRow) {
  return {
    id: row.deputy_id,
    userId: row.user_id,
    userName: row.user_name,
    standInId: row.stand_in_id,
    standInName: row.stand_in_name,
    from: row.from_day,
    until: row.until_day,
  };
}

/**
 * Names who stands in on the days away: for oneself, or by whoever assigns orders of the whole city for
 * another.
 * @throws Refusal `deputy.days`, `deputy.unknown_account`, `deputy.overlap`, `access.permission_denied`
 */
export async function nameDeputy(deps: Deps, actor: Actor, form: DeputyForm): Promise<void> {
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const at = deps.clock.now();
  const userId = form.userId ?? actor.id;
  if (userId !== actor.id) requireOffice(actor);
  const { standInId, from, until } = form;
  if (until < from || until < dayOf(at)) throw new Refusal('deputy.days', {}, { field: 'until' });
  const known = await candidates(deps, cityCode);
  if (userId === standInId || !known.has(userId) || !known.has(standInId)) {
    throw new Refusal('deputy.unknown_account', {}, { field: 'standInId' });
  }
  await inTx(deps.db, async (tx) => {
    await lockDeputies(tx, cityCode, userId);
    const standing = await findDeputies(tx, cityCode, { userId, today: dayOf(at) });
    const own = standing.filter((row) => row.user_id === userId);
    if (own.some((row) => row.from_day <= until && from <= row.until_day))
      throw new Refusal('deputy.overlap');
    await insertDeputy(tx, cityCode, { id: randomUUID(), userId, standInId, from, until, by: actor.id, at });
    await audit(tx, {
      actor,
      action: 'deputy.named',
      subjectKind: 'user',
      subjectId: known.get(userId)?.username ?? '',
      detail: { deputy: known.get(standInId)?.username, from, until },
      cityCode,
      at,
    });
  });
}

function requireOffice(actor: UserActor): void {
  const { departmentCode, regionPrefix } = actor.scope;
  const whole = departmentCode === undefined && regionPrefix === undefined;
  if (!whole || !actor.permissions.has('order.assign')) throw new Refusal('access.permission_denied');
}

/** Takes a deputy back at once. @throws Refusal `deputy.unknown`, `access.permission_denied` */
export async function takeBackDeputy(deps: Deps, actor: Actor, id: string): Promise<void> {
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const standing = await findDeputy(tx, cityCode, id);
    if (standing === undefined || standing.ended) throw new Refusal('deputy.unknown');
    if (standing.user_id !== actor.id) requireOffice(actor);
    if ((await endDeputy(tx, cityCode, { id, by: actor.id, at })) === undefined) return;
    await audit(tx, {
      actor,
      action: 'deputy.ended',
      subjectKind: 'user',
      subjectId: standing.user_id,
      detail: {},
      cityCode,
      at,
    });
  });
}

/**
 * The person with what they may do for somebody else today. They stay themselves: whoever counts two people
 * counts them, and audit and stories name both.
 * @throws Refusal `deputy.not_standing_in`
 */
export async function actingFor(deps: Deps, actor: UserActor, userId: string): Promise<UserActor> {
  const today = dayOf(deps.clock.now());
  const wanted = { userId, standInId: actor.id, today };
  const row = await findPrincipal(deps.db.app, actor.cityCode, wanted);
  if (row === undefined) throw new Refusal('deputy.not_standing_in');
  const { departmentCode } = actor.scope;
  const role = roleSchema.parse(row.role);
  return {
    ...actor,
    name: `${actor.name}（代${row.name}）`,
    roles: [role],
    permissions: new Set(knownPermissions(row.permissions).filter((one) => LENT.has(one))),
    scope: scopeOf(row.scope_code, actor.cityCode, role),
    onBehalfOf: {
      id: row.id,
      username: row.username,
      ...(row.staff_no === null ? {} : { staffNo: row.staff_no }),
      ...(departmentCode === undefined ? {} : { deputyDepartment: departmentCode }),
    },
  };
}

/** Who stands in today for any of the accounts. */
export async function deputiesNow(
  deps: Deps,
  cityCode: string,
  userIds: readonly string[],
): Promise<Deputed[]> {
  if (userIds.length === 0) return [];
  return await findDeputed(deps.db.app, cityCode, { userIds, today: dayOf(deps.clock.now()) });
}
