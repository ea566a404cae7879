import { addDays, type Day, dayOf } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, lastDay, type Month } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { pageOf } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { afterKey, EXPORT_ROWS, exported } from '../../registry/region/index.ts';
import type { Grid, GridLine, GridQuery } from './contract.ts';
import { type Mark, markOf, type PersonDay, personDays } from './plan.ts';
import { planFacts } from './review-actions.ts';
import { listRoster, type RosterPerson } from './roster-store.ts';

/** A month's grid: a person a row, two marks a day. A clerk sees the own row only. */
export async function gridFor(
  deps: Deps,
  actor: Actor,
  { month, query }: { month: Month; query: Omit<GridQuery, 'format' | 'lang'> },
): Promise<Grid> {
  const own = ownOf(actor);
  const span = { from: firstDay(month), to: lastDay(month) };
  const { cityCode } = actor;
  // The own row is read whatever the scope: the person may sit in a department of another region.
  const scope = own === undefined ? { ...actor.scope, cityCode } : { cityCode };
  const { cursor, limit, ...filter } = query;
  const rows = await listRoster(deps.db.read, scope, {
    ...span,
    ...(own === undefined ? filter : { staffNo: own }),
    after: afterKey(cursor),
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit).map(({ staff_no: no }) => no);
  const facts = await planFacts(deps.db.read, cityCode, { ...span, staff: shown });
  const today = dayOf(deps.clock.now());
  const byPerson = Map.groupBy(personDays(facts, { ...span, today }), ({ staffNo }) => staffNo);
  const days: Day[] = [];
  for (let day = span.from; day <= span.to; day = addDays(day, 1)) days.push(day);
  const page = pageOf(
    rows,
    limit,
    (row) => lineOf(row, byPerson.get(row.staff_no) ?? [], { days, today }),
    (row) => [row.staff_no],
  );
  return { days: days.map((day) => ({ day, isWorkday: facts.isWorkday(day) })), ...page };
}

/** @throws Refusal `access.permission_denied` for whoever may read nobody's attendance */
function ownOf(actor: Actor): string | undefined {
  if (actor.permissions.has('attendance.read')) return undefined;
  if (!actor.permissions.has('attendance.own') || actor.kind !== 'user' || actor.staffNo === undefined) {
    throw new Refusal('access.permission_denied');
  }
  return actor.staffNo;
}

function lineOf(
  row: RosterPerson,
  own: readonly PersonDay[],
  { days, today }: { days: readonly Day[]; today: Day },
): GridLine {
  const byDay = new Map(own.map((one) => [one.day, one]));
  const counts: Partial<Record<Mark, number>> = {};
  const marks = days.map((day) => {
    const one = byDay.get(day);
    const mark = (half: 'am' | 'pm'): Mark => (one === undefined ? 'rest' : markOf(one, half, today));
    const both = { am: mark('am'), pm: mark('pm') };
    for (const each of [both.am, both.pm]) counts[each] = (counts[each] ?? 0) + 1;
    return both;
  });
  return {
    staffNo: row.staff_no,
    name: row.name,
    departmentName: row.department_name,
    days: marks,
    counts,
  };
}

/** Signs of the printed sheet, as halls write them. */
const SIGNS: Readonly<Record<Lang, Readonly<Record<Mark, string>>>> = {
  'zh-CN': {
    rest: '',
    unknown: '?',
    present: '√',
    late: '迟',
    early: '退',
    both: '迟退',
    absent: '旷',
    leave: '假',
    trip: '差',
  },
  en: {
    rest: '',
    unknown: '?',
    present: 'P',
    late: 'L',
    early: 'E',
    both: 'LE',
    absent: 'A',
    leave: 'V',
    trip: 'T',
  },
};

/** The same as a table with a column a day: the mark of both halves, or the two of them. */
export async function gridTable(
  deps: Deps,
  actor: Actor,
  { month, query, lang }: { month: Month; query: GridQuery; lang: Lang },
): Promise<OutTable> {
  const { format: _, lang: __, cursor: ___, ...filter } = query;
  const { days, items } = await gridFor(deps, actor, { month, query: { ...filter, limit: EXPORT_ROWS } });
  const signs = SIGNS[lang];
  return await exported(deps, actor, 'attendance_month', {
    columns: ['staff_no', 'name', 'department', ...days.map(({ day }) => day)],
    rows: items.map((row) => [
      ...[row.staffNo, row.name, row.departmentName],
      ...row.days.map(({ am, pm }) => (am === pm ? signs[am] : `${signs[am]}/${signs[pm]}`)),
    ]),
  });
}
