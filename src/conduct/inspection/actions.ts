import { dayOf, parseDay } from '../../kernel/day.ts';
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
import { type FindingRow, findingRowSchema } from './contract.ts';
import { findingConfirmed } from './fact.ts';
import { confirmFindings, findFindings, insertFindings, placesOf, type StoredFinding } from './store.ts';

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

type Problem = Omit<RowProblem, 'line'>;

/** Adds what is new, names the second person where it was missing, refuses what differs. */
async function loadFindings(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<FindingRow>[],
): Promise<LoadResult> {
  const subjects = rows.map(({ row }) => ({ kind: row.subject_kind, code: row.subject_code }));
  const places = new Map(
    (await placesOf(tx, ctx.cityCode, subjects)).map((place) => [`${place.kind}/${place.code}`, place]),
  );
  const ids = rows.map(({ row }) => row.finding_id);
  const before = new Map((await findFindings(tx, ctx.cityCode, ids)).map((one) => [one.finding_id, one]));
  const today = dayOf(ctx.now);
  const added: StoredFinding[] = [];
  const filled: StoredFinding[] = [];
  let unchanged = 0;
  const { problems } = sift(rows, (row): Problem | undefined => {
    if (row.occurred_on > today) return { column: 'occurred_on', code: 'finding.in_future' };
    const place = places.get(`${row.subject_kind}/${row.subject_code}`);
    if (place === undefined) return { column: 'subject_code', code: 'finding.unknown_subject' };
    const reach = { regionCode: place.region_code, departmentCode: place.department_code };
    if (!inReach(ctx.scope, reach)) return { column: null, code: 'import.out_of_scope' };
    const given = storedOf(row);
    const known = before.get(given.finding_id);
    if (known === undefined) added.push(given);
    else if (!sameContent(known, given)) {
      return { column: 'finding_id', code: 'finding.differs', params: { id: given.finding_id } };
    } else if (known.confirmed_by === null && given.confirmed_by !== null) filled.push(given);
    else unchanged += 1;
    return undefined;
  });
  const source = ctx.source === 'demo' ? 'demo' : 'import';
  if (added.length > 0) await insertFindings(tx, ctx.cityCode, added, { now: ctx.now, source });
  if (filled.length > 0) await confirmFindings(tx, ctx.cityCode, filled, ctx.now);
  await tellConfirmed(tx, ctx.cityCode, [...added, ...filled]);
  return { created: added.length, updated: filled.length, unchanged, problems };
}

/** Months whose confirmed findings are new, in one fact. */
async function tellConfirmed(tx: Tx, cityCode: string, findings: readonly StoredFinding[]): Promise<void> {
  const days = findings.flatMap(({ confirmed_by, occurred_on }) =>
    confirmed_by === null ? [] : [parseDay(occurred_on)],
  );
  const months = new Set(days.flatMap((day) => (day === undefined ? [] : [monthOf(day)])));
  if (months.size > 0) await emit(tx, findingConfirmed, { cityCode, months: [...months].sort() });
}

function storedOf(row: FindingRow): StoredFinding {
  const { projectNo, confirmed_by, ...rest } = row;
  return { ...rest, project_no: projectNo || null, confirmed_by: confirmed_by || null };
}

/** The same finding; a missing second person may be named later, one that is named stays. */
function sameContent(known: StoredFinding, given: StoredFinding): boolean {
  const { confirmed_by: knownBy, ...one } = known;
  const { confirmed_by: givenBy, ...other } = given;
  const equal = (Object.keys(other) as (keyof typeof other)[]).every((key) => one[key] === other[key]);
  return equal && (knownBy === null || givenBy === null || knownBy === givenBy);
}
