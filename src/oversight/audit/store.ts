import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import type { AuditEntry } from './audit.ts';

export async function insertAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { actor } = entry;
  await sql`
    INSERT INTO oversight.audit (city_code, recorded_at, actor_kind, actor_id, actor_name, action, subject_kind,
      subject_id, result, reason, detail)
    VALUES (${entry.cityCode}, ${entry.at}, ${actor.kind}, ${actor.id ?? ''}, ${actor.username ?? actor.name},
      ${entry.action}, ${entry.subjectKind}, ${entry.subjectId}, ${entry.result ?? 'ok'}, ${entry.reason ?? null},
      ${entry.detail ? JSON.stringify(entry.detail) : null}::jsonb)`.execute(tx);
}
