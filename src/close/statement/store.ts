import { type RawBuilder, sql } from 'kysely';
import type { Grade, PeriodState } from '../../kernel/assessment.ts';
import type { Fen } from '../../kernel/fen.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import type { Centi } from '../../kernel/points.ts';
import type { Line } from '../../ledger/scoring/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { LineRow, Statement, StatementRow } from './statement.ts';

/**
 * Takes away what the last close made of the month: for all of the city, or for a hall and whoever has come
 * into it, by 'kind/code'. What is sealed stays.
 */
export async function deleteStatements(
  tx: Tx,
  cityCode: string,
  { month, unit, keys }: { month: string; unit: string | null; keys: readonly string[] },
): Promise<void> {
  await sql`
    DELETE FROM close.statement s WHERE s.city_code = ${cityCode} AND s.month = ${month}::date
      ${
        unit === null
          ? sql``
          : sql`AND (s.unit_code = ${unit}
              OR s.subject_kind || '/' || s.subject_code = ANY(${[...keys]}::text[]))`
      }
      AND NOT EXISTS (
        SELECT FROM ledger.v_sealed_subject z
        WHERE z.city_code = ${cityCode} AND z.month = ${month}::date AND z.subject_kind = s.subject_kind
          AND z.subject_code = s.subject_code)`.execute(tx);
}

export interface Closing {
  readonly month: string;
  readonly schemeHash: string;
  readonly now: Date;
  /** the only hall */
  readonly unit: string | null;
}

/** Statements as the text that a statement of SQL takes. */
export function statementRows(statements: readonly Statement[]): string {
  const rows = statements.map((one) => ({
    k: one.kind,
    c: one.code,
    n: one.name,
    u: one.unitCode,
    i: one.identity,
    d: one.departmentCode,
    r: one.regionCode,
    p1: one.indicators.stationing,
    p2: one.indicators.daily,
    p3: one.indicators.case,
    p4: one.indicators.rating,
    p5: one.indicators.complaint,
    b: one.baseCenti,
    bo: one.bonus ?? {},
    bc: one.bonusCenti,
    t: one.totalCenti,
    de: one.deductedCenti,
    c1: one.counts.ratable,
    c2: one.counts.rated,
    c3: one.counts.good,
    c4: one.counts.bad,
    c5: one.counts.excluded,
    c6: one.counts.promised,
    c7: one.counts.kept,
    c8: one.callBack?.reached ?? 0,
    c9: one.callBack?.satisfied ?? 0,
    g: one.grade,
    v: one.veto,
    f: one.flags,
    y: one.payFen,
    l: one.lines.map(lineRow),
  }));
  return JSON.stringify(rows);
}

export async function insertStatements(
  tx: Tx,
  cityCode: string,
  rows: string,
  closing: Closing,
): Promise<void> {
  await sql`
    INSERT INTO close.statement (city_code, month, subject_kind, subject_code, name, unit_code, identity,
      department_code, region_code, stationing_centi, daily_centi, case_centi, rating_centi, complaint_centi,
      base_centi, bonus, bonus_centi, total_centi, deducted_centi, ratable, rated, good, bad, excluded,
      promised, kept, call_reached, call_satisfied, grade, veto,
      flags, pay_fen, lines, scheme_hash, closed_at)
    SELECT ${cityCode}, ${closing.month}::date, k, c, n, u, i, d, r, p1, p2, p3, p4, p5, b, bo, bc, t, de,
      c1, c2, c3,
           c4, c5, c6, c7, c8, c9, g, v, f, y, l, ${closing.schemeHash}, ${closing.now}::timestamptz
    FROM json_to_recordset(${rows}::json) AS x(k text, c text, n text, u text, i text, d
      text,
      r text, p1 int, p2 int, p3 int, p4 int, p5 int, b int, bo jsonb, bc int, t int, de int, c1 int, c2 int,
      c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, g text, v boolean, f text[], y int,
      l json)`.execute(tx);
}

/** A line as it is kept within its statement: what it doesn't have is left out. */
function lineRow(line: Line): object {
  return {
    part: line.part,
    kind: line.kind,
    points: line.pointsCenti,
    key: line.key,
    entry: line.entryId ?? undefined,
    other: line.otherEntryId ?? undefined,
    about: Object.keys(line.about).length === 0 ? undefined : line.about,
  };
}

/** Bounds of a reader: data scope, own file, filters. */
export interface StatementFilter {
  readonly cityCode: string;
  readonly month: string;
  readonly kind: SubjectKind;
  readonly regionPrefix: string;
  readonly departmentCode: string | null;
  /** the only subject to be seen, for somebody who sees the own file only */
  readonly only: string | null;
  readonly q?: string | undefined;
  readonly grade?: string | undefined;
  readonly flag?: string | undefined;
}

function matching(filter: StatementFilter): RawBuilder<unknown> {
  const { month, kind, regionPrefix, departmentCode, only, q = '', grade = null, flag = null } = filter;
  return sql`month = ${month}::date AND subject_kind = ${kind}
    AND starts_with(region_code, ${regionPrefix})
    AND (${departmentCode}::text IS NULL OR department_code = ${departmentCode})
    AND (${only}::text IS NULL OR subject_code = ${only})
    AND (strpos(name, ${q}) > 0 OR starts_with(upper(subject_code), upper(${q})))
    AND (${grade}::text IS NULL OR grade = ${grade})
    AND (${flag}::text IS NULL OR ${flag} = ANY(flags))`;
}

const COLUMNS = sql`subject_kind, subject_code, name, unit_code, department_code, region_code,
  stationing_centi, daily_centi, case_centi, rating_centi,
  complaint_centi, base_centi, bonus, bonus_centi, total_centi, deducted_centi, ratable, rated, good, bad,
  excluded, promised, kept, call_reached, call_satisfied, grade, veto, flags, scheme_hash, closed_at, state`;

/** What a list may be sorted by; the value is the column, or for names and codes the text. */
const SORTS = {
  total: sql`total_centi`,
  base_total: sql`base_centi`,
  bonus_total: sql`coalesce(bonus_centi, 0)`,
  stationing: sql`stationing_centi`,
  daily: sql`daily_centi`,
  case: sql`case_centi`,
  rating: sql`rating_centi`,
  complaint: sql`complaint_centi`,
  bad: sql`bad`,
} as const;
export type NumberSort = keyof typeof SORTS;

export interface Page {
  readonly sort: NumberSort | 'name' | 'code';
  readonly descending: boolean;
  /** sort value and code of the last row before this page */
  readonly after: { readonly value: string; readonly code: string } | null;
  readonly limit: number;
}

export type SortedRow = StatementRow & { readonly sort_value: string };

/** Statements in the order asked for; equal values stand by code, ascending. */
export async function findStatements(
  reader: Reader,
  filter: StatementFilter,
  page: Page,
): Promise<SortedRow[]> {
  const { sort, descending, after, limit } = page;
  const byText = sort === 'name' || sort === 'code';
  const value = byText ? (sort === 'name' ? sql`name` : sql`subject_code`) : SORTS[sort];
  const direction = descending ? sql`DESC` : sql`ASC`;
  const beyond = descending ? sql`<` : sql`>`;
  const start = byText ? sql`${after?.value ?? ''}::text` : sql`${after?.value ?? '0'}::int`;
  const { rows } = await sql<SortedRow>`
    SELECT ${COLUMNS}, ${value}::text AS sort_value FROM close.v_result
    WHERE city_code = ${filter.cityCode} AND ${matching(filter)} AND (${after === null}::boolean OR ${value}
      ${beyond} ${start}
      OR (${value} = ${start} AND subject_code > ${after?.code ?? ''}))
    ORDER BY ${value} ${direction}, subject_code LIMIT ${limit}`.execute(reader);
  return rows;
}

export interface PayRow {
  readonly subject_code: string;
  readonly name: string;
  readonly department_code: string;
  readonly base_centi: Centi;
  readonly bonus_centi: Centi;
  readonly total_centi: Centi;
  readonly grade: Grade | null;
  readonly veto: boolean;
  readonly pay_fen: Fen;
  readonly state: PeriodState;
}

/** Statements that move pay, by staff number. */
export async function findPay(reader: Reader, filter: StatementFilter): Promise<PayRow[]> {
  const { rows } = await sql<PayRow>`
    SELECT subject_code, name, department_code, base_centi, coalesce(bonus_centi, 0) AS bonus_centi,
      total_centi, grade, veto, pay_fen, state
    FROM close.v_result
    WHERE city_code = ${filter.cityCode} AND ${matching(filter)} AND pay_fen IS NOT NULL ORDER BY
      subject_code`.execute(reader);
  return rows;
}

export async function countStatements(reader: Reader, filter: StatementFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM close.statement
    WHERE city_code = ${filter.cityCode} AND ${matching(filter)}`.execute(reader);
  return rows[0]?.count ?? 0;
}

export async function findLines(
  reader: Reader,
  cityCode: string,
  wanted: { month: string; kind: SubjectKind; code: string },
): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    SELECT line_no, part, kind, points_centi, value_key, entry_id, other_entry_id, about FROM
      close.statement_line
    WHERE city_code = ${cityCode} AND month = ${wanted.month}::date AND subject_kind = ${wanted.kind}
      AND subject_code = ${wanted.code} ORDER BY line_no`.execute(reader);
  return rows;
}

/** How far the statements within a reader's scope have come, each state once. */
export async function findStates(reader: Reader, filter: StatementFilter): Promise<PeriodState[]> {
  const { rows } = await sql<{ state: PeriodState }>`
    SELECT DISTINCT state FROM close.v_result
    WHERE city_code = ${filter.cityCode} AND ${matching(filter)}`.execute(reader);
  return rows.map(({ state }) => state);
}

export interface MonthState {
  readonly state: PeriodState;
  readonly closed_at: Date;
}

/** State of the month and when it was closed last; undefined while it has never been. */
export async function findMonthState(
  reader: Reader,
  cityCode: string,
  month: string,
): Promise<MonthState | undefined> {
  const { rows } = await sql<MonthState>`
    SELECT p.state, c.closed_at FROM close.closing c
    JOIN ledger.v_period p ON p.city_code = ${cityCode} AND p.month = c.month
    WHERE c.city_code = ${cityCode} AND c.month = ${month}::date`.execute(reader);
  return rows[0];
}

export interface EndingRow {
  readonly published_at: Date | null;
  readonly notice_until: Date | null;
  readonly sealed_at: Date | null;
  readonly waived_reason: string | null;
}

/**
 * How far the hall of a statement has come with the end of the month. Who came into it after it was sealed
 * had no part in its notice and is sealed with the rest of the city.
 */
export async function findEnding(
  reader: Reader,
  cityCode: string,
  { month, unit, closedAt }: { month: string; unit: string; closedAt: Date },
): Promise<EndingRow | undefined> {
  const { rows } = await sql<EndingRow>`
    SELECT CASE WHEN n.newcomer THEN NULL ELSE u.published_at END AS published_at,
           CASE WHEN n.newcomer THEN NULL ELSE u.notice_until END AS notice_until,
           CASE WHEN n.newcomer THEN p.sealed_at ELSE u.sealed_at END AS sealed_at,
           CASE WHEN NOT n.newcomer THEN u.waived_reason
             WHEN p.sealed_at IS NOT NULL THEN c.waived_reason END AS waived_reason
    FROM close.unit_closing u
    JOIN close.closing c ON c.city_code = ${cityCode} AND c.month = u.month
    JOIN ledger.v_period p ON p.city_code = ${cityCode} AND p.month = u.month
    CROSS JOIN LATERAL (
      SELECT coalesce(u.sealed_at < ${closedAt}::timestamptz, false) AS newcomer
    ) n
    WHERE u.city_code = ${cityCode} AND u.month = ${month}::date AND u.unit_code = ${unit}`.execute(reader);
  return rows[0];
}
