import { firstDay } from '../../kernel/month.ts';
import { formatPoints, roundRatio, toCenti } from '../../kernel/points.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { closedMonth, filterOf, readMonth } from './actions.ts';
import { spreadRulesOn } from './rules.ts';
import { spreadOf } from './spread.ts';
import type { Spread } from './spread-contract.ts';
import { findGroup } from './spread-store.ts';

/**
 * Where a member of staff stands among those of the same identity in the same hall, without a name or a
 * single total: bars of at least so many people, or only the group's size where it is too small.
 *
 * @throws Refusal `month.not_closed`, `score.none`, `access.permission_denied`
 */
export async function spreadFor(
  deps: Deps,
  actor: Actor,
  wanted: { month: string; staffNo: string },
): Promise<Spread> {
  const month = readMonth(wanted.month);
  const { staffNo } = wanted;
  const filter = filterOf(actor, month, 'staff');
  if (filter.only !== null && filter.only !== staffNo) throw new Refusal('access.permission_denied');
  await closedMonth(deps, filter.cityCode, month);
  const group = await findGroup(deps.db.read, { ...filter, only: staffNo });
  const own = group.find(({ own: isOwn }) => isOwn);
  if (own === undefined || own.identity === null) throw new Refusal('score.none', { month });
  const rules = spreadRulesOn(firstDay(month));
  const totals = group.map(({ total_centi: total }) => total);
  const bars = spreadOf(totals, rules);
  const sum = totals.reduce((all, total) => all + total, 0);
  return {
    month,
    state: own.state,
    identity: own.identity,
    people: bars === null ? null : totals.length,
    smallest_group: rules.smallestGroup,
    source: rules.source,
    mean: bars === null ? null : formatPoints(toCenti(roundRatio(BigInt(sum), BigInt(totals.length)))),
    total: formatPoints(own.total_centi),
    bars: (bars ?? []).map(({ from, to, people }) => ({
      from: formatPoints(from),
      to: formatPoints(to),
      people,
      own: own.total_centi >= from && own.total_centi < to,
    })),
  };
}
