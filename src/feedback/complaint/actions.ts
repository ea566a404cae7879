import { knownCases } from '../../intake/case/index.ts';
import { assert } from '../../kernel/assert.ts';
import { dayOf, parseMoment } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import type { ImportContext, ImportedRow, ImportKind, LoadResult } from '../../platform/imports.ts';
import { type Following, mergeRows } from '../../platform/imports-merge.ts';
import { subjectJudge } from '../../registry/staff/index.ts';
import { type ComplaintRow, complaintRowSchema } from './contract.ts';
import { complaintUpheld } from './fact.ts';
import { decideComplaints, findComplaints, insertComplaints, type StoredComplaint } from './store.ts';

const OPTIONAL = ['projectNo', 'confirmed_by'];

/** Import kind `complaints` (contract §3). */
export const complaintImport: ImportKind<ComplaintRow> = {
  kind: 'complaints',
  columns: [
    'complaint_id',
    'received_at',
    'channel',
    'subject_kind',
    'subject_code',
    'projectNo',
    'text',
    'outcome',
    'confirmed_by',
  ].map((name) => ({ name, required: !OPTIONAL.includes(name) })),
  row: complaintRowSchema,
  key: (row) => row.complaint_id,
  load: loadComplaints,
};

/** Adds what is new, enters the outcome of what was open, refuses what differs. */
async function loadComplaints(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<ComplaintRow>[],
): Promise<LoadResult> {
  const judge = await subjectJudge(
    tx,
    ctx,
    rows.map(({ row }) => subjectOf(row)),
  );
  const ids = rows.map(({ row }) => row.complaint_id);
  const named = rows.flatMap(({ row }) => (row.projectNo ? [row.projectNo] : []));
  const cases = await knownCases(tx, ctx.cityCode, named);
  const { added, filled, unchanged, problems } = mergeRows(rows, {
    key: 'complaint_id',
    known: new Map((await findComplaints(tx, ctx.cityCode, ids)).map((one) => [one.complaint_id, one])),
    faultsOf: (row) => [
      momentOf(row) > ctx.now ? { column: 'received_at', code: 'complaint.in_future' } : undefined,
      judge(subjectOf(row), { column: 'subject_code', code: 'complaint.unknown_subject' }),
      row.projectNo && !cases.has(row.projectNo)
        ? { column: 'projectNo', code: 'complaint.unknown_case' }
        : undefined,
    ],
    toStored: storedOf,
    compare,
    differs: 'complaint.differs',
  });
  const at = { now: ctx.now, source: ctx.source === 'demo' ? 'demo' : 'import', by: ctx.by };
  if (added.length > 0) await insertComplaints(tx, ctx.cityCode, added, at);
  if (filled.length > 0) await decideComplaints(tx, ctx.cityCode, filled, ctx.now);
  await tellUpheld(tx, ctx.cityCode, [...added, ...filled]);
  return { created: added.length, updated: filled.length, unchanged, problems };
}

function subjectOf({ subject_kind, subject_code }: ComplaintRow) {
  return { kind: subject_kind, code: subject_code };
}

/** Months in which complaints newly count, in one fact. */
async function tellUpheld(tx: Tx, cityCode: string, complaints: readonly StoredComplaint[]): Promise<void> {
  const counting = complaints.filter((one) => one.outcome === 'at_fault' && one.confirmed_by !== null);
  const months = new Set(counting.map(({ received_at }) => monthOf(dayOf(received_at))));
  if (months.size > 0) await emit(tx, complaintUpheld, { cityCode, months: [...months].sort() });
}

function storedOf(row: ComplaintRow): StoredComplaint {
  const { projectNo, confirmed_by, text, ...rest } = row;
  return {
    ...rest,
    received_at: momentOf(row),
    body: text,
    project_no: projectNo || null,
    confirmed_by: confirmed_by || null,
  };
}

function momentOf({ received_at }: ComplaintRow): Date {
  const received = parseMoment(received_at);
  assert(received !== undefined, 'the schema has checked the moment');
  return received;
}

/** The same complaint; its outcome may be entered later, and who confirmed it. */
function compare(known: StoredComplaint, given: StoredComplaint): Following {
  const { outcome: knownOutcome, confirmed_by: knownBy, received_at: knownAt, ...one } = known;
  const { outcome, confirmed_by: givenBy, received_at: at, ...other } = given;
  const equal = (Object.keys(other) as (keyof typeof other)[]).every(
    // A text that has been erased can't be compared any more.
    (key) => one[key] === other[key] || (key === 'body' && one.body === ''),
  );
  if (!equal || knownAt.getTime() !== at.getTime()) return 'differs';
  if (outcome === 'open') return 'same';
  if (knownOutcome === 'open') return 'more';
  if (knownOutcome !== outcome) return 'differs';
  if (knownBy === null) return givenBy === null ? 'same' : 'more';
  return givenBy === null || knownBy === givenBy ? 'same' : 'differs';
}
