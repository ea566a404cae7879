import type { PeriodState } from '../../kernel/assessment.ts';
import { day } from '../../kernel/day.ts';
import { type Month, monthOf } from '../../kernel/month.ts';
import {
  type BookDifference,
  countingEntries,
  countingSince,
  verifyEntries,
} from '../../ledger/entry/index.ts';
import { schemesByHash } from '../../ledger/scheme/index.ts';
import { monthValues, type ScoredEntry, scoreMonth } from '../../ledger/scoring/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type KeptStatement, keptStatements } from '../statement/index.ts';
import { subjectsOf } from './actions.ts';
import { type Proof, prove, type StatementDifference } from './proof.ts';
import { NO_REDRESS, type Redress, redressed } from './redress.ts';
import { redressIn } from './redress-actions.ts';
import { type ClosingRow, findClosings } from './store.ts';

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

async function proveMonth(
  tx: Parameters<typeof subjectsOf>[0],
  cityCode: string,
  closing: ClosingRow,
): Promise<{ proof: MonthProof; wrong: readonly StatementDifference[] }> {
  const month = monthOf(day(closing.month));
  const kept = await keptStatements(tx, cityCode, closing.month);
  const later = new Set(await laterEntries(tx, cityCode, closing));
  const inLines = new Set(kept.flatMap(({ lines }) => lines.flatMap(({ entry }) => entry ?? [])));
  const all = await countingEntries(tx, cityCode, month);
  const entries = all.filter(({ entryId }) => inLines.has(entryId) || !later.has(entryId));
  const schemes = await schemesByHash(tx, cityCode, [closing.scheme_hash ?? '']);
  const scheme = schemes.get(closing.scheme_hash ?? '');
  const subjects = await subjectsOf(tx, cityCode, month);
  const input = {
    staff: [...subjects.staff.values()],
    windows: [...subjects.windows].map(([code, { departmentCode }]) => ({ code, departmentCode })),
    departments: [...subjects.departments.keys()].map((code) => ({ code })),
    entries,
    counts: countsOf(kept),
  };
  const redress = await givenThen(tx, cityCode, month, { closing, entries });
  const values = scheme && monthValues(scheme, month);
  const scored =
    values === undefined ? [] : redressed(scoreMonth(input, values), redress, { entries, values });
  const { differences: wrong, ...proved } = prove({ kept, entries, scored });
  const counted = {
    statements: kept.length,
    entries: entries.length,
    since_close: all.length - entries.length,
  };
  return { proof: { month, state: closing.state, ...counted, ...proved }, wrong };
}

/** What earlier months owed when the month was closed, without what was decided later. */
async function givenThen(
  tx: Reader,
  cityCode: string,
  month: Month,
  { closing, entries }: { closing: ClosingRow; entries: readonly ScoredEntry[] },
): Promise<Redress> {
  if (closing.closed_at === null) return NO_REDRESS;
  const among = new Set(entries.map(({ entryId }) => entryId));
  return await redressIn(tx, cityCode, month, { at: closing.closed_at, among });
}

async function laterEntries(reader: Reader, cityCode: string, closing: ClosingRow): Promise<string[]> {
  const { month, closed_at: at } = closing;
  return at === null ? [] : await countingSince(reader, cityCode, { month, at });
}

/** What was counted for each subject, as its statement says. */
function countsOf(kept: readonly KeptStatement[]) {
  const of = (kind: KeptStatement['kind']) =>
    new Map(kept.filter((one) => one.kind === kind).map(({ code, counts }) => [code, counts] as const));
  return { staff: of('staff'), window: of('window'), department: of('department') };
}
