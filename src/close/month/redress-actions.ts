import { day } from '../../kernel/day.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { countingEntries, type LateDecision, lateDecisions } from '../../ledger/entry/index.ts';
import { type Period, periodsFrom } from '../../ledger/period/index.ts';
import { schemesByHash } from '../../ledger/scheme/index.ts';
import { type Due, givenFor, monthValues, type Owed, owedBy } from '../../ledger/scoring/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { keptStatements, type Statement } from '../statement/index.ts';
import { inputOf, NO_REDRESS, type Redress, totalOf } from './redress.ts';
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

/**
 * What sealed months owe in a month: for each of which something was decided that counts in this month, the
 * sealed month scored once more by everything decided until then, minus what months sealed before have
 * given; and what those could not give, since the subject was not assessed in them or its total was full.
 * Whatever the order, what is given altogether is what the sealed statements lack.
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
  const before = sealedBefore(await periodsFrom(reader, cityCode, earliest), month, at);
  const given = await findRedress(reader, cityCode, before.map(firstDay), only);
  const decisions = all.filter((one) => one.month === month);
  const standing = all.filter((one) => one.month === month || before.includes(one.month));
  const dues: Due[] = [];
  for (const of of [...new Set(decisions.map((one) => one.of))].sort()) {
    const owed = await owedFor(reader, cityCode, of, {
      decided: standing.filter((one) => one.of === of).map(({ entry }) => entry),
      only,
    });
    dues.push(...owed.map((one) => ({ ...one, of, givenCenti: givenTo(given, { of, ...one }) })));
  }
  const scored = new Set(dues.map(({ of }) => of));
  dues.push(...outstanding(given, before).filter(({ of }) => !scored.has(of)));
  const speaksOf = ({ of, kind, code }: Due): boolean =>
    decisions.some(
      ({ of: other, entry }) => other === of && entry.subjectKind === kind && entry.subjectCode === code,
    );
  const matters = (due: Due): boolean =>
    due.owedCenti !== due.givenCenti || speaksOf(due) || given.some((row) => isOf(row, due));
  return { decisions, dues: dues.filter(matters) };
}

/** Months that were sealed before, in the order in which they were. */
function sealedBefore(periods: readonly Period[], month: Month, at: Date): Month[] {
  return periods
    .flatMap((period) => (period.sealedAt === null ? [] : [{ ...period, sealedAt: period.sealedAt }]))
    .filter(
      (period) =>
        period.month !== month &&
        (period.sealedAt < at || (period.sealedAt.getTime() === at.getTime() && period.month < month)),
    )
    .sort(
      (one, other) => one.sealedAt.getTime() - other.sealedAt.getTime() || (one.month < other.month ? -1 : 1),
    )
    .map((period) => period.month);
}

async function owedFor(
  reader: Reader,
  cityCode: string,
  of: Month,
  { decided, only }: { decided: readonly LateDecision['entry'][]; only: string | null },
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
  const totals = new Map(kept.map((one) => [`${one.kind}/${one.code}`, totalOf(one)]));
  const known = only === null ? input : { ...input, windows: [] };
  return owedBy({ ...known, entries }, monthValues(scheme, of), {
    decided,
    sealed: (kind, code) => totals.get(`${kind}/${code}`),
  });
}

function givenTo(rows: readonly RedressRow[], to: Pick<Due, 'of' | 'kind' | 'code'>): number {
  return rows.reduce((sum, row) => (isOf(row, to) ? sum + row.given_centi : sum), 0);
}

function isOf(row: RedressRow, { of, kind, code }: Pick<Due, 'of' | 'kind' | 'code'>): boolean {
  return row.subject_code === code && row.subject_kind === kind && row.of_month === firstDay(of);
}

/** What the last of these months knew to be owed, minus what all of them gave. */
function outstanding(rows: readonly RedressRow[], before: readonly Month[]): Due[] {
  const last = new Map<string, RedressRow>();
  const given = new Map<string, number>();
  const order = new Map(before.map((month, at) => [firstDay(month) as string, at]));
  for (const row of [...rows].sort(
    (one, other) => (order.get(one.month) ?? 0) - (order.get(other.month) ?? 0),
  )) {
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

/** Keeps what the month's statements give; who has none in the month is owed it further on. */
export async function keepRedress(
  tx: Tx,
  cityCode: string,
  month: Month,
  { dues, statements }: { dues: readonly Due[]; statements: readonly Statement[] },
): Promise<void> {
  const made = new Map(statements.map((one) => [`${one.kind}/${one.code}`, one.lines] as const));
  const rows = dues.map((due) => ({
    of_month: firstDay(due.of),
    subject_kind: due.kind,
    subject_code: due.code,
    sealed_centi: due.sealedCenti,
    rescored_centi: due.rescoredCenti,
    owed_centi: due.owedCenti,
    before_centi: due.givenCenti,
    given_centi: givenFor(due.of, made.get(`${due.kind}/${due.code}`) ?? []),
  }));
  await replaceRedress(tx, cityCode, firstDay(month), rows);
}
