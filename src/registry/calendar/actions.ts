import known from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { type Day, parseDay } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { pageOf } from '../../platform/cursor.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import {
  countWritten,
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type LoadResult,
} from '../../platform/imports.ts';
import { afterKey, EXPORT_ROWS, exported } from '../region/index.ts';
import { type CalendarRow, calendarRow, type WorkCalendar, workCalendar } from './calendar.ts';
import type { CalendarDay, CalendarQuery, DayKind } from './contract.ts';
import { addDaysMissing, listDays, upsertDays } from './store.ts';

/** Everything that is known of the years, from the first one of the package `chinese-days` on. */
function knownDays(): CalendarDay[] {
  const daysOf = (days: Readonly<Record<string, string>>, kind: DayKind): CalendarDay[] =>
    // "New Year's Day,元旦,1": English name, Chinese name, days off by law
    Object.entries(days).map(([day, text]) => ({ day, kind, name: text.split(',')[1] ?? text }));
  return [...daysOf(known.holidays, 'holiday'), ...daysOf(known.workdays, 'workday')];
}

/**
 * Puts the holidays and make-up working days that are known into the calendar. Safe to repeat: corrections
 * stay.
 */
export async function seedCalendar(tx: Tx): Promise<void> {
  await addDaysMissing(tx, knownDays());
}

/**
 * The calendar as it stands now; read it once for each piece of work. Whole years are read, since a year is
 * known by its holidays, and the first may lie before the day asked from.
 */
export async function readCalendar(reader: Reader, since?: Day): Promise<WorkCalendar> {
  const after = since === undefined ? '' : `${Number(since.slice(0, 4)) - 1}-12-31`;
  const days = await listDays(reader, { after, limit: EXPORT_ROWS });
  return workCalendar(new Map(days.map(({ day, kind }) => [day, kind])));
}

/** Whether a day is worked, by the calendar as it stands now. */
export async function workdays(reader: Reader): Promise<(day: Day) => boolean> {
  return (await readCalendar(reader)).isWorkday;
}

/** Import kind `calendar`: next year's days, and corrections. */
export const calendarImport: ImportKind<CalendarRow> = {
  kind: 'calendar',
  columns: ['day', 'kind', 'name'].map((name) => ({ name, required: true })),
  row: calendarRow,
  key: (row) => row.day,
  load: loadDays,
};

/** The calendar is everybody's: only who may write the whole city's data may change it. */
async function loadDays(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<CalendarRow>[],
): Promise<LoadResult> {
  if (ctx.scope.regionPrefix !== undefined || ctx.scope.departmentCode !== undefined) {
    const problems = rows.map(({ line }) => ({ line, column: null, code: 'import.out_of_scope' }));
    return { created: 0, updated: 0, unchanged: 0, problems };
  }
  const written = await upsertDays(
    tx,
    rows.map(({ row }) => row),
  );
  return { ...countWritten(written, rows.length), problems: [] };
}

/** A page of the days that differ from the usual week. */
export async function calendarPageFor(deps: Deps, query: CalendarQuery) {
  const rows = await listDays(deps.db.read, { ...filterOf(query), limit: query.limit + 1 });
  return pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.day],
  );
}

/** The same days with the columns of the import. */
export async function calendarTable(deps: Deps, actor: Actor, query: CalendarQuery): Promise<OutTable> {
  const rows = await listDays(deps.db.read, { ...filterOf(query), limit: EXPORT_ROWS });
  return await exported(deps, actor, 'calendar', {
    columns: ['day', 'kind', 'name'],
    rows: rows.map((row) => [row.day, row.kind, row.name]),
  });
}

function filterOf(query: CalendarQuery) {
  const after = afterKey(query.cursor);
  if (after !== '' && parseDay(after) === undefined) {
    throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
  }
  return { year: query.year, after };
}
