import { day } from '../../kernel/day.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { countingEntries, type LateDecision, lateDecisions } from '../../ledger/entry/index.ts';
import { type Sealings, sealingsFrom } from '../../ledger/period/index.ts';
import { schemesByHash } from '../../ledger/scheme/index.ts';
import { type Due, givenFor, monthValues, type Owed, owedBy } from '../../ledger/scoring/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { keptStatements, type Statement } from '../statement/index.ts';
import { grouped, inputOf, NO_REDRESS, type Redress, totalOf } from './redress.ts';
import { findRedress, type RedressRow, replaceRedress } from './redress-store.ts';

/** When a month gives, and to whom. */
interface Giving {
  /** what was sealed until then has given already */
  readonly at: Date;
  /** one member of staff */
  readonly only?: string | null;
  /** the entries that count in the month, where later ones are to be left out */
  readonly among?: ReadonlySet<string>;
}

/** Months sealed for the subject before, in the order in which they were. */
type Before = (kind: SubjectKind, code: string) => readonly Month[];

/**
 * What sealed months owe in a month: for each of which something was decided that counts in this month, the
 * sealed month scored once more by everything decided until then, minus what months sealed before have
 * given; and what those could not give, since the subject was not assessed in them or its total was full.
 * Whatever the order, what is given altogether is what the sealed statements lack. Halls may have sealed
 * their months at other times: what counts is when the subject's was.
 */
export async function redressIn(
  reader: Reader,
  cityCode: string,
  month: Month,
  { at, only = null, among }: Giving,
): Promise<Redress> {
  const all = (await lateDecisions(reader, cityCode)).filter(
    ({ month: into, entry }) => into !== month || (among?.has(entry.entryId) ?? true),
  );
  const [earliest] = all.map(({ of }) => of).sort();
  if (earliest === undefined) return NO_REDRESS;
  const sealings = await sealingsFrom(reader, cityCode, earliest);
  const before = beforeOf(sealings, month, at);
  const candidates = sealings.months.filter((one) => one !== month).map(firstDay);
  const given = (await findRedress(reader, cityCode, candidates, only)).filter((row) =>
    before(row.subject_kind, row.subject_code).includes(monthOf(day(row.month))),
  );
  const decisions = all.filter((one) => one.month === month);
  const past = all.filter((one) => one.month !== month && one.at <= at);
  // What was decided after some halls had sealed the month in which it counts is new to their subjects.
  // So it is to those whose hall sealed the month that it speaks of only after that one.
  const late = past.filter((one) => {
    const first = sealings.apart(one.month) ?? sealings.whole(one.month);
    return first !== null && (first < one.at || first < (sealings.whole(one.of) ?? at));
  });
  const dues: Due[] = [];
  for (const of of [...new Set([...decisions, ...late].map((one) => one.of))].sort()) {
    const standing = [...decisions, ...past].filter((one) => one.of === of);
    const owed = await owedFor(reader, cityCode, of, { standing, month, before, sealings, only });
    dues.push(...owed.map((one) => ({ ...one, of, givenCenti: givenTo(given, { of, ...one }) })));
  }
  const scored = new Set(dues.map(({ of, kind, code }) => `${of}/${kind}/${code}`));
  const rest = outstanding(given, before).filter(
    ({ of, kind, code }) => !scored.has(`${of}/${kind}/${code}`),
  );
  const speaksOf = ({ of, kind, code }: Due): boolean =>
    decisions.some(
      ({ of: other, entry }) => other === of && entry.subjectKind === kind && entry.subjectCode === code,
    );
  const matters = (due: Due): boolean =>
    due.owedCenti !== due.givenCenti || speaksOf(due) || given.some((row) => isOf(row, due));
  return { decisions, dues: [...dues, ...rest].filter(matters) };
}

function beforeOf(sealings: Sealings, month: Month, at: Date): Before {
  const known = new Map<string, readonly Month[]>();
  return (kind, code) => {
    const id = `${kind}/${code}`;
    const found = known.get(id);
    if (found !== undefined) return found;
    const made = sealings.months
      .flatMap((one) => {
        const since = sealings.at(one, kind, code);
        return since === null || one === month ? [] : [{ month: one, since }];
      })
      .filter(({ month: one, since }) => since < at || (since.getTime() === at.getTime() && one < month))
      .sort((one, other) => one.since.getTime() - other.since.getTime() || (one.month < other.month ? -1 : 1))
      .map((one) => one.month);
    known.set(id, made);
    return made;
  };
}

interface Owing {
  /** decided of the sealed month, counting in the month that gives or in another */
  readonly standing: readonly LateDecision[];
  readonly month: Month;
  readonly before: Before;
  readonly sealings: Sealings;
  readonly only: string | null;
}

async function owedFor(
  reader: Reader,
  cityCode: string,
  of: Month,
  { standing, month, before, sealings, only }: Owing,
): Promise<Owed[]> {
  const kept = await keptStatements(reader, cityCode, firstDay(of), only);
  const hash = kept[0]?.scheme_hash;
  if (hash === undefined) return [];
  const scheme = (await schemesByHash(reader, cityCode, [hash])).get(hash);
  if (scheme === undefined) return [];
  const input = inputOf(kept, []);
  const windows = input.staff.flatMap(({ postings }) => postings.map(({ windowCode }) => windowCode));
  const chiefOf: string[] = [];
  const part = only === null ? undefined : { staffNo: only, windows, chiefOf };
  const entries = await countingEntries(reader, cityCode, of, part);
  const known = { ...(only === null ? input : { ...input, windows: [] }), entries };
  const values = monthValues(scheme, of);
  const sealed = new Map(kept.map((one) => [`${one.kind}/${one.code}`, totalOf(one)]));
  // Where halls were sealed apart, others may have changed since: what was decided is the difference alone.
  const totals =
    sealings.apart(of) === null
      ? sealed
      : new Map(
          owedBy(known, values, { decided: [], sealed: (kind, code) => sealed.get(`${kind}/${code}`) }).map(
            (one) => [`${one.kind}/${one.code}`, one.rescoredCenti],
          ),
        );
  const halls = grouped(kept, ({ kind, code }) => signatureOf(before(kind, code), { of, month, standing }));
  return [...halls].flatMap(([signature, own]) => {
    if (signature === UNSEALED) return [];
    const counted = signature.split(' ');
    const decided = standing.filter((one) => counted.includes(one.month)).map(({ entry }) => entry);
    const ids = new Set(own.map(({ kind, code }) => `${kind}/${code}`));
    return owedBy(known, values, {
      decided,
      sealed: (kind, code) => (ids.has(`${kind}/${code}`) ? totals.get(`${kind}/${code}`) : undefined),
    });
  });
}

const UNSEALED = '';

/** The months whose decisions have been counted for a subject; nothing while its own month isn't sealed. */
function signatureOf(
  before: readonly Month[],
  { of, month, standing }: { of: Month; month: Month; standing: readonly LateDecision[] },
): string {
  if (!before.includes(of)) return UNSEALED;
  const months = [...new Set(standing.map((one) => one.month))].sort();
  return months.filter((one) => one === month || before.includes(one)).join(' ');
}

function givenTo(rows: readonly RedressRow[], to: Pick<Due, 'of' | 'kind' | 'code'>): number {
  return rows.reduce((sum, row) => (isOf(row, to) ? sum + row.given_centi : sum), 0);
}

function isOf(row: RedressRow, { of, kind, code }: Pick<Due, 'of' | 'kind' | 'code'>): boolean {
  return row.subject_code === code && row.subject_kind === kind && row.of_month === firstDay(of);
}

/** What the last of these months knew to be owed, minus what all of them gave. */
function outstanding(rows: readonly RedressRow[], before: Before): Due[] {
  const last = new Map<string, RedressRow>();
  const given = new Map<string, number>();
  const placeOf = (row: RedressRow) =>
    before(row.subject_kind, row.subject_code).indexOf(monthOf(day(row.month)));
  for (const row of [...rows].sort((one, other) => placeOf(one) - placeOf(other))) {
    const id = `${row.of_month}/${row.subject_kind}/${row.subject_code}`;
    last.set(id, row);
    given.set(id, (given.get(id) ?? 0) + row.given_centi);
  }
  return [...last].map(([id, row]) => ({
    of: monthOf(day(row.of_month)),
    kind: row.subject_kind,
    code: row.subject_code,
    sealedCenti: row.sealed_centi,
    rescoredCenti: row.rescored_centi,
    owedCenti: row.owed_centi,
    givenCenti: given.get(id) ?? 0,
  }));
}

interface Keeping {
  readonly dues: readonly Due[];
  readonly statements: readonly Statement[];
  /** statements of halls that aren't written now */
  readonly others: readonly Statement[];
  /** who is sealed already, by 'kind/code' */
  readonly sealed: ReadonlyMap<string, string>;
}

/** Keeps what the month's statements give; who has none in the month is owed it further on. */
export async function keepRedress(
  tx: Tx,
  cityCode: string,
  month: Month,
  { dues, statements, others, sealed }: Keeping,
): Promise<void> {
  const made = new Map(statements.map((one) => [`${one.kind}/${one.code}`, one.lines] as const));
  const kept = new Set([...sealed.keys(), ...others.map(({ kind, code }) => `${kind}/${code}`)]);
  const written = dues.filter(({ kind, code }) => !kept.has(`${kind}/${code}`));
  const rows = written.map((due) => ({
    of_month: firstDay(due.of),
    subject_kind: due.kind,
    subject_code: due.code,
    sealed_centi: due.sealedCenti,
    rescored_centi: due.rescoredCenti,
    owed_centi: due.owedCenti,
    before_centi: due.givenCenti,
    given_centi: givenFor(due.of, made.get(`${due.kind}/${due.code}`) ?? []),
  }));
  await replaceRedress(tx, cityCode, firstDay(month), { rows, kept: [...kept] });
}
