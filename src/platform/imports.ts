import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Lang } from '../kernel/lang.ts';
import { Refusal, sentence } from '../kernel/refusal.ts';
import { inTx, type Tx } from './db.ts';
import { type Deps, unhurried } from './deps.ts';
import { fieldErrorsOf } from './field-error.ts';
import { noteProblem, type RowProblem, readTable, type Table } from './files.ts';
import type { ImportAnswer } from './imports-contract.ts';
import './imports-refusals.ts';

export type { RowProblem, Table } from './files.ts';

export interface ImportColumn {
  name: string;
  required: boolean;
}

/** The data that whoever imports may write; empty is the whole city. */
export interface ImportScope {
  readonly regionPrefix?: string;
  readonly departmentCode?: string;
}

export interface ImportContext {
  deps: Deps;
  cityCode: string;
  /** Who imports, as recorded beside the rows: a user name, 'cli', 'demo'. */
  by: string;
  source: 'file' | 'demo';
  /** Brought by one person at the office, not by the operator of the machine. */
  atOffice: boolean;
  /** One instant for the whole import. */
  now: Date;
  scope: ImportScope;
}

export interface ImportedRow<Row> {
  line: number;
  row: Row;
}

export interface LoadResult {
  created: number;
  updated: number;
  unchanged: number;
  /** Rows that were left out, with the reason; all others are written. */
  problems: RowProblem[];
}

/** One kind of import file (contract §3); each slice brings its own. */
export interface ImportKind<Row> {
  kind: string;
  columns: readonly ImportColumn[];
  /** Parses a row given as column → text; empty cells are absent. */
  row: z.ZodType<Row>;
  /** What makes two lines speak of the same thing. */
  key(row: Row): string;
  /** Rows handed to `load` at a time; `Infinity` when rows refer to each other. Default 5,000. */
  chunk?: number;
  /** Writes the rows by set-based statements: what is new, what changed, what stands already. */
  load(tx: Tx, ctx: ImportContext, rows: readonly ImportedRow<Row>[]): Promise<LoadResult>;
}

export interface ImportOptions {
  by: string;
  /** Default: the instance's own city. */
  cityCode?: string;
  source?: 'file' | 'demo';
  atOffice?: boolean;
  scope?: ImportScope;
  /** Everything is checked and tried, and nothing stands afterwards. */
  dryRun?: boolean;
  /** Loads the good rows when there are bad ones; otherwise it is all or nothing. */
  partial?: boolean;
  /** Writes the audit line: in the import's transaction when it stands, in one of its own when it doesn't. */
  audit(tx: Tx, report: ImportReport): Promise<void>;
}

export interface ImportReport {
  kind: string;
  outcome: 'loaded' | 'tried' | 'refused';
  partial: boolean;
  /** Rows in the file. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Rows with a problem. */
  badRows: number;
  problemCount: number;
  /** The first by line, up to `PROBLEMS_SHOWN`. */
  problems: RowProblem[];
}

const CHUNK = 5000;
const PROBLEMS_SHOWN = 500;

/** Rows as a program makes them: column → text, an absent column being empty. */
export type ImportRecord = Readonly<Record<string, string | undefined>>;

/** Reads and imports a file. @throws Refusal when the file as a whole can't be imported. */
export async function importFile(
  deps: Deps,
  kind: ImportKind<unknown>,
  file: { bytes: Buffer; name: string },
  options: ImportOptions,
): Promise<ImportReport> {
  return await runImport(deps, kind, await readTable(file.bytes, file.name), options);
}

/**
 * Imports a table in one transaction. Bad rows don't throw: they are in the report.
 * @throws Refusal when the header doesn't fit the kind
 */
export async function runImport(
  hurried: Deps,
  kind: ImportKind<unknown>,
  source: Table | readonly ImportRecord[],
  options: ImportOptions,
): Promise<ImportReport> {
  const deps = unhurried(hurried);
  const table = 'header' in source ? source : tableOf(kind, source);
  checkHeader(kind, table.header);
  const parsed = await parseRows(kind, table);
  const ctx: ImportContext = {
    deps,
    cityCode: options.cityCode ?? deps.config.cityCode,
    by: options.by,
    source: options.source ?? 'file',
    atOffice: options.atOffice ?? false,
    now: deps.clock.now(),
    scope: options.scope ?? {},
  };
  try {
    return await inTx(deps.db, async (tx) => {
      const report = await load(tx, ctx, kind, parsed, options);
      if (report.outcome !== 'loaded') throw new RolledBack(report);
      await options.audit(tx, report);
      // What a later close asks the planner rests on how many rows came in.
      await sql`SELECT pg_stat_force_next_flush()`.execute(tx);
      return report;
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    await inTx(deps.db, (tx) => options.audit(tx, error.report));
    return error.report;
  }
}

/** Carries the report out of a transaction that must leave nothing behind. */
class RolledBack extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('rolled back');
    this.report = report;
  }
}

function tableOf(kind: ImportKind<unknown>, records: readonly ImportRecord[]): Table {
  const header = kind.columns.map((column) => column.name);
  const rows = records.map((record, index) => ({
    line: index + 2,
    cells: header.map((name) => record[name] ?? ''),
  }));
  return { header, rows, faulty: [], problems: [] };
}

function checkHeader(kind: ImportKind<unknown>, header: readonly string[]): void {
  const known = new Set(kind.columns.map((column) => column.name));
  const present = new Set(header);
  // A file without a header begins with data, which may be personal and isn't repeated.
  if (!header.some((name) => known.has(name)))
    throw new Refusal('import.no_header', { columns: list([...known]) });
  const unknown = header.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Refusal('import.unknown_columns', { columns: list(unknown) });
  const repeated = header.filter((name, index) => header.indexOf(name) !== index);
  if (repeated.length > 0) throw new Refusal('import.repeated_columns', { columns: list(repeated) });
  const missing = kind.columns.filter((column) => column.required && !present.has(column.name));
  if (missing.length > 0)
    throw new Refusal('import.missing_columns', { columns: list(missing.map((column) => column.name)) });
}

function list(names: readonly string[]): string {
  return names
    .slice(0, 30)
    .map((name) => (name === '' ? '""' : name.slice(0, 40)))
    .join(', ');
}

interface ParsedRows {
  good: ImportedRow<unknown>[];
  problems: RowProblem[];
  /** Rows that repeat an earlier one word for word. */
  repeats: number;
  rows: number;
}

async function parseRows(kind: ImportKind<unknown>, table: Table): Promise<ParsedRows> {
  const { header } = table;
  const problems = [...table.problems];
  const byKey = new Map<string, { line: number; cells: readonly string[] }>();
  const contradicted = new Set<number>();
  const good: ImportedRow<unknown>[] = [];
  let repeats = 0;
  for (const [index, { line, cells }] of table.rows.entries()) {
    if (index % CHUNK === CHUNK - 1) await setImmediate();
    const parsed = kind.row.safeParse(recordOf(header, cells));
    if (!parsed.success) {
      noteFaults(problems, line, parsed.error.issues);
      continue;
    }
    const key = kind.key(parsed.data);
    const first = byKey.get(key);
    if (first === undefined) {
      byKey.set(key, { line, cells });
      good.push({ line, row: parsed.data });
    } else if (first.cells.every((cell, column) => cell === cells[column])) {
      repeats += 1;
    } else {
      noteProblem(problems, {
        line,
        column: null,
        code: 'import.duplicate_key',
        params: { other: first.line },
      });
      if (!contradicted.has(first.line)) {
        noteProblem(problems, {
          line: first.line,
          column: null,
          code: 'import.duplicate_key',
          params: { other: line },
        });
      }
      contradicted.add(first.line);
    }
  }
  judgeFaulty(kind, table, problems);
  const bad = new Set(table.problems.map((problem) => problem.line));
  const agreed = contradicted.size === 0 ? good : good.filter(({ line }) => !contradicted.has(line));
  return { good: agreed, problems, repeats, rows: table.rows.length + bad.size };
}

function noteFaults(problems: RowProblem[], line: number, issues: readonly z.core.$ZodIssue[]): void {
  for (const { field, code, params } of fieldErrorsOf(issues)) {
    noteProblem(problems, { line, column: field || null, code, ...(params ? { params } : {}) });
  }
}

/** A cell that can't be taken doesn't hide what is wrong with the others of its row. */
function judgeFaulty(kind: ImportKind<unknown>, table: Table, problems: RowProblem[]): void {
  const told = Map.groupBy(table.problems, ({ line }) => line);
  for (const { line, cells } of table.faulty) {
    const columns = new Set(told.get(line)?.map(({ column }) => column));
    const { error } = kind.row.safeParse(recordOf(table.header, cells));
    const others = error?.issues.filter(({ path }) => !columns.has(String(path[0] ?? ''))) ?? [];
    noteFaults(problems, line, others);
  }
}

function recordOf(header: readonly string[], cells: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let index = 0; index < header.length; index += 1) {
    const cell = cells[index];
    const name = header[index];
    if (name !== undefined && cell !== undefined && cell !== '') record[name] = cell;
  }
  return record;
}

async function load(
  tx: Tx,
  ctx: ImportContext,
  kind: ImportKind<unknown>,
  parsed: ParsedRows,
  options: ImportOptions,
): Promise<ImportReport> {
  // Two imports of one kind at the same time would wait for each other's rows in turn; they queue here
  // instead.
  const lock = `import:${kind.kind}`;
  await sql`SELECT pg_advisory_xact_lock(hashtext(${lock}), hashtext(${ctx.cityCode}))`.execute(tx);
  const problems = [...parsed.problems];
  const counts = { created: 0, updated: 0, unchanged: parsed.repeats };
  const size = Math.min(kind.chunk ?? CHUNK, Math.max(parsed.good.length, 1));
  for (let at = 0; at < parsed.good.length; at += size) {
    const result = await kind.load(tx, ctx, parsed.good.slice(at, at + size));
    counts.created += result.created;
    counts.updated += result.updated;
    counts.unchanged += result.unchanged;
    for (const problem of result.problems) noteProblem(problems, problem);
  }
  problems.sort((one, other) => one.line - other.line);
  const partial = options.partial ?? false;
  const refused = problems.length > 0 && !partial && !options.dryRun;
  return {
    kind: kind.kind,
    outcome: options.dryRun ? 'tried' : refused ? 'refused' : 'loaded',
    partial,
    rows: parsed.rows,
    ...(refused ? { created: 0, updated: 0, unchanged: 0 } : counts),
    badRows: new Set(problems.map((problem) => problem.line)).size,
    problemCount: problems.length,
    problems: problems.slice(0, PROBLEMS_SHOWN),
  };
}

/** What is wrong with a row whose line goes without saying. */
export type RowFault = Omit<RowProblem, 'line'>;

/**
 * Parts the rows that `judge` finds nothing wrong with from the problems of the others. It answers every
 * fault of the row, as far as one doesn't follow from another.
 */
export function sift<Row>(
  rows: readonly ImportedRow<Row>[],
  judge: (row: Row) => RowFault | readonly (RowFault | undefined)[] | undefined,
): { good: ImportedRow<Row>[]; problems: RowProblem[] } {
  const good: ImportedRow<Row>[] = [];
  const problems: RowProblem[] = [];
  for (const one of rows) {
    const faults = [judge(one.row)].flat().filter((fault) => fault !== undefined);
    if (faults.length === 0) good.push(one);
    else problems.push(...faults.map((fault) => ({ line: one.line, ...fault })));
  }
  return { good, problems };
}

/** Whether the import was refused, or would be if it were more than a try. */
export function isRefused({ outcome, partial, problemCount }: ImportReport): boolean {
  return outcome === 'refused' || (outcome === 'tried' && !partial && problemCount > 0);
}

/**
 * Counts what an upsert wrote: it answers a row for each insert and each change, none for what stood
 * already.
 */
export function countWritten(
  written: readonly { inserted: boolean }[],
  total: number,
): Omit<LoadResult, 'problems'> {
  const created = written.filter((row) => row.inserted).length;
  return { created, updated: written.length - created, unchanged: total - written.length };
}

/** The problem as a sentence with its place, in the reader's language. */
export function describeProblem(problem: RowProblem, lang: Lang): string {
  const { line, column, code, params } = problem;
  const what = sentence(code, lang, params);
  if (lang === 'en')
    return column === null ? `Line ${line}: ${what}` : `Line ${line}, column ${column}: ${what}`;
  return column === null ? `第 ${line} 行：${what}` : `第 ${line} 行，${column} 列：${what}`;
}

/** The report as the API and the command line answer it. */
export function importAnswerOf(report: ImportReport, lang: Lang): ImportAnswer {
  const { kind, outcome, rows, created, updated, unchanged, badRows, problemCount } = report;
  const problems = report.problems.map((problem) => ({
    line: problem.line,
    column: problem.column,
    code: problem.code,
    detail: sentence(problem.code, lang, problem.params),
  }));
  return { kind, outcome, rows, created, updated, unchanged, badRows, problemCount, problems };
}

/** The kind by its name. @throws Refusal `import.unknown_kind` naming those that exist. */
export function findKind(kinds: readonly ImportKind<unknown>[], name: string): ImportKind<unknown> {
  const found = kinds.find(({ kind }) => kind === name);
  if (found) return found;
  throw new Refusal('import.unknown_kind', {
    kind: name.slice(0, 40),
    kinds: kinds.map(({ kind }) => kind).join(', '),
  });
}
