import type { PeriodState } from '../../kernel/assessment.ts';
import { day } from '../../kernel/day.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import {
  type BookDifference,
  countingEntries,
  countingSince,
  verifyEntries,
} from '../../ledger/entry/index.ts';
import { schemesByHash } from '../../ledger/scheme/index.ts';
import { monthValues, type ScoredEntry, scoreMonth } from '../../ledger/scoring/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type KeptStatement, keptStatements } from '../statement/index.ts';
import { type ClosingRow, findClosings } from './closing-store.ts';
import { crossing } from './crossing.ts';
import { subjectsOf } from './gather-actions.ts';
import { type Proof, prove, type StatementDifference } from './proof.ts';
import { grouped, redressed } from './redress.ts';
import { redressIn } from './redress-actions.ts';

export interface MonthProof extends Omit<Proof, 'differences'> {
  readonly month: Month;
  readonly state: PeriodState;
  readonly statements: number;
  readonly entries: number;
  /** entries added since the last close, which the next one takes up */
  readonly since_close: number;
}

/** What came of a verification; `ok` when nothing is otherwise than it must be. */
export interface Verification {
  readonly ok: boolean;
  readonly months: readonly MonthProof[];
  readonly differences: readonly (BookDifference | (StatementDifference & { readonly month: string }))[];
}

/**
 * Verifies the whole score book of a city: replays all facts through the stored schemes, and proves for each
 * closed month that totals by subject are totals by indicator are what the statements say. Writes nothing;
 * what it reads is one state of the database.
 *
 * @throws Refusal `access.permission_denied`
 */
export async function verifyBook(deps: Deps, actor: Actor): Promise<Verification> {
  requirePermission(actor, 'score.read');
  const { cityCode } = actor.scope;
  return await deps.db.app
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const closings = (await findClosings(tx, cityCode)).reverse();
      const closed = closings.flatMap(({ month, closed_at: at }) =>
        at === null ? [] : [{ month, at: at.toISOString() }],
      );
      const differences: Verification['differences'][number][] = [
        ...(await verifyEntries(tx, cityCode, closed)),
      ];
      const months: MonthProof[] = [];
      for (const closing of closings) {
        const { proof, wrong } = await proveMonth(tx, cityCode, closing);
        months.push(proof);
        differences.push(...wrong.map((one) => ({ ...one, month: closing.month })));
      }
      return { ok: differences.length === 0, months, differences };
    });
}

/** A month is proven in the parts in which it was closed: halls may have been at different times. */
async function proveMonth(
  tx: Tx,
  cityCode: string,
  closing: ClosingRow,
): Promise<{ proof: MonthProof; wrong: readonly StatementDifference[] }> {
  const month = monthOf(day(closing.month));
  const kept = await keptStatements(tx, cityCode, closing.month);
  const subjects = await subjectsOf(tx, cityCode, month);
  const all = await countingEntries(tx, cityCode, month);
  const parts = grouped(kept, ({ closed_at: at }) => at.toISOString());
  const partOf = new Map(kept.map((one) => [`${one.kind}/${one.code}`, one.closed_at.toISOString()]));
  const input = {
    staff: [...subjects.staff.values()],
    windows: [...subjects.windows].map(([code, { departmentCode }]) => ({ code, departmentCode })),
    departments: [...subjects.departments.keys()].map((code) => ({ code })),
    counts: countsOf(kept),
  };
  const apart = parts.size > 1 ? crossing(input, partOf) : new Set<string>();
  const proof = { ...NOTHING_PROVEN, month, state: closing.state, statements: kept.length };
  const wrong: StatementDifference[] = [];
  const last = [...parts.keys()].sort().at(-1);
  for (const [at, own] of parts) {
    const entries = await entriesThen(tx, cityCode, { month, at: new Date(at), own, all });
    const mine = entries.filter((one) => {
      const part = partOf.get(`${one.subjectKind}/${one.subjectCode}`);
      return (part ?? last) === at;
    });
    const among = new Set(entries.map(({ entryId }) => entryId));
    const redress = await redressIn(tx, cityCode, month, { at: new Date(at), among });
    const hash = own[0]?.scheme_hash ?? '';
    const scheme = (await schemesByHash(tx, cityCode, [hash])).get(hash);
    const values = scheme && monthValues(scheme, month);
    const scored =
      values === undefined
        ? []
        : redressed(scoreMonth({ ...input, entries }, values), redress, { entries, values });
    const proven = prove({ kept: own, entries: mine, scored, apart });
    wrong.push(...proven.differences);
    proof.entries += mine.length;
    proof.totals = plusTotals(proof.totals, proven.totals);
    proof.not_assessed += proven.not_assessed;
    proof.postings_changed ||= proven.postings_changed;
  }
  return { proof: { ...proof, since_close: all.length - proof.entries }, wrong };
}

const NOTHING_PROVEN = {
  entries: 0,
  since_close: 0,
  totals: { by_subject_centi: 0, by_part_centi: 0, in_statements_centi: 0 },
  not_assessed: 0,
  postings_changed: false,
};

function plusTotals(one: Proof['totals'], other: Proof['totals']): Proof['totals'] {
  return {
    by_subject_centi: one.by_subject_centi + other.by_subject_centi,
    by_part_centi: one.by_part_centi + other.by_part_centi,
    in_statements_centi: one.in_statements_centi + other.in_statements_centi,
  };
}

/** The book's entries as a part of the month was closed: what came later only where its lines have it. */
async function entriesThen(
  tx: Reader,
  cityCode: string,
  {
    month,
    at,
    own,
    all,
  }: { month: Month; at: Date; own: readonly KeptStatement[]; all: readonly ScoredEntry[] },
): Promise<ScoredEntry[]> {
  const later = new Set(await countingSince(tx, cityCode, { month: firstDay(month), at }));
  const inLines = new Set(own.flatMap(({ lines }) => lines.flatMap(({ entry }) => entry ?? [])));
  return all.filter(({ entryId }) => inLines.has(entryId) || !later.has(entryId));
}

/** What was counted for each subject, as its statement says. */
function countsOf(kept: readonly KeptStatement[]) {
  const of = (kind: KeptStatement['kind']) =>
    new Map(kept.filter((one) => one.kind === kind).map(({ code, counts }) => [code, counts] as const));
  return { staff: of('staff'), window: of('window'), department: of('department') };
}
