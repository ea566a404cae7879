import { GRADES } from '../../kernel/assessment.ts';
import { dayOf } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type EntryWithReceipt, lateMonths, triedBookOf } from '../../ledger/entry/index.ts';
import { isSealedFor, stateFor } from '../../ledger/period/index.ts';
import { schemeOn, schemesInForce } from '../../ledger/scheme/index.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { inSnapshot, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import {
  type Derivation,
  derivationOf,
  explainScore,
  filterOf,
  linesOf,
  readMonth,
  rowOf,
  type Statement,
} from '../statement/index.ts';
import { gatherMonth, statementsOf } from './gather-actions.ts';
import { redressIn } from './redress-actions.ts';

/** Lines of a month that isn't closed are not there to be appealed against yet. */
const NO_APPEALS = { until: null, of: () => ({ key: null, may_appeal: false, appeal: null }) };

interface Live {
  readonly statement: Statement;
  readonly schemeHash: string;
  readonly state: Derivation['state'];
  readonly entries: readonly EntryWithReceipt[];
}

/**
 * The month of one member of staff as it stands at this moment: what a close would make of it now, in the
 * same way, from the facts that concern this person. Nothing is stored. The grade is that of the points: the
 * places of the best one are only dealt when everybody's points are known. What came of sealed months and is
 * taken up by the next close is in it; verdicts and corrections about what the book has of them are posted
 * within seconds. A sealed month runs no more: it is what its statement says.
 *
 * @throws Refusal `month.in_future`, `score.none`, `scheme.none_in_force`, `access.permission_denied`
 */
export async function liveScore(
  deps: Deps,
  actor: Actor,
  wanted: { month: string; staffNo: string; lang: Lang },
): Promise<Derivation> {
  const month = readMonth(wanted.month);
  const { staffNo, lang } = wanted;
  const filter = filterOf(actor, month, 'staff');
  if (filter.only !== null && filter.only !== staffNo) throw new Refusal('access.permission_denied');
  const now = deps.clock.now();
  if (month > monthOf(dayOf(now))) throw new Refusal('month.in_future', { month }, { field: 'month' });
  const live = await inSnapshot(deps.db, (tx) => liveStatement(tx, filter.cityCode, month, { staffNo, now }));
  const subject = { kind: 'staff', code: staffNo } as const;
  if (live === 'sealed') return await explainScore(deps, actor, { month, subject, lang });
  const found = live?.statement;
  const { regionPrefix, departmentCode } = filter;
  const inScope =
    found?.regionCode.startsWith(regionPrefix) &&
    (departmentCode === null || found.departmentCode === departmentCode);
  if (live === undefined || !inScope) throw new Refusal('score.none', { month });
  const { statement, schemeHash, state, entries } = live;
  return await derivationOf(deps, actor, {
    month,
    subject,
    lang,
    row: rowOf(statement, { schemeHash, now, state }),
    lines: linesOf(statement),
    entries,
    appeals: NO_APPEALS,
  });
}

async function liveStatement(
  tx: Tx,
  cityCode: string,
  month: Month,
  { staffNo, now }: { staffNo: string; now: Date },
): Promise<Live | 'sealed' | undefined> {
  const subject = { kind: 'staff', code: staffNo } as const;
  if (await isSealedFor(tx, cityCode, month, subject)) return 'sealed';
  const schemes = await schemesInForce(tx, cityCode);
  const { scheme, hash } = schemeOn(schemes, firstDay(month));
  const late = await lateMonths(tx, cityCode, month);
  const gathered = await gatherMonth(tx, cityCode, month, { only: staffNo, late });
  const postings = gathered.subjects.staff.get(staffNo)?.postings;
  if (postings === undefined) return undefined;
  const windowsOf = (some: typeof postings) => some.map(({ windowCode }) => windowCode);
  const only = {
    staffNo,
    windows: windowsOf(postings),
    chiefOf: windowsOf(postings.filter(({ chief }) => chief)),
  };
  const { entries, counting, waiting } = await triedBookOf(tx, cityCode, month, {
    schemes,
    late,
    now,
    only,
  });
  const pending = new Map(waiting.length === 0 ? [] : [[`staff/${staffNo}`, waiting.length]]);
  const redress = await redressIn(tx, cityCode, month, { at: now, only: staffNo });
  const made = statementsOf(gathered, { entries, waiting: pending, redress }, scheme, month);
  const statement = made.find(({ kind, code }) => kind === 'staff' && code === staffNo);
  if (statement === undefined) return undefined;
  return {
    statement: withoutQuota(statement),
    schemeHash: hash,
    state: await stateFor(tx, cityCode, month, { unitCode: statement.unitCode, subject }),
    entries: [...counting, ...waiting],
  };
}

/** Alone in its group nobody gets a place of the best grade: the points decide. */
function withoutQuota(statement: Statement): Statement {
  if (!statement.flags.includes('over_quota')) return statement;
  const flags = statement.flags.filter((flag) => flag !== 'over_quota');
  return { ...statement, grade: GRADES[0], flags };
}
