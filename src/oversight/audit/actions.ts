import { type Day, endOfDay, isoMoment, startOfDay } from '../../kernel/day.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type TableFormat, writeTable } from '../../platform/files-write.ts';
import type { AuditEntry, AuditedActor } from './audit.ts';
import type { AuditLine, AuditQuery } from './contract.ts';
import { type AuditFilter, type AuditRow, findAudit, insertAudit, insertAudits } from './store.ts';

defineRefusals({
  'audit.too_many': {
    status: 422,
    zh: '符合条件的记录超过 {limit} 条，没有导出。请缩短日期范围或增加条件。',
    en: 'More than {limit} lines match, so nothing was exported. Narrow the days or add a condition.',
  },
});

const EXPORT_LINES = 50_000;

/** Adds one line to the audit within `tx`: it stands exactly if the action stands. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await insertAudit(tx, entry);
}

/** Adds many lines to the audit within `tx`, in one statement. */
export async function auditAll(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0) await insertAudits(tx, entries);
}

/** Tells that retention has erased something; `detail` says how many and from before when. */
export async function auditErasure(
  tx: Tx,
  erased: Pick<AuditEntry, 'action' | 'subjectKind' | 'detail' | 'cityCode' | 'at'>,
): Promise<void> {
  await audit(tx, { ...erased, actor: { kind: 'system', name: 'retention' }, subjectId: '' });
}

/** What was last noted of an action in the city, whoever did it; undefined when it never happened. */
export async function lastAudited(
  reader: Reader,
  cityCode: string,
  action: string,
): Promise<{ subjectId: string; detail: Readonly<Record<string, unknown>> } | undefined> {
  const [row] = await findAudit(reader, { cityCode, action, limit: 1 });
  return row && { subjectId: row.subject_id, detail: row.detail ?? {} };
}

/** Who asks, with the city whose audit they may read. */
export type Auditor = AuditedActor & { readonly cityCode: string };

/** Lines of the auditor's city, newest first, a page at a time. */
export async function searchAudit(
  deps: Deps,
  auditor: Auditor,
  query: AuditQuery,
): Promise<{ items: AuditLine[]; next: string | null }> {
  const before = decodeMomentCursor(query.cursor, /^[1-8]?\d{1,18}$/);
  const rows = await findAudit(deps.db.read, { ...filterOf(auditor, query), before, limit: query.limit });
  return pageOf(rows, query.limit, lineOf, (row) => [row.recorded_at.toISOString(), row.audit_id]);
}

/**
 * The lines as a file; the export is itself a line.
 * @throws Refusal `audit.too_many`.
 */
export async function exportAudit(
  deps: Deps,
  auditor: Auditor,
  query: AuditQuery,
  format: TableFormat,
): Promise<Buffer> {
  const rows = await findAudit(deps.db.read, { ...filterOf(auditor, query), limit: EXPORT_LINES });
  if (rows.length > EXPORT_LINES) throw new Refusal('audit.too_many', { limit: EXPORT_LINES });
  const file = await writeTable({ columns: COLUMNS, rows: rows.map(cellsOf) }, format);
  const { cursor: _cursor, limit: _limit, ...filter } = query;
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor: auditor,
      action: 'export.audit',
      subjectKind: 'audit',
      subjectId: '',
      detail: { ...filter, lines: rows.length },
      cityCode: auditor.cityCode,
      at: deps.clock.now(),
    }),
  );
  return file;
}

function filterOf(auditor: Auditor, query: AuditQuery): Omit<AuditFilter, 'limit'> {
  return {
    cityCode: auditor.cityCode,
    actor: query.actor,
    action: query.action,
    subjectKind: query.subjectKind,
    subject: query.subject,
    result: query.result,
    from: query.from === undefined ? undefined : startOfDay(query.from as Day),
    until: query.to === undefined ? undefined : endOfDay(query.to as Day),
  };
}

function lineOf(row: AuditRow): AuditLine {
  return {
    id: row.audit_id,
    recordedAt: isoMoment(row.recorded_at),
    actorKind: row.actor_kind,
    actor: row.actor_name,
    action: row.action,
    subjectKind: row.subject_kind,
    subject: row.subject_id,
    result: row.result,
    reason: row.reason,
    detail: row.detail,
  };
}

const COLUMNS = [
  'recorded_at',
  'actor_kind',
  'actor',
  'action',
  'subject_kind',
  'subject',
  'result',
  'reason',
  'detail',
];

function cellsOf(row: AuditRow): (string | null)[] {
  const line = lineOf(row);
  return [
    line.recordedAt,
    line.actorKind,
    line.actor,
    line.action,
    line.subjectKind,
    line.subject,
    line.result,
    line.reason,
    line.detail === null ? null : JSON.stringify(line.detail),
  ];
}
