import { dayOf, parseDay } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import type { ImportContext, ImportedRow, ImportKind, LoadResult } from '../../platform/imports.ts';
import { compareConfirmed, mergeRows } from '../../platform/imports-merge.ts';
import { subjectJudge } from '../../registry/staff/index.ts';
import { type FindingRow, findingRowSchema } from './contract.ts';
import { findingConfirmed } from './fact.ts';
import { confirmFindings, findFindings, insertFindings, type StoredFinding } from './store.ts';
import { tellSubjects } from './telling-actions.ts';

const OPTIONAL = ['projectNo', 'confirmed_by'];

/** Import kind `findings` (contract §3). */
export const findingImport: ImportKind<FindingRow> = {
  kind: 'findings',
  columns: [
    'finding_id',
    'occurred_on',
    'subject_kind',
    'subject_code',
    'rule',
    'quantity',
    'projectNo',
    'evidence',
    'recorded_by',
    'confirmed_by',
  ].map((name) => ({ name, required: !OPTIONAL.includes(name) })),
  row: findingRowSchema,
  key: (row) => row.finding_id,
  load: loadFindings,
};

/** Adds what is new, names the second person where it was missing, refuses what differs. */
async function loadFindings(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<FindingRow>[],
): Promise<LoadResult> {
  const judge = await subjectJudge(
    tx,
    ctx,
    rows.map(({ row }) => subjectOf(row)),
  );
  const ids = rows.map(({ row }) => row.finding_id);
  const today = dayOf(ctx.now);
  const { added, filled, unchanged, problems } = mergeRows(rows, {
    key: 'finding_id',
    known: new Map((await findFindings(tx, ctx.cityCode, ids)).map((one) => [one.finding_id, one])),
    faultsOf: (row) => [
      row.occurred_on > today ? { column: 'occurred_on', code: 'finding.in_future' } : undefined,
      judge(subjectOf(row), { column: 'subject_code', code: 'finding.unknown_subject' }),
    ],
    toStored: storedOf,
    compare: compareConfirmed,
    differs: 'finding.differs',
  });
  const source = ctx.source === 'demo' ? 'demo' : 'import';
  if (added.length > 0) await insertFindings(tx, ctx.cityCode, added, { now: ctx.now, source });
  if (filled.length > 0) await confirmFindings(tx, ctx.cityCode, filled, ctx.now);
  await tellConfirmed(tx, ctx.cityCode, [...added, ...filled]);
  return { created: added.length, updated: filled.length, unchanged, problems };
}

function subjectOf({ subject_kind, subject_code }: FindingRow) {
  return { kind: subject_kind, code: subject_code };
}

/** Months whose confirmed findings are new, in one fact. */
async function tellConfirmed(tx: Tx, cityCode: string, findings: readonly StoredFinding[]): Promise<void> {
  const days = findings.flatMap(({ confirmed_by, occurred_on }) =>
    confirmed_by === null ? [] : [parseDay(occurred_on)],
  );
  const months = new Set(days.flatMap((day) => (day === undefined ? [] : [monthOf(day)])));
  if (months.size > 0) await emit(tx, findingConfirmed, { cityCode, months: [...months].sort() });
  await tellSubjects(
    tx,
    cityCode,
    findings.filter(({ confirmed_by: by }) => by !== null),
  );
}

function storedOf(row: FindingRow): StoredFinding {
  const { projectNo, confirmed_by, ...rest } = row;
  return { ...rest, project_no: projectNo || null, confirmed_by: confirmed_by || null };
}
