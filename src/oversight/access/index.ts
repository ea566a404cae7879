/**
 * Access (账号与权限): who is there, what they may do, and which data they may see. People sign in with a name, a
 * password and, where the role asks for it, a second factor; other systems bring an API key. Both become an
 * `Actor`, which every action takes and every audit entry names. A role says what may be done, a scope
 * bounds the data it may be done with.
 */
import './refusals.ts';

export {
  type Actor,
  cliActor,
  isConcerned,
  isSamePerson,
  isSelf,
  type KeyActor,
  ownStaff,
  type PlainActor,
  publicActor,
  ratedAs,
  requireOneself,
  requirePermission,
  signatureOf,
  systemActor,
  type UserActor,
} from './actor.ts';
export type { Permission, Role } from './contract.ts';
export { deputiesNow, isLent } from './deputy-actions.ts';
export { authorizer } from './gate-http.ts';
export { accountsOfStaff, type Holder, holdersOf } from './holder-actions.ts';
export { createApiKey } from './key-actions.ts';
export { type OfficeNetworks, officeNetworks } from './network-actions.ts';
export { parseScope, type Scope } from './scope.ts';
export { isStaffBrowser } from './staff-mark-http.ts';
export { anyUser, createUser, disableUser, type Grant, resetUser, type StaffCheck } from './user-actions.ts';
