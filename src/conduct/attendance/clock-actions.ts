import { randomUUID } from 'node:crypto';
import { addDays, type Day, dayOf, isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { readTable, type Table } from '../../platform/files.ts';
import {
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type ImportReport,
  importAnswerOf,
  type LoadResult,
  type RowFault,
  runImport,
  sift,
} from '../../platform/imports.ts';
import type { ImportAnswer } from '../../platform/imports-contract.ts';
import { unreachable } from '../../registry/region/index.ts';
import { type ClockRow, guessMapping, keyOf, lackingColumns, rowOf } from './clock.ts';
import {
  CLOCK_COLUMNS,
  type ClockMapping,
  type ClockPreview,
  type ClockSource,
  type ClockSourceForm,
} from './clock-contract.ts';
import {
  findClockStaff,
  findSource,
  insertLoad,
  insertPunches,
  listSources,
  type NamedStaff,
  type NewPunch,
  type SourceRow,
  upsertSource,
} from './clock-store.ts';
import { attendanceLimits } from './rules.ts';

const SAMPLE_ROWS = 5;

export interface ClockFile {
  readonly bytes: Buffer;
  readonly name: string;
}

/** The sources of clock-in files with the last one of each. */
export async function clockSourcesFor(deps: Deps, actor: Actor): Promise<{ items: ClockSource[] }> {
  requirePermission(actor, 'attendance.write');
  const rows = await listSources(deps.db.read, actor.cityCode);
  return {
    items: rows.map((row) => ({
      id: row.source_id,
      name: row.name,
      layout: row.layout,
      mapping: row.mapping,
      changedBy: row.changed_by,
      changedAt: isoMoment(row.changed_at),
      last:
        row.file_name === null
          ? null
          : {
              fileName: row.file_name,
              firstDay: row.first_day,
              lastDay: row.last_day,
              created: row.created,
              badRows: row.bad_rows,
              loadedBy: row.loaded_by,
              loadedAt: isoMoment(row.loaded_at),
            },
    })),
  };
}

/** Titles and first lines of a file, and what they most likely mean; nothing is kept. */
export async function previewClockFile(_: Deps, actor: Actor, file: ClockFile): Promise<ClockPreview> {
  requirePermission(actor, 'attendance.write');
  const table = await readTable(file.bytes, file.name);
  const sample = table.rows.slice(0, SAMPLE_ROWS).map(({ cells }) => [...cells]);
  return { header: [...table.header], sample, ...guessMapping(table.header) };
}

/**
 * Saves which column of a source means what.
 * @throws Refusal `clock.columns_lacking`, `clock.column_twice`, `clock.source_name`
 */
export async function saveClockSource(deps: Deps, actor: Actor, form: ClockSourceForm): Promise<void> {
  requirePermission(actor, 'attendance.write');
  const { id, name, layout, mapping } = onlyOf(form);
  const lacking = lackingColumns(layout, mapping);
  if (lacking.length > 0) {
    throw new Refusal('clock.columns_lacking', { columns: lacking.join(', ') }, { field: 'mapping' });
  }
  const titles = Object.values(mapping);
  const twice = titles.filter((title, at) => titles.indexOf(title) !== at);
  if (twice.length > 0) {
    throw new Refusal('clock.column_twice', { columns: twice.join(', ') }, { field: 'mapping' });
  }
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = { source_id: id, name, layout, mapping, changed_by: actor.name, changed_at: at };
    if (!(await upsertSource(tx, actor.cityCode, row))) {
      throw new Refusal('clock.source_name', {}, { field: 'name' });
    }
    await audit(tx, {
      actor,
      action: 'attendance.source_saved',
      subjectKind: 'attendance',
      subjectId: id,
      detail: { layout, columns: Object.keys(mapping) },
      cityCode: actor.cityCode,
      at,
    });
  });
}

/** Columns that the layout doesn't know fall away. */
function onlyOf(form: ClockSourceForm): ClockSourceForm {
  const known: readonly string[] = CLOCK_COLUMNS[form.layout];
  const kept = Object.entries(form.mapping).filter(([column]) => known.includes(column));
  return { ...form, mapping: Object.fromEntries(kept) };
}

/**
 * Takes a file of a source: bad lines are named, the rest is taken, the same file twice changes nothing.
 * @throws Refusal `clock.unknown_source`, `clock.columns_absent`, `import.…` when the file can't be read
 */
export async function loadClockFile(
  deps: Deps,
  actor: Actor,
  given: { sourceId: string; file: ClockFile; dryRun: boolean; lang: Lang },
): Promise<ImportAnswer> {
  requirePermission(actor, 'attendance.write');
  const source = await findSource(deps.db.app, actor.cityCode, given.sourceId);
  if (source === undefined) throw new Refusal('clock.unknown_source');
  const table = await readTable(given.file.bytes, given.file.name);
  const absent = Object.values(source.mapping).filter((title) => !table.header.includes(title));
  if (absent.length > 0) throw new Refusal('clock.columns_absent', { columns: absent.join(', ') });
  const taken: NewPunch[] = [];
  const loadId = randomUUID();
  const kind = clockKind(source, loadId, taken);
  const { regionPrefix, departmentCode } = actor.scope;
  const by = actor.kind === 'user' ? actor.username : actor.name;
  const report = await runImport(deps, kind as ImportKind<unknown>, mapped(table, source.mapping), {
    by,
    cityCode: actor.cityCode,
    dryRun: given.dryRun,
    partial: true,
    atOffice: true,
    scope: { ...(regionPrefix ? { regionPrefix } : {}), ...(departmentCode ? { departmentCode } : {}) },
    audit: async (tx, done) => {
      if (done.outcome === 'loaded' && taken.length > 0) {
        await noteLoad(tx, deps, actor, { source, loadId, taken, done, name: given.file.name });
      }
    },
  });
  const answer = importAnswerOf(report, given.lang);
  const titles: Readonly<Record<string, string | undefined>> = source.mapping;
  const problems = answer.problems.map((one) => ({
    ...one,
    column: one.column === null ? null : (titles[one.column] ?? one.column),
  }));
  return { ...answer, problems };
}

/** The table with our own names of columns, without those that mean nothing to us. */
function mapped(table: Table, mapping: ClockMapping): Table {
  const columns = Object.entries(mapping).map(([column, title]) => ({
    column,
    at: table.header.indexOf(title),
  }));
  const names = new Map(columns.map(({ column, at }) => [table.header[at] ?? '', column]));
  const rowOf = ({ line, cells }: Table['rows'][number]) => ({
    line,
    cells: columns.map(({ at }) => cells[at] ?? ''),
  });
  return {
    header: columns.map(({ column }) => column),
    rows: table.rows.map(rowOf),
    faulty: table.faulty.map(rowOf),
    problems: table.problems.map((problem) => ({
      ...problem,
      column: problem.column === null ? null : (names.get(problem.column) ?? problem.column),
    })),
  };
}

async function noteLoad(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  load: {
    source: SourceRow;
    loadId: string;
    taken: readonly NewPunch[];
    done: ImportReport;
    name: string;
  },
): Promise<void> {
  const { source, loadId, taken, done, name } = load;
  const at = deps.clock.now();
  const days = taken.map(({ day }) => day).sort();
  const user = actor.kind === 'user' ? (actor as UserActor) : undefined;
  await insertLoad(tx, actor.cityCode, {
    load_id: loadId,
    source_id: source.source_id,
    file_name: name.slice(0, 200),
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
    rows: done.rows,
    created: taken.length,
    bad_rows: done.badRows,
    loaded_by: user?.username ?? actor.name,
    loaded_staff: user?.staffNo ?? null,
    loaded_at: at,
  });
  await audit(tx, {
    actor,
    action: 'attendance.loaded',
    subjectKind: 'attendance',
    subjectId: source.source_id,
    detail: { rows: done.rows, punches: taken.length, badRows: done.badRows },
    cityCode: actor.cityCode,
    at,
  });
}

/** @param taken is filled with the punches that were new */
function clockKind(source: SourceRow, loadId: string, taken: NewPunch[]): ImportKind<ClockRow> {
  const { layout, mapping } = source;
  return {
    kind: 'attendance',
    columns: CLOCK_COLUMNS[layout].map((name) => ({ name, required: mapping[name] !== undefined })),
    row: rowOf(layout, mapping),
    key: (row) => keyOf(layout, row),
    load: (tx, ctx, rows) =>
      loadPunches(tx, ctx, rows, { loadId, taken, dayColumn: mapping.moment ? 'moment' : 'day' }),
  };
}

async function loadPunches(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<ClockRow>[],
  { loadId, taken, dayColumn }: { loadId: string; taken: NewPunch[]; dayColumn: string },
): Promise<LoadResult> {
  const judge = await staffJudge(tx, ctx, rows);
  const today = dayOf(ctx.now);
  const { oldestPunch } = attendanceLimits(today);
  const oldest = addDays(today, -oldestPunch);
  const wanted: (NewPunch & { line: number })[] = [];
  const { good, problems } = sift(
    rows.map(({ line, row }) => ({ line, row: { ...row, line } })),
    (row) => {
      const found = judge(row);
      const wrongDay = dayFault(row.day, { today, oldest, days: oldestPunch, column: dayColumn });
      if (typeof found !== 'string' || wrongDay !== undefined) {
        return [typeof found === 'string' ? undefined : found, wrongDay];
      }
      const { line, day, device = null } = row;
      wanted.push(...row.minutes.map((minute) => ({ line, staff_no: found, day, minute, device })));
      return undefined;
    },
  );
  const fresh = await insertPunches(tx, ctx.cityCode, loadId, uniquePunches(wanted));
  taken.push(...fresh.map((one) => ({ ...one, device: null })));
  const news = new Set(fresh.map(punchKey));
  const created = new Set(wanted.filter((one) => news.has(punchKey(one))).map(({ line }) => line)).size;
  return { created, updated: 0, unchanged: good.length - created, problems };
}

function punchKey({ staff_no, day, minute }: { staff_no: string; day: string; minute: number }): string {
  return `${staff_no}\0${day}\0${minute}`;
}

/** One punch on several machines in a minute is one. */
function uniquePunches(punches: readonly NewPunch[]): NewPunch[] {
  return [...new Map(punches.map((one) => [punchKey(one), one])).values()];
}

function dayFault(
  day: Day,
  { today, oldest, days, column }: { today: Day; oldest: Day; days: number; column: string },
): RowFault | undefined {
  if (day > today) return { column, code: 'clock.in_future' };
  return day < oldest ? { column, code: 'clock.too_old', params: { days } } : undefined;
}

/** Whom a line is about: by number, or by a name that only one person bears; else what is wrong. */
async function staffJudge(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<ClockRow>[],
): Promise<(row: ClockRow) => string | RowFault> {
  const found = await findClockStaff(tx, ctx.cityCode, {
    numbers: [...new Set(rows.map(({ row }) => row.staff))],
    names: [...new Set(rows.flatMap(({ row }) => (row.name ? [row.name] : [])))],
  });
  const byNo = new Map(found.map((one) => [one.staff_no, one]));
  const byName = Map.groupBy(found, ({ name }) => name);
  return (row) => {
    const person = byNo.get(row.staff);
    if (person !== undefined && row.name && person.name !== row.name) {
      return { column: 'name', code: 'clock.name_differs' };
    }
    const namesakes = row.name ? (byName.get(row.name) ?? []) : [];
    const one: NamedStaff | undefined = person ?? (namesakes.length === 1 ? namesakes[0] : undefined);
    if (one === undefined) {
      const code = namesakes.length > 1 ? 'clock.ambiguous_name' : 'clock.unknown_staff';
      return { column: 'staff', code };
    }
    const place = { regionCode: one.region_code, departmentCode: one.department_code };
    return unreachable(ctx.scope, [place]) ?? one.staff_no;
  };
}
