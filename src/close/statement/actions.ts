import { setImmediate as nextTurn } from 'node:timers/promises';
import { assert } from '../../kernel/assert.ts';
import { PERIOD_STATES, type PeriodState } from '../../kernel/assessment.ts';
import { isoMoment } from '../../kernel/day.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { firstDay, type Month, parseMonth } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import type { Score, ScorePage, ScoreQuery } from './contract.ts';
import { SCORE_COLUMNS, type Statement, scoreCells, scoreOf } from './statement.ts';
import {
  type Closing,
  countStatements,
  deleteStatements,
  findMonthState,
  findPay,
  findStatements,
  findStates,
  insertStatements,
  type MonthState,
  type PayRow,
  type StatementFilter,
  statementRows,
} from './store.ts';

/** Rows of a statement with its lines that one statement of SQL takes. */
const CHUNK = 1000;

/** Most subjects that one table hands out. */
const TABLE_ROWS = 100_000;

/** Replaces the statements of the month, or of a hall in it, by those given. */
export async function replaceStatements(
  tx: Tx,
  cityCode: string,
  statements: readonly Statement[],
  closing: Closing,
): Promise<void> {
  const { month, unit } = closing;
  await deleteStatements(tx, cityCode, {
    month,
    unit,
    keys: statements.map(({ kind, code }) => `${kind}/${code}`),
  });
  let writing = Promise.resolve();
  for (let at = 0; at < statements.length; at += CHUNK) {
    const rows = statementRows(statements.slice(at, at + CHUNK));
    await writing;
    writing = insertStatements(tx, cityCode, rows, closing);
    // The database works on these while the next ones are put together.
    await nextTurn();
  }
  await writing;
}

/** The month that somebody wrote. @throws Refusal `month.malformed` */
export function readMonth(text: string): Month {
  const month = parseMonth(text);
  if (month === undefined)
    throw new Refusal('month.malformed', { month: text.slice(0, 20) }, { field: 'month' });
  return month;
}

/** State and last close of a month. @throws Refusal `month.not_closed` */
export async function closedMonth(deps: Deps, cityCode: string, month: Month): Promise<MonthState> {
  const found = await findMonthState(deps.db.read, cityCode, firstDay(month));
  if (found === undefined) throw new Refusal('month.not_closed', { month });
  return found;
}

/** What the actor may see of a month's statements: the data scope, or the own file only. */
export function filterOf(actor: Actor, month: Month, kind: SubjectKind): StatementFilter {
  const { cityCode, regionPrefix = '', departmentCode = null } = actor.scope;
  const shared = { cityCode, month: firstDay(month), kind };
  if (actor.permissions.has('score.read')) return { ...shared, regionPrefix, departmentCode, only: null };
  const own = ownStaffNo(actor);
  if (own === undefined || kind !== 'staff') throw new Refusal('access.permission_denied');
  return { ...shared, regionPrefix: '', departmentCode: null, only: own };
}

/** The staff number of somebody who sees the own file. */
function ownStaffNo(actor: Actor): string | undefined {
  return actor.kind === 'user' && actor.permissions.has('score.own') ? actor.staffNo : undefined;
}

/**
 * All scores of a month that the actor may see, by code: what `yiping scores` and `GET /api/v1/scores`
 * answer.
 */
export async function allScores(
  deps: Deps,
  actor: Actor,
  query: { month: string; subject: SubjectKind },
): Promise<Score[]> {
  const month = readMonth(query.month);
  const filter = filterOf(actor, month, query.subject);
  await closedMonth(deps, filter.cityCode, month);
  const page = { sort: 'code', descending: false, after: null, limit: TABLE_ROWS } as const;
  const rows = await findStatements(deps.db.read, filter, page);
  return rows.map((row) => scoreOf(row, month));
}

/** What the month's statements move in pay, within the actor's scope. */
export async function payStatements(deps: Deps, actor: Actor, month: Month): Promise<PayRow[]> {
  return await findPay(deps.db.read, filterOf(actor, month, 'staff'));
}

/** A page of scores, sorted and filtered. */
export async function scorePage(deps: Deps, actor: Actor, query: ScoreQuery): Promise<ScorePage> {
  const { sort, order, limit, cursor, q, grade, flag } = query;
  const month = readMonth(query.month);
  const scope = filterOf(actor, month, query.subject);
  const filter = { ...scope, q, grade, flag };
  const { state: whole, closed_at } = await closedMonth(deps, filter.cityCode, month);
  const state = await stateWithin(deps, scope, whole);
  const after = cursor === undefined ? null : afterOf(cursor, sort);
  const rows = await findStatements(deps.db.read, filter, {
    sort,
    descending: order === 'desc',
    after,
    limit: limit + 1,
  });
  const count = await countStatements(deps.db.read, filter);
  const page = pageOf(
    rows,
    limit,
    (row) => scoreOf(row, month),
    (row) => [row.sort_value, row.subject_code],
  );
  return { month, state, closed_at: isoMoment(closed_at), count, ...page };
}

/** How far the month has come for whom the reader sees: a hall may be before the others. */
async function stateWithin(deps: Deps, scope: StatementFilter, whole: PeriodState): Promise<PeriodState> {
  const { regionPrefix, departmentCode, only } = scope;
  if (regionPrefix === '' && departmentCode === null && only === null) return whole;
  const states = await findStates(deps.db.read, scope);
  return PERIOD_STATES.find((one) => states.includes(one)) ?? whole;
}

function afterOf(cursor: string, sort: ScoreQuery['sort']): { value: string; code: string } {
  const [value = '', code = ''] = decodeCursor(cursor, 2);
  const isText = sort === 'name' || sort === 'code';
  if (!isText && !/^-?\d{1,9}$/.test(value)) throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
  return { value, code };
}

/**
 * The same scores as a table for download; the export is audited.
 * @throws Refusal `access.permission_denied` without `export.run`
 */
export async function scoreTable(deps: Deps, actor: Actor, query: ScoreQuery): Promise<OutTable> {
  requirePermission(actor, 'export.run');
  const month = readMonth(query.month);
  const filter = {
    ...filterOf(actor, month, query.subject),
    q: query.q,
    grade: query.grade,
    flag: query.flag,
  };
  await closedMonth(deps, filter.cityCode, month);
  const page = { sort: query.sort, descending: query.order === 'desc', after: null, limit: TABLE_ROWS };
  const rows = await findStatements(deps.db.read, filter, page);
  assert(rows.length <= TABLE_ROWS, 'a table is bounded');
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.scores',
      subjectKind: 'month',
      subjectId: month,
      detail: { subject: query.subject, format: query.format, rows: rows.length },
      cityCode: filter.cityCode,
      at: deps.clock.now(),
    }),
  );
  return tableOf(rows.map((row) => scoreOf(row, month)));
}

/** Scores as a table of texts. */
export function tableOf(scores: readonly Score[]): OutTable {
  return { columns: SCORE_COLUMNS, rows: scores.map(scoreCells) };
}
