import { dayOf, parseDay } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import type { ImportContext, ImportedRow, ImportKind, LoadResult } from '../../platform/imports.ts';
import { compareConfirmed, mergeRows } from '../../platform/imports-merge.ts';
import { subjectJudge } from '../../registry/staff/index.ts';
import { type MeritRow, meritRowSchema } from './contract.ts';
import { meritConfirmed } from './fact.ts';
import { confirmMerits, findMerits, insertMerits, type StoredMerit } from './store.ts';

/** Import kind `merits` (contract §3). */
export const meritImport: ImportKind<MeritRow> = {
  kind: 'merits',
  columns: ['merit_id', 'occurred_on', 'staff_no', 'rule', 'quantity', 'evidence', 'confirmed_by'].map(
    (name) => ({ name, required: name !== 'confirmed_by' }),
  ),
  row: meritRowSchema,
  key: (row) => row.merit_id,
  load: loadMerits,
};

/** Adds what is new, names who confirmed where that was missing, refuses what differs. */
async function loadMerits(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<MeritRow>[],
): Promise<LoadResult> {
  const judge = await subjectJudge(
    tx,
    ctx,
    rows.map(({ row }) => subjectOf(row)),
  );
  const ids = rows.map(({ row }) => row.merit_id);
  const today = dayOf(ctx.now);
  const { added, filled, unchanged, problems } = mergeRows(rows, {
    key: 'merit_id',
    known: new Map((await findMerits(tx, ctx.cityCode, ids)).map((one) => [one.merit_id, one])),
    faultsOf: (row) => [
      row.occurred_on > today ? { column: 'occurred_on', code: 'merit.in_future' } : undefined,
      judge(subjectOf(row), { column: 'staff_no', code: 'merit.unknown_staff' }),
    ],
    toStored: (row): StoredMerit => ({ ...row, confirmed_by: row.confirmed_by || null }),
    compare: compareConfirmed,
    differs: 'merit.differs',
  });
  const at = { now: ctx.now, source: ctx.source === 'demo' ? 'demo' : 'import', by: ctx.by };
  if (added.length > 0) await insertMerits(tx, ctx.cityCode, added, at);
  if (filled.length > 0) await confirmMerits(tx, ctx.cityCode, filled, ctx.now);
  await tellConfirmed(tx, ctx.cityCode, [...added, ...filled]);
  return { created: added.length, updated: filled.length, unchanged, problems };
}

function subjectOf({ staff_no }: MeritRow) {
  return { kind: 'staff', code: staff_no } as const;
}

/** Months whose confirmed merits are new, in one fact. */
export async function tellConfirmed(tx: Tx, cityCode: string, merits: readonly StoredMerit[]): Promise<void> {
  const days = merits.flatMap(({ confirmed_by, occurred_on }) =>
    confirmed_by === null ? [] : [parseDay(occurred_on)],
  );
  const months = new Set(days.flatMap((day) => (day === undefined ? [] : [monthOf(day)])));
  if (months.size > 0) await emit(tx, meritConfirmed, { cityCode, months: [...months].sort() });
}
