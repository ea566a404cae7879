import { isoMoment } from '../../kernel/day.ts';
import type { Subject } from '../../kernel/ids.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import { formatPoints } from '../../kernel/points.ts';
import {
  appealableUntil,
  appealsOfLines,
  effectOf,
  lineKey,
  type MonthEnding,
  mayAppeal,
} from '../../ledger/appeal/index.ts';
import type { EntryWithReceipt } from '../../ledger/entry/index.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Keys } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import type { StatementLine } from './contract.ts';
import type { LineRow, StatementRow } from './statement.ts';
import { findEnding } from './store.ts';

export type LineAppeal = Pick<StatementLine, 'key' | 'may_appeal' | 'appeal'>;

interface Statement {
  readonly month: Month;
  readonly subject: Subject;
  readonly row: StatementRow;
  readonly entries: ReadonlyMap<string, EntryWithReceipt>;
}

/** How the lines of a statement stand with appeals, and until when they can be appealed. */
export async function lineAppeals(
  deps: Deps,
  actor: Actor,
  lines: readonly LineRow[],
  statement: Statement,
): Promise<{ until: string | null; of: (line: LineRow) => LineAppeal }> {
  const { month, subject, row, entries } = statement;
  const { cityCode } = actor;
  const now = deps.clock.now();
  const ending = await endingOf(deps, cityCode, month, row);
  const until = await appealableUntil(deps.db.read, cityCode, { state: row.state, ending, now });
  const keyOf = (line: LineRow): string => lineKeyOf(month, subject, line);
  const appeals = await appealsOfLines(deps.db.app, cityCode, lines.map(keyOf));
  const open = mayAppeal(actor, subject, row.department_code) && (until === null || now <= until);
  return {
    until: until && isoMoment(until),
    of: (line) => {
      const key = keyOf(line);
      const found = appeals.get(key);
      const entry = line.entry_id === null ? undefined : entries.get(line.entry_id)?.entry;
      const shape = { kind: line.kind, part: line.part, points: formatPoints(line.points_centi) };
      const effect = effectOf({ ...shape, entryKind: entry?.kind ?? null });
      return {
        key,
        may_appeal: open && found === undefined && effect !== 'none',
        appeal:
          found === undefined ? null : { id: found.appeal_id, number: found.number, state: found.state },
      };
    },
  };
}

/** The name of a stored line that stays the same when the month is closed anew. */
export function lineKeyOf(month: Month, subject: Subject, line: LineRow): string {
  const { part, kind, value_key: valueKey, entry_id: entryId } = line;
  return lineKey(month, subject, { part, kind, valueKey, entryId });
}

/**
 * A line's name where it must not tell which rating it is about: entries are named after their fact, and
 * who handed out the link of a service could work the name out.
 */
export function veiledKey(keys: Keys, key: string): string {
  return `veiled/${keys.hash('statement-line', key).toString('hex').slice(0, 32)}`;
}

/** How far the hall of a statement has come with the end of the month, as far as appeals depend on it. */
export async function endingOf(
  deps: Deps,
  cityCode: string,
  month: Month,
  { unit_code: unit, closed_at: closedAt }: StatementRow,
): Promise<MonthEnding> {
  const found = await findEnding(deps.db.app, cityCode, { month: firstDay(month), unit, closedAt });
  return {
    publishedAt: found?.published_at ?? null,
    noticeUntil: found?.notice_until ?? null,
    sealedAt: found?.sealed_at ?? null,
  };
}
