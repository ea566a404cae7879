import { assert } from '../../kernel/assert.ts';
import { dayOf, parseMoment } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import {
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type LoadResult,
  type RowProblem,
  sift,
} from '../../platform/imports.ts';
import { inReach } from '../../registry/region/index.ts';
import { type ComplaintRow, complaintRowSchema } from './contract.ts';
import { complaintUpheld } from './fact.ts';
import {
  decideComplaints,
  findComplaints,
  insertComplaints,
  placesOf,
  type StoredComplaint,
} from './store.ts';

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

type Problem = Omit<RowProblem, 'line'>;

/** Adds what is new, enters the outcome of what was open, refuses what differs. */
async function loadComplaints(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<ComplaintRow>[],
): Promise<LoadResult> {
  const subjects = rows.map(({ row }) => ({ kind: row.subject_kind, code: row.subject_code }));
  const places = new Map(
    (await placesOf(tx, ctx.cityCode, subjects)).map((place) => [`${place.kind}/${place.code}`, place]),
  );
  const ids = rows.map(({ row }) => row.complaint_id);
  const before = new Map((await findComplaints(tx, ctx.cityCode, ids)).map((one) => [one.complaint_id, one]));
  const added: StoredComplaint[] = [];
  const decided: StoredComplaint[] = [];
  let unchanged = 0;
  const { problems } = sift(rows, (row): Problem | undefined => {
    const given = storedOf(row);
    if (given.received_at > ctx.now) return { column: 'received_at', code: 'complaint.in_future' };
    const place = places.get(`${row.subject_kind}/${row.subject_code}`);
    if (place === undefined) return { column: 'subject_code', code: 'complaint.unknown_subject' };
    const reach = { regionCode: place.region_code, departmentCode: place.department_code };
    if (!inReach(ctx.scope, reach)) return { column: null, code: 'import.out_of_scope' };
    const known = before.get(given.complaint_id);
    if (known === undefined) added.push(given);
    else if (!mayFollow(known, given)) {
      return { column: 'complaint_id', code: 'complaint.differs', params: { id: given.complaint_id } };
    } else if (saysMore(known, given)) decided.push(given);
    else unchanged += 1;
    return undefined;
  });
  const at = { now: ctx.now, source: ctx.source === 'demo' ? 'demo' : 'import', by: ctx.by };
  if (added.length > 0) await insertComplaints(tx, ctx.cityCode, added, at);
  if (decided.length > 0) await decideComplaints(tx, ctx.cityCode, decided, ctx.now);
  await tellUpheld(tx, ctx.cityCode, [...added, ...decided]);
  return { created: added.length, updated: decided.length, unchanged, problems };
}

/** Months in which complaints newly count, in one fact. */
async function tellUpheld(tx: Tx, cityCode: string, complaints: readonly StoredComplaint[]): Promise<void> {
  const counting = complaints.filter((one) => one.outcome === 'at_fault' && one.confirmed_by !== null);
  const months = new Set(counting.map(({ received_at }) => monthOf(dayOf(received_at))));
  if (months.size > 0) await emit(tx, complaintUpheld, { cityCode, months: [...months].sort() });
}

function storedOf(row: ComplaintRow): StoredComplaint {
  const { projectNo, confirmed_by, received_at, text, ...rest } = row;
  const received = parseMoment(received_at);
  assert(received !== undefined, 'the schema has checked the moment');
  return {
    ...rest,
    received_at: received,
    body: text,
    project_no: projectNo || null,
    confirmed_by: confirmed_by || null,
  };
}

/** The same complaint, its outcome open before or the same, its confirmation missing before or the same. */
function mayFollow(known: StoredComplaint, given: StoredComplaint): boolean {
  const { outcome: knownOutcome, confirmed_by: knownBy, received_at: knownAt, ...one } = known;
  const { outcome, confirmed_by: givenBy, received_at: at, ...other } = given;
  const equal = (Object.keys(other) as (keyof typeof other)[]).every((key) => one[key] === other[key]);
  if (!equal || knownAt.getTime() !== at.getTime()) return false;
  if (outcome === 'open') return true;
  if (knownOutcome !== 'open' && knownOutcome !== outcome) return false;
  return knownBy === null || givenBy === null || knownBy === givenBy;
}

function saysMore(known: StoredComplaint, given: StoredComplaint): boolean {
  if (given.outcome === 'open') return false;
  return known.outcome === 'open' || (known.confirmed_by === null && given.confirmed_by !== null);
}
