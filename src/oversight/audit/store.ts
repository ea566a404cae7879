import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { AuditEntry, AuditResult } from './audit.ts';

/** What explains a line, with the one for whom somebody stood in. */
function detailOf({ actor, detail }: Pick<AuditEntry, 'actor' | 'detail'>) {
  if (actor.onBehalfOf === undefined) return detail ?? null;
  return { ...detail, on_behalf_of: actor.onBehalfOf.username };
}

export async function insertAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { actor } = entry;
  const detail = detailOf(entry);
  await sql`
    INSERT INTO oversight.audit (city_code, recorded_at, actor_kind, actor_id, actor_name, action,
      subject_kind,
      subject_id, result, reason, detail)
    VALUES (${entry.cityCode}, ${entry.at}, ${actor.kind}, ${actor.id ?? ''}, ${actor.username ?? actor.name},
      ${entry.action}, ${entry.subjectKind}, ${entry.subjectId}, ${entry.result ?? 'ok'},
        ${entry.reason ?? null},
      ${detail ? JSON.stringify(detail) : null}::jsonb)`.execute(tx);
}

/** The same for many lines at once. */
export async function insertAudits(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  const given = entries.map(({ actor, at, result = 'ok', reason = null, detail, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    kind: actor.kind,
    id: actor.id ?? '',
    name: actor.username ?? actor.name,
    result,
    reason,
    detail: detailOf({ actor, ...(detail ? { detail } : {}) }),
  }));
  await sql`
    INSERT INTO oversight.audit (city_code, recorded_at, actor_kind, actor_id, actor_name, action,
      subject_kind, subject_id, result, reason, detail)
    SELECT "cityCode", at, kind, id, name, action, "subjectKind", "subjectId", result, reason, detail
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS r("cityCode" text, at timestamptz, kind text,
      id text, name text, action text, "subjectKind" text, "subjectId" text, result text, reason text,
      detail jsonb)`.execute(tx);
}

export interface AuditRow {
  audit_id: string;
  recorded_at: Date;
  actor_kind: 'user' | 'key' | 'cli' | 'system' | 'public';
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  result: AuditResult;
  reason: string | null;
  detail: Record<string, unknown> | null;
}

export interface AuditFilter {
  cityCode: string;
  actor?: string | undefined;
  /** The verb or its beginning. */
  action?: string | undefined;
  subjectKind?: string | undefined;
  subject?: string | undefined;
  result?: AuditResult | undefined;
  /** From this instant, included. */
  from?: Date | undefined;
  /** Until this instant, not included. */
  until?: Date | undefined;
  before?: { at: Date; id: string } | undefined;
  limit: number;
}

/** Lines of the city, newest first; one more than the limit tells that there are more. */
export async function findAudit(db: Reader, filter: AuditFilter): Promise<AuditRow[]> {
  const like = filter.action ? `${filter.action.replace(/[\\%_]/g, '\\$&')}%` : null;
  const conditions = [
    sql`city_code = ${filter.cityCode}`,
    ...(filter.actor ? [sql`actor_name = ${filter.actor}`] : []),
    ...(like ? [sql`action LIKE ${like}`] : []),
    ...(filter.subjectKind ? [sql`subject_kind = ${filter.subjectKind}`] : []),
    ...(filter.subject ? [sql`subject_id = ${filter.subject}`] : []),
    ...(filter.result ? [sql`result = ${filter.result}`] : []),
    ...(filter.from ? [sql`recorded_at >= ${filter.from}`] : []),
    ...(filter.until ? [sql`recorded_at < ${filter.until}`] : []),
    ...(filter.before
      ? [sql`(recorded_at, audit_id) < (${filter.before.at}::timestamptz, ${filter.before.id}::bigint)`]
      : []),
  ];
  const { rows } = await sql<AuditRow>`
    SELECT audit_id, recorded_at, actor_kind, actor_name, action, subject_kind, subject_id, result, reason,
      detail
    FROM oversight.audit WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY recorded_at DESC, audit_id DESC LIMIT ${filter.limit + 1}`.execute(db);
  return rows;
}
