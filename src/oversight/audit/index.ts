/**
 * Audit (审计): who did what to what, when, with which result. Lines are added in the transaction of the action that
 * they tell of, and nobody can change or delete them: the application's role may only insert and read.
 */
import type { Tx } from '../../platform/db.ts';
import type { AuditEntry } from './audit.ts';
import { insertAudit } from './store.ts';

export type { AuditEntry, AuditedActor, AuditResult } from './audit.ts';

/** Adds one line to the audit within `tx`: it stands exactly if the action stands. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await insertAudit(tx, entry);
}
