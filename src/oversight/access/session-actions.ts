import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { UserActor } from './actor.ts';
import {
  type Me,
  type Permission,
  permissionSchema,
  type Role,
  roleSchema,
  SCOPED_ROLES,
} from './contract.ts';
import { newId, newToken, tokenHash } from './credential-actions.ts';
import { signInRules } from './rule-actions.ts';
import { parseScope, type Scope } from './scope.ts';
import { deleteSession, findSession, insertSession, type SessionRow, touchSession } from './session-store.ts';

/** What still stands between a person and the work. */
export type PendingStep = Me['pending'][number];

/** A person with an open session. */
export interface SignedIn {
  readonly actor: UserActor;
  readonly sessionId: string;
  readonly pending: readonly PendingStep[];
  readonly me: Me;
}

/** Where a request came from, for the list of sessions and the audit. */
export interface Origin {
  readonly address: string | null;
  readonly agent: string | null;
}

const TOUCH_EVERY_MS = 10_000;

/**
 * The person behind a session's secret. A session ends after the idle time, at its absolute end, and when
 * the account is disabled; the machine's clock plays no part, only the instance's.
 * @throws Refusal `access.sign_in_required` or `access.session_expired`.
 */
export async function resolveSession(
  deps: Deps,
  token: string,
  { touch = true }: { touch?: boolean } = {},
): Promise<SignedIn> {
  const hash = tokenHash(token);
  const row = await findSession(deps.db.app, hash);
  if (row === undefined) throw new Refusal('access.sign_in_required');
  const now = deps.clock.now();
  const idleMs = signInRules(dayOf(now)).idleMinutes * 60_000;
  const idle = now.getTime() - row.updated_at.getTime();
  if (idle >= idleMs || row.expires_at <= now || row.disabled_at !== null) {
    await deleteSession(deps.db.app, hash);
    throw new Refusal(row.disabled_at === null ? 'access.session_expired' : 'access.sign_in_required');
  }
  if (touch && idle >= TOUCH_EVERY_MS) await touchSession(deps.db.app, row.session_id, now);
  return signedIn(deps, row);
}

/** Opens a session with a secret of its own, whatever the browser brought along; answers the secret. */
export async function openSession(deps: Deps, tx: Tx, userId: string, origin: Origin): Promise<string> {
  const token = newToken();
  const at = deps.clock.now();
  const expiresAt = new Date(at.getTime() + signInRules(dayOf(at)).sessionHours * 3_600_000);
  const agent = origin.agent?.slice(0, 200) ?? null;
  await insertSession(tx, {
    id: newId(),
    userId,
    tokenHash: tokenHash(token),
    at,
    expiresAt,
    address: origin.address,
    agent,
  });
  return token;
}

function signedIn(deps: Deps, row: SessionRow): SignedIn {
  const role = roleSchema.parse(row.role);
  const permissions = knownPermissions(row.permissions);
  const required = row.needs_second_factor && !deps.config.demo;
  const pending: PendingStep[] = [];
  if (row.must_change_password) pending.push('password');
  if (required && !row.two_factor_enabled) pending.push('totp');
  const scope = scopeOf(row.scope_code, row.city_code, role);
  const actor = userActor(row, role, scope, permissions);
  return {
    actor,
    sessionId: row.session_id,
    pending,
    me: meOf(deps, row, { role, scope, permissions, pending, required }),
  };
}

function userActor(row: SessionRow, role: Role, scope: Scope, permissions: readonly Permission[]): UserActor {
  return {
    kind: 'user',
    id: row.id,
    cityCode: row.city_code,
    username: row.username,
    name: row.name,
    roles: [role],
    permissions: new Set(permissions),
    scope,
    ...(row.staff_no === null ? {} : { staffNo: row.staff_no }),
  };
}

interface Standing {
  role: Role;
  scope: Scope;
  permissions: Permission[];
  pending: PendingStep[];
  required: boolean;
}

function meOf(deps: Deps, row: SessionRow, standing: Standing): Me {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    role: standing.role,
    roleName: { zh: row.role_zh, en: row.role_en },
    permissions: standing.permissions,
    scope: standing.scope,
    staffNo: row.staff_no,
    pending: standing.pending,
    totp: { enabled: row.two_factor_enabled, required: standing.required },
    idleMinutes: signInRules(dayOf(deps.clock.now())).idleMinutes,
    sessionEndsAt: isoMoment(row.expires_at),
    demo: deps.config.demo,
  };
}

/**
 * The scope as stored; one that can no longer be read, or that a role needs and lacks, bounds everything away
 * instead of nothing.
 */
export function scopeOf(code: string | null, cityCode: string, role: Role): Scope {
  if (code === null) return SCOPED_ROLES.includes(role) ? { cityCode, departmentCode: 'none' } : { cityCode };
  return parseScope(code, cityCode) ?? { cityCode, departmentCode: code };
}

/** Roles are data: a permission that this version doesn't know grants nothing. */
export function knownPermissions(names: readonly string[]): Permission[] {
  return names.flatMap((name) => permissionSchema.safeParse(name).data ?? []);
}
