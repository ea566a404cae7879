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
import { type MeritRow, meritRowSchema } from './contract.ts';
import { meritConfirmed } from './fact.ts';
import { confirmMerits, findMerits, insertMerits, placesOfStaff, type StoredMerit } from './store.ts';

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

type Problem = Omit<RowProblem, 'line'>;

/** Adds what is new, names who confirmed where that was missing, refuses what differs. */
async function loadMerits(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<MeritRow>[],
): Promise<LoadResult> {
  const staff = rows.map(({ row }) => row.staff_no);
  const places = new Map((await placesOfStaff(tx, ctx.cityCode, staff)).map((one) => [one.staff_no, one]));
  const ids = rows.map(({ row }) => row.merit_id);
  const before = new Map((await findMerits(tx, ctx.cityCode, ids)).map((one) => [one.merit_id, one]));
  const today = dayOf(ctx.now);
  const added: StoredMerit[] = [];
  const filled: StoredMerit[] = [];
  let unchanged = 0;
  const { problems } = sift(rows, (row): Problem | undefined => {
    if (row.occurred_on > today) return { column: 'occurred_on', code: 'merit.in_future' };
    const place = places.get(row.staff_no);
    if (place === undefined) return { column: 'staff_no', code: 'merit.unknown_staff' };
    const reach = { regionCode: place.region_code, departmentCode: place.department_code };
    if (!inReach(ctx.scope, reach)) return { column: null, code: 'import.out_of_scope' };
    const given: StoredMerit = { ...row, confirmed_by: row.confirmed_by || null };
    const known = before.get(given.merit_id);
    if (known === undefined) added.push(given);
    else if (!sameContent(known, given)) {
      return { column: 'merit_id', code: 'merit.differs', params: { id: given.merit_id } };
    } else if (known.confirmed_by === null && given.confirmed_by !== null) filled.push(given);
    else unchanged += 1;
    return undefined;
  });
  const at = { now: ctx.now, source: ctx.source === 'demo' ? 'demo' : 'import', by: ctx.by };
  if (added.length > 0) await insertMerits(tx, ctx.cityCode, added, at);
  if (filled.length > 0) await confirmMerits(tx, ctx.cityCode, filled, ctx.now);
  await tellConfirmed(tx, ctx.cityCode, [...added, ...filled]);
  return { created: added.length, updated: filled.length, unchanged, problems };
}

/** Months whose confirmed merits are new, in one fact. */
async function tellConfirmed(tx: Tx, cityCode: string, merits: readonly StoredMerit[]): Promise<void> {
  const days = merits.flatMap(({ confirmed_by, occurred_on }) =>
    confirmed_by === null ? [] : [parseDay(occurred_on)],
  );
  const months = new Set(days.flatMap((day) => (day === undefined ? [] : [monthOf(day)])));
  if (months.size > 0) await emit(tx, meritConfirmed, { cityCode, months: [...months].sort() });
}

/** The same merit; who confirmed may be named later, and stays once named. */
function sameContent(known: StoredMerit, given: StoredMerit): boolean {
  const { confirmed_by: knownBy, ...one } = known;
  const { confirmed_by: givenBy, ...other } = given;
  const equal = (Object.keys(other) as (keyof typeof other)[]).every((key) => one[key] === other[key]);
  return equal && (knownBy === null || givenBy === null || knownBy === givenBy);
}
