import { Refusal } from '../../kernel/refusal.ts';
import { PERMISSIONS, type Permission, type Role } from './contract.ts';
import './refusals.ts';
import type { Scope } from './scope.ts';

interface Doer {
  readonly cityCode: string;
  /** What the audit calls them; never the name of a citizen. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}

/** Somebody who is away, for whom a deputy acts. */
interface Principal {
  readonly id: string;
  readonly username: string;
  readonly staffNo?: string;
  /** department of the deputy, whose scope is the principal's meanwhile */
  readonly deputyDepartment?: string;
}

/** A person of the hall, signed in. */
export interface UserActor extends Doer {
  readonly kind: 'user';
  readonly id: string;
  readonly username: string;
  /** One role an account: nobody holds two of the three administrators. */
  readonly roles: readonly Role[];
  readonly staffNo?: string;
  /** for whom they stand in at this request (AB 岗); their rights are that account's, they stay themselves */
  readonly onBehalfOf?: Principal;
}

/** Whether an account is the actor, or the one for whom the actor stands in: two people are neither. */
export function isSelf(actor: UserActor, id: string | null): boolean {
  return id !== null && (id === actor.id || id === actor.onBehalfOf?.id);
}

/** Whether something concerns the actor, or the one for whom the actor stands in. */
export function isConcerned(actor: Actor, staffNo: string | null): boolean {
  if (actor.kind !== 'user' || staffNo === null) return false;
  return staffNo === actor.staffNo || staffNo === actor.onBehalfOf?.staffNo;
}

/** The staff numbers of the actor and of the one for whom the actor stands in: what neither may judge. */
export function ownStaff(actor: Actor): string[] {
  if (actor.kind !== 'user') return [];
  return [actor.staffNo, actor.onBehalfOf?.staffNo].filter((one) => one !== undefined);
}

/** Whether the actor, or the one for whom they stand in, took the first of two steps, in any account. */
export function isSamePerson(
  actor: UserActor,
  first: { readonly proposed_by: string; readonly proposed_staff: string | null },
): boolean {
  return isSelf(actor, first.proposed_by) || isConcerned(actor, first.proposed_staff);
}

/** The username under a decision; a deputy's names the one who is away, too. */
export function signatureOf({ username, onBehalfOf }: UserActor): string {
  return onBehalfOf === undefined ? username : `${username}（代${onBehalfOf.username}）`;
}

/** A deputy proposes in no name but their own. @throws Refusal `deputy.decides_only` */
export function requireOneself({ onBehalfOf }: UserActor): void {
  if (onBehalfOf !== undefined) throw new Refusal('deputy.decides_only');
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

/** What a key may do within its scope: every route of /api/v1, but never open an identity. */
export const KEY_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>([
  'registry.read',
  'import.run',
  'record.read',
  'record.write',
  'record.correct',
  'rating.read',
  'order.read',
  'voice.write',
  'ticket.draw',
  'score.read',
  'scheme.read',
  'export.run',
]);

const everything: ReadonlySet<Permission> = new Set(PERMISSIONS);
const nothing: ReadonlySet<Permission> = new Set();

/** Anybody: a citizen with a link, or a page before signing in. */
export function publicActor(cityCode: string): PlainActor {
  return { kind: 'public', name: 'public', cityCode, permissions: nothing, scope: { cityCode } };
}

/** The operator at the machine. */
export function cliActor(cityCode: string): PlainActor {
  return { kind: 'cli', name: 'cli', cityCode, permissions: everything, scope: { cityCode } };
}

/** The product itself, by the part that acts: a job, the demo's filling. */
export function systemActor(cityCode: string, name: string): PlainActor {
  return { kind: 'system', name, cityCode, permissions: everything, scope: { cityCode } };
}

/**
 * The staff number of a person who is rated too: whatever their role, they learn neither which case a rating
 * of theirs belongs to nor who gave it (domain §7).
 */
export function ratedAs(actor: Actor): string | undefined {
  return actor.kind === 'user' ? actor.staffNo : undefined;
}

/** @throws Refusal `access.permission_denied` when the actor lacks the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) throw new Refusal('access.permission_denied');
}
