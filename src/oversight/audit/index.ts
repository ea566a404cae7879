/**
 * Audit (审计): who did what to what, when, with which result. Lines are added in the transaction of the
 * action that they tell of, and nobody can change or delete them: the application's role may only insert and
 * read.
 */
export { audit, auditAll, auditErasure, lastAudited } from './actions.ts';
export type { AuditEntry, AuditedActor, AuditResult } from './audit.ts';
