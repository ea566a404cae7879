import type { Subject } from '../../kernel/ids.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import { countingEntries, waitingEntries } from '../../ledger/entry/index.ts';
import { sealedSubjects, setUnits, type Unit, unitsOf } from '../../ledger/period/index.ts';
import type { schemeOn } from '../../ledger/scheme/index.ts';
import { NO_COUNTS, plusCounts } from '../../ledger/scoring/index.ts';
import type { Tx } from '../../platform/db.ts';
import { replaceStatements, resultsKept, type Statement } from '../statement/index.ts';
import {
  type NewClosing,
  sumClosings,
  type UnitClosing,
  upsertClosing,
  upsertUnitClosings,
} from './closing-store.ts';
import { callsIn } from './frozen.ts';
import type { GatheredMonth } from './gather.ts';
import { gatherMonth, statementsOf } from './gather-actions.ts';
import { keepRedress, redressIn } from './redress-actions.ts';
import { unknownUnit } from './unit.ts';

export interface Closing {
  readonly scheme: ReturnType<typeof schemeOn>;
  readonly by: string;
  readonly now: Date;
  /** the only hall; all that aren't sealed, unless given */
  readonly unit: string | null;
  /** the last batch of ratings that counts, when the month is sealed */
  readonly lastBatch?: string;
}

export interface Written {
  readonly closing: NewClosing;
  /** the halls that were written, as they stood */
  readonly units: readonly Unit[];
  /** whose statements were written, each with its hall */
  readonly subjects: readonly (Subject & { readonly unit: string })[];
  /** how many subjects of other halls aren't sealed */
  readonly rest: number;
}

/**
 * Scores the month and stores what comes of it for the halls that are asked for. All of the city is scored,
 * since people and departments may belong to several halls; who is sealed keeps the statement, the hall and
 * the counts of then.
 *
 * @throws Refusal `month.unit_unknown`
 */
export async function writeMonth(tx: Tx, cityCode: string, month: Month, closing: Closing): Promise<Written> {
  const { scheme, by, now, unit, lastBatch } = closing;
  const sealed = await sealedSubjects(tx, cityCode, month);
  const read = await gatherMonth(tx, cityCode, month, lastBatch === undefined ? {} : { lastBatch });
  const gathered = sealed.size === 0 ? read : await asSealed(tx, cityCode, month, { read, sealed });
  const book = {
    entries: await countingEntries(tx, cityCode, month),
    waiting: await waitingEntries(tx, cityCode, month),
  };
  const redress = await redressIn(tx, cityCode, month, { at: now });
  const all = statementsOf(gathered, { ...book, redress }, scheme.scheme, month);
  const free = all.filter(({ kind, code }) => !sealed.has(`${kind}/${code}`));
  const codes = [...new Set(free.map(({ unitCode }) => unitCode))].sort();
  const halls = codes.length > 0 ? codes : [`${cityCode}000000`];
  if (unit !== null && !halls.includes(unit)) throw unknownUnit(month, unit, halls);
  const own = unit === null ? free : free.filter(({ unitCode }) => unitCode === unit);
  await setUnits(tx, cityCode, month, { units: halls, by, now });
  const first = firstDay(month);
  const schemeHash = scheme.hash;
  await replaceStatements(tx, cityCode, own, { month: first, schemeHash, now, unit });
  const others = unit === null ? [] : free.filter(({ unitCode }) => unitCode !== unit);
  await keepRedress(tx, cityCode, month, { dues: redress.dues, statements: own, others, sealed });
  const counted = countedIn(gathered, own, { unit, waiting: book.waiting });
  const made: NewClosing = { month: first, now, by, schemeHash, ...totalsOf(own), ...counted };
  const city = countedIn(gathered, own, { unit: null, waiting: book.waiting });
  await upsertClosing(tx, cityCode, { ...made, ...city });
  // Somebody may have come into a hall that is sealed.
  const units = (await unitsOf(tx, cityCode, month)).filter(
    ({ code, state }) => state !== 'sealed' && (unit === null ? halls.includes(code) : code === unit),
  );
  const closings = units.map(({ code }) => unitClosing(code, own));
  await upsertUnitClosings(tx, cityCode, closings, { month: first, by, now, all: halls });
  if (unit !== null || sealed.size > 0) await sumClosings(tx, cityCode, first);
  const subjects = own.map(({ kind, code, unitCode }) => ({ kind, code, unit: unitCode }));
  return { closing: made, units, subjects, rest: others.length };
}

/**
 * Whoever is sealed stays in the hall of then, with the counts and the grade of then: others are scored from
 * them, and graded beside them.
 */
async function asSealed(
  tx: Tx,
  cityCode: string,
  month: Month,
  { read, sealed }: { read: GatheredMonth; sealed: ReadonlyMap<string, string> },
): Promise<GatheredMonth> {
  const staff = new Map(
    [...read.subjects.staff].map(([code, person]) => {
      const unitCode = sealed.get(`staff/${code}`) ?? person.unitCode;
      return [code, { ...person, unitCode }] as const;
    }),
  );
  const { staff: s, window: w, department: d } = read.counts.bySubject;
  const bySubject = { staff: new Map(s), window: new Map(w), department: new Map(d) };
  const kept = (await resultsKept(tx, cityCode, firstDay(month))).filter(({ kind, code }) =>
    sealed.has(`${kind}/${code}`),
  );
  for (const { kind, code, counts } of kept) bySubject[kind].set(code, counts);
  const others = [...read.calls].filter(([id]) => !sealed.has(id));
  return {
    subjects: { ...read.subjects, staff },
    counts: { ...read.counts, bySubject },
    calls: new Map([...others, ...callsIn(kept)]),
    sealedGrades: new Map(
      kept.flatMap(({ kind, code, grade }) =>
        kind === 'staff' && grade !== null ? [[code, grade] as const] : [],
      ),
    ),
  };
}

function totalsOf(own: readonly Statement[]): Omit<UnitClosing, 'unit'> {
  const of = (kind: Statement['kind']) => own.filter((one) => one.kind === kind).length;
  return { staff: of('staff'), windows: of('window'), departments: of('department') };
}

function unitClosing(unit: string, own: readonly Statement[]): UnitClosing {
  return { unit, ...totalsOf(own.filter(({ unitCode }) => unitCode === unit)) };
}

/** What was counted: of the whole city, or at the windows of one hall. */
function countedIn(
  { counts }: GatheredMonth,
  own: readonly Statement[],
  { unit, waiting }: { unit: string | null; waiting: ReadonlyMap<string, number> },
) {
  const windows = own.filter(({ kind }) => kind === 'window');
  const atWindows = () => windows.reduce((sum, one) => plusCounts(sum, one.counts), NO_COUNTS);
  const { ratable, rated, good, bad } = unit === null ? counts.city : atWindows();
  const mine = new Set(own.map(({ kind, code }) => `${kind}/${code}`));
  const pending = [...waiting].reduce(
    (sum, [id, one]) => (unit === null || mine.has(id) ? sum + one : sum),
    0,
  );
  return { ratable, rated, good, bad, pending };
}
