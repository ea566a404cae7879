import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { audit } from '../audit/index.ts';
import { type Actor, requirePermission } from './actor.ts';
import { ROLES, type Role, roleSchema, SCOPED_ROLES, type User, usernameSchema } from './contract.ts';
import { hashPassword, newId, newPassword } from './credential-actions.ts';
import { clearAttempts, nameHash } from './guard-actions.ts';
import { signInRules } from './rule-actions.ts';
import { parseScope } from './scope.ts';
import { deleteChallengesOf, deleteSessionsOf, deleteTwoFactor, lockedNames } from './session-store.ts';
import {
  allRoles,
  findUserById,
  findUserByName,
  findUserOfStaff,
  hasUsers,
  insertUser,
  listUsers,
  type UserFilter,
  type UserListRow,
  type UserRow,
  updateDisabled,
  updatePassword,
  updateRole,
} from './store.ts';

/** What a role needs to know from downstream: whether the register has this member of staff. */
export type StaffCheck = (cityCode: string, staffNo: string) => Promise<boolean>;

export interface Grant {
  /** One of the roles of contract §2. */
  role: string;
  /** Region of 6, 9 or 12 digits or USCC; absent: the whole city. */
  scope?: string | null | undefined;
  staffNo?: string | null | undefined;
}

/** An account by its id or its name. */
export type UserRef = { id: string } | { username: string };

/** Whether the city has any account: then somebody works here, and no demo may be put beside it. */
export async function anyUser(reader: Reader, cityCode: string): Promise<boolean> {
  return await hasUsers(reader, cityCode);
}

/**
 * Creates an account with a one-time password, which is answered once and kept nowhere. Only the product
 * itself may make a `lasting` one, for the accounts of the demo.
 * @throws Refusal `access.username_taken`, `access.staff_required`, `access.staff_unknown`,
 * `access.staff_taken`, `access.scope_required` …
 */
export async function createUser(
  deps: Deps,
  actor: Actor,
  given: Grant & { username: string; name?: string; lasting?: boolean },
  staffExists: StaffCheck,
): Promise<{ user: User; password: string }> {
  requirePermission(actor, 'user.manage');
  const { cityCode } = actor;
  const username = checkedUsername(given.username);
  const grant = await checkedGrant(deps, cityCode, given, staffExists);
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  const id = newId();
  const at = deps.clock.now();
  const name = given.name?.trim() || username;
  const mustChangePassword = !(given.lasting && actor.kind === 'system');
  await inTx(deps.db, async (tx) => {
    await refuseSecondAccount(tx, cityCode, grant.staffNo, id);
    const made = await insertUser(tx, {
      id,
      cityCode,
      username,
      name,
      ...grant,
      passwordHash,
      mustChangePassword,
      at,
    });
    if (!made) throw new Refusal('access.username_taken', {}, { field: 'username' });
    await note(deps, tx, actor, 'user.created', username, grant);
  });
  return { user: await oneUser(deps, cityCode, id), password };
}

/** Gives a new one-time password, takes the second factor and the lock away, and ends all sessions. */
export async function resetUser(deps: Deps, actor: Actor, ref: UserRef, reason?: string) {
  const found = await userToChange(deps, actor, ref);
  const password = newPassword();
  const hash = await hashPassword(password);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await updatePassword(tx, { userId: found.id, hash, mustChange: true, at });
    await deleteTwoFactor(tx, found.id, at);
    await clearAttempts(deps, tx, found.username);
    const ended = await endAll(tx, found.id);
    await note(deps, tx, actor, 'user.reset', found.username, { ended }, reason);
  });
  return { user: await oneUser(deps, actor.cityCode, found.id), password };
}

/** From now on nobody signs in with the account; its sessions end at once. */
export async function disableUser(deps: Deps, actor: Actor, ref: UserRef, reason?: string): Promise<User> {
  const found = await userToChange(deps, actor, ref);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    if (found.disabled_at === null) await updateDisabled(tx, found.id, at, at);
    const ended = await endAll(tx, found.id);
    await note(deps, tx, actor, 'user.disabled', found.username, { ended }, reason);
  });
  return oneUser(deps, actor.cityCode, found.id);
}

export async function enableUser(deps: Deps, actor: Actor, ref: UserRef, reason?: string): Promise<User> {
  const found = await userToChange(deps, actor, ref);
  await inTx(deps.db, async (tx) => {
    await updateDisabled(tx, found.id, null, deps.clock.now());
    await note(deps, tx, actor, 'user.enabled', found.username, {}, reason);
  });
  return oneUser(deps, actor.cityCode, found.id);
}

/** Signs the person out everywhere; answers of how many sessions. */
export async function endSessions(deps: Deps, actor: Actor, ref: UserRef, reason?: string): Promise<number> {
  const found = await userOf(deps, actor, ref);
  return inTx(deps.db, async (tx) => {
    const ended = await endAll(tx, found.id);
    await note(deps, tx, actor, 'user.sessions_ended', found.username, { ended }, reason);
    return ended;
  });
}

/** Replaces role, scope and staff number. Sessions end, so that nothing is done with the rights of before. */
export async function changeRole(
  deps: Deps,
  actor: Actor,
  ref: UserRef,
  given: Grant,
  staffExists: StaffCheck,
): Promise<User> {
  const found = await userToChange(deps, actor, ref);
  const grant = await checkedGrant(deps, actor.cityCode, given, staffExists);
  await inTx(deps.db, async (tx) => {
    await refuseSecondAccount(tx, actor.cityCode, grant.staffNo, found.id);
    await updateRole(tx, { userId: found.id, ...grant, at: deps.clock.now() });
    await endAll(tx, found.id);
    const before = { role: found.role, scopeCode: found.scope_code, staffNo: found.staff_no };
    await note(deps, tx, actor, 'user.role_changed', found.username, { before, after: grant });
  });
  return oneUser(deps, actor.cityCode, found.id);
}

export type UserSearch = Pick<UserFilter, 'q' | 'role' | 'state' | 'limit'> & { cursor?: string | undefined };

/** Accounts of the actor's city by username. */
export async function searchUsers(
  deps: Deps,
  actor: Actor,
  search: UserSearch,
): Promise<{ items: User[]; next: string | null }> {
  requirePermission(actor, 'user.manage');
  const { cursor, ...filter } = search;
  const [after] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  const rows = await listUsers(deps.db.app, { ...filter, cityCode: actor.cityCode, after, ...moments(deps) });
  const users = await usersOf(deps, rows);
  return pageOf(
    users,
    search.limit,
    (user) => user,
    (user) => [user.username],
  );
}

/** @throws Refusal `access.user_unknown`. */
export async function userById(deps: Deps, actor: Actor, id: string): Promise<User> {
  requirePermission(actor, 'user.manage');
  return oneUser(deps, actor.cityCode, id);
}

export async function roles(deps: Deps, actor: Actor) {
  requirePermission(actor, 'user.manage');
  return allRoles(deps.db.app);
}

/** Now, and since when a session must have been used to be open. */
function moments(deps: Deps): { at: Date; idleSince: Date } {
  const at = deps.clock.now();
  return { at, idleSince: new Date(at.getTime() - signInRules(dayOf(at)).idleMinutes * 60_000) };
}

async function oneUser(deps: Deps, cityCode: string, id: string): Promise<User> {
  const [row] = await listUsers(deps.db.app, { cityCode, id, limit: 1, ...moments(deps) });
  const [user] = row === undefined ? [] : await usersOf(deps, [row]);
  if (user === undefined) throw new Refusal('access.user_unknown');
  return user;
}

async function usersOf(deps: Deps, rows: readonly UserListRow[]): Promise<User[]> {
  const hashes = rows.map((row) => nameHash(deps, row.username));
  const locked = await lockedNames(deps.db.app, hashes, deps.clock.now());
  const until = new Map(locked.map((row) => [row.name_hash.toString('hex'), row.locked_until]));
  return rows.map((row, at) => ({
    id: row.id,
    username: row.username,
    name: row.name,
    role: roleSchema.parse(row.role),
    scope: row.scope_code,
    staffNo: row.staff_no,
    totpEnabled: row.two_factor_enabled,
    mustChangePassword: row.must_change_password,
    sessions: row.sessions,
    lastSignedInAt: momentOrNull(row.last_signed_in_at),
    lockedUntil: momentOrNull(until.get(hashes[at]?.toString('hex') ?? '')),
    disabledAt: momentOrNull(row.disabled_at),
    createdAt: isoMoment(row.created_at),
  }));
}

function momentOrNull(at: Date | null | undefined): string | null {
  return at ? isoMoment(at) : null;
}

function checkedUsername(text: string): string {
  if (!usernameSchema.safeParse(text).success)
    throw new Refusal('access.username_invalid', {}, { field: 'username' });
  return text.toLowerCase();
}

interface CheckedGrant {
  role: Role;
  scopeCode: string | null;
  staffNo: string | null;
}

async function checkedGrant(
  deps: Deps,
  cityCode: string,
  given: Grant,
  staffExists: StaffCheck,
): Promise<CheckedGrant> {
  const role = roleSchema.safeParse(given.role).data;
  if (role === undefined)
    throw new Refusal('access.role_unknown', { roles: ROLES.join(', ') }, { field: 'role' });
  const scopeCode = given.scope || null;
  if (scopeCode === null && SCOPED_ROLES.includes(role)) {
    throw new Refusal('access.scope_required', {}, { field: 'scope' });
  }
  if (scopeCode !== null && parseScope(scopeCode, cityCode) === undefined) {
    throw new Refusal('access.scope_unknown', {}, { field: 'scope' });
  }
  const staffNo = given.staffNo || null;
  const needsStaff = (await allRoles(deps.db.app)).find((one) => one.role === role)?.needs_staff_no ?? false;
  if (needsStaff && staffNo === null) throw new Refusal('access.staff_required', {}, { field: 'staffNo' });
  if (staffNo !== null && !(await staffExists(cityCode, staffNo))) {
    throw new Refusal('access.staff_unknown', {}, { field: 'staffNo' });
  }
  return { role, scopeCode, staffNo };
}

/** One account a person: with two, somebody could hold two of the administrators' roles. */
async function refuseSecondAccount(
  tx: Tx,
  cityCode: string,
  staffNo: string | null,
  own: string,
): Promise<void> {
  const other = staffNo === null ? undefined : await findUserOfStaff(tx, cityCode, staffNo);
  if (other !== undefined && other !== own) throw new Refusal('access.staff_taken', {}, { field: 'staffNo' });
}

async function userOf(deps: Deps, actor: Actor, ref: UserRef): Promise<UserRow> {
  requirePermission(actor, 'user.manage');
  const found =
    'id' in ref
      ? await findUserById(deps.db.app, ref.id)
      : await findUserByName(deps.db.app, ref.username.toLowerCase());
  if (found === undefined || found.city_code !== actor.cityCode) throw new Refusal('access.user_unknown');
  return found;
}

async function userToChange(deps: Deps, actor: Actor, ref: UserRef): Promise<UserRow> {
  const found = await userOf(deps, actor, ref);
  if (actor.kind === 'user' && actor.id === found.id) throw new Refusal('access.own_account');
  return found;
}

async function endAll(tx: Tx, userId: string): Promise<number> {
  await deleteChallengesOf(tx, userId);
  return deleteSessionsOf(tx, userId);
}

async function note(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  action: string,
  username: string,
  detail: object,
  reason?: string,
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'user',
    subjectId: username,
    detail: { ...detail },
    ...(reason ? { reason } : {}),
    cityCode: actor.cityCode,
    at: deps.clock.now(),
  });
}
