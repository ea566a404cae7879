import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { filesOf } from '../../platform/stored-file.ts';
import { EXPORT_ROWS, exported } from '../../registry/region/index.ts';
import { findingImport } from './actions.ts';
import { claimOf, filesOwner, mayDecide, type RulesInForce, reachOf } from './desk-actions.ts';
import type { FindingDetail, FindingLine, FindingQuery, PatrolKit } from './desk-contract.ts';
import { type FindingRecord, findFinding, listFindings, windowsToPatrol } from './desk-store.ts';
import { stateOf } from './finding.ts';
import { patrolRules } from './rules.ts';
import { openVisits } from './visit-actions.ts';

const ID = /^.{1,60}$/;

type Query = Omit<FindingQuery, 'format' | 'lang'>;

/** Findings within reach, the newest first. */
export async function findings(
  deps: Deps,
  actor: Actor,
  { query, rulesInForce }: { query: Query; rulesInForce: RulesInForce },
): Promise<{ items: FindingLine[]; next: string | null }> {
  requirePermission(actor, 'finding.read');
  const { cursor, limit, ...filter } = query;
  const after = decodeMomentCursor(cursor, ID);
  const rows = await listFindings(deps.db.read, reachOf(actor), { ...filter, after, limit: limit + 1 });
  const names = await namesOf(deps, actor, rulesInForce);
  const line = (row: FindingRecord) => lineOf(row, names);
  return pageOf(rows, limit, line, (row) => [isoMoment(row.recorded_at), row.finding_id]);
}

/** The same as a table with the columns of the import, which takes it back unchanged. */
export async function findingTable(deps: Deps, actor: Actor, query: Query): Promise<OutTable> {
  requirePermission(actor, 'finding.read');
  const { cursor: _, ...filter } = query;
  const rows = await listFindings(deps.db.read, reachOf(actor), { ...filter, limit: EXPORT_ROWS });
  return await exported(deps, actor, 'findings', {
    columns: findingImport.columns.map(({ name }) => name),
    rows: rows.map((row) => [
      ...[row.finding_id, row.occurred_on, row.subject_kind, row.subject_code, row.rule, row.quantity],
      ...[row.project_no, row.evidence, row.recorded_by, row.confirmed_by],
    ]),
  });
}

/** One finding with its photos. @throws Refusal `finding.unknown` */
export async function findingBy(
  deps: Deps,
  actor: Actor,
  { id, rulesInForce }: { id: string; rulesInForce: RulesInForce },
): Promise<FindingDetail> {
  const row = await findFinding(deps.db.app, reachOf(actor), id);
  if (row === undefined) throw new Refusal('finding.unknown');
  const files = await filesOf(deps.db.app, filesOwner(actor.cityCode, id));
  return {
    ...lineOf(row, await namesOf(deps, actor, rulesInForce)),
    claimedAt: row.claimed_at && isoMoment(row.claimed_at),
    claimedDay: claimOf(row) ?? null,
    photos: row.photos,
    files: files.map(({ file_id, name, type, size_bytes }) => ({
      id: file_id,
      name,
      type,
      size: Number(size_bytes),
    })),
    may: { decide: mayDecide(actor, row) },
  };
}

type Names = ReadonlyMap<string, { readonly zh: string; readonly en: string }>;

/** What the scheme in force now calls its rules. */
async function namesOf(deps: Deps, actor: Actor, rulesInForce: RulesInForce): Promise<Names> {
  const rules = await rulesInForce(deps.db.read, actor.cityCode, dayOf(deps.clock.now()));
  return new Map(rules.map(({ code, name }) => [code, name]));
}

function lineOf(row: FindingRecord, names: Names): FindingLine {
  return {
    id: row.finding_id,
    way: row.way,
    state: stateOf(row),
    occurredOn: row.occurred_on,
    subjectKind: row.subject_kind as FindingLine['subjectKind'],
    subjectCode: row.subject_code,
    subjectName: row.subject_name,
    departmentName: row.department_name,
    windowCode: row.window_code,
    rule: row.rule,
    ruleName: names.get(row.rule) ?? null,
    quantity: row.quantity,
    projectNo: row.project_no,
    evidence: row.evidence,
    recordedBy: row.recorded_by,
    recordedAt: isoMoment(row.recorded_at),
    decidedBy: row.confirmed_by ?? row.rejected_by,
    note: row.decision_note || null,
  };
}

/** What a phone on patrol takes along: windows, rules of the day, limits of photos, open visits. */
export async function patrolKitFor(deps: Deps, actor: Actor, rulesInForce: RulesInForce): Promise<PatrolKit> {
  requirePermission(actor, 'inspect.write');
  const on = dayOf(deps.clock.now());
  const scope = { ...actor.scope, cityCode: actor.cityCode };
  const windows = await windowsToPatrol(deps.db.read, scope, on);
  return {
    on,
    photo: patrolRules(on).photo,
    rules: (await rulesInForce(deps.db.read, actor.cityCode, on)).map((rule) => ({ ...rule })),
    windows: windows.map(({ department_code, department_name, ...rest }) => ({
      ...rest,
      departmentCode: department_code,
      departmentName: department_name,
    })),
    visits: await openVisits(deps, actor),
  };
}
