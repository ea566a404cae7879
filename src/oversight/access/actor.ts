import { Refusal } from '../../kernel/refusal.ts';
import type { Permission, Role } from './contract.ts';
import type { Scope } from './scope.ts';

interface Doer {
  readonly cityCode: string;
  /** What the audit calls them; never the name of a citizen. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}

/** A person of the hall, signed in. */
export interface UserActor extends Doer {
  readonly kind: 'user';
  readonly id: string;
  readonly username: string;
  /** One role an account: nobody holds two of the three administrators. */
  readonly roles: readonly Role[];
  readonly staffNo?: string;
}

/** Another system, by its API key. */
export interface KeyActor extends Doer {
  readonly kind: 'key';
  readonly id: string;
}

/** The operator at the command line, the product itself, or anybody at all. */
export interface PlainActor extends Doer {
  readonly kind: 'cli' | 'system' | 'public';
}

/** Who does it: handed to every action, written into every audit entry. */
export type Actor = UserActor | KeyActor | PlainActor;

/** @throws Refusal `access.permission_denied` when the actor lacks the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) throw new Refusal('access.permission_denied');
}
