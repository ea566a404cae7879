import { type RawBuilder, sql } from 'kysely';
import type { PeriodState } from '../../kernel/assessment.ts';
import type { Subject, SubjectKind } from '../../kernel/ids.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { AppealedLine, AppealState, Stance } from './contract.ts';

export interface AppealDbRow {
  readonly city_code: string;
  readonly appeal_id: string;
  readonly number: string;
  readonly month: string;
  readonly subject_kind: SubjectKind;
  readonly subject_code: string;
  readonly subject_name: string;
  readonly department_code: string;
  readonly region_code: string;
  readonly line_key: string;
  readonly line: AppealedLine;
  readonly part: string;
  readonly entry_id: string | null;
  readonly filed_by: string;
  readonly filed_name: string;
  readonly filed_at: Date;
  readonly text: string;
  readonly state: AppealState;
  readonly stance: Stance | null;
  readonly opinion: string | null;
  readonly opinion_by: string | null;
  readonly opinion_name: string | null;
  readonly opinion_at: Date | null;
  readonly appointed_by: string | null;
  readonly appointed_at: Date | null;
  readonly reason: string | null;
  readonly decided_by: string | null;
  readonly decided_name: string | null;
  readonly decided_at: Date | null;
  readonly given_centi: number | null;
  readonly given_entry: string | null;
  readonly given_month: string | null;
  readonly carried_at: Date | null;
  readonly carried_by: string | null;
  readonly carried_reason: string | null;
}

const COLUMNS = sql`a.city_code, appeal_id, number, month, subject_kind, subject_code, subject_name,
  department_code, region_code, line_key, line, part, entry_id, filed_by, filed_name, filed_at, text,
  state, stance, opinion, opinion_by, opinion_name, opinion_at, appointed_by, appointed_at, reason,
  decided_by, decided_name, decided_at, given_centi, given_entry, given_month, carried_at, carried_by,
  carried_reason`;

/** What of the appeals somebody may see. */
export interface Sight {
  readonly cityCode: string;
  /** all within the data scope: the office, and the liaison for the own department */
  readonly whole: { readonly regionPrefix: string; readonly departmentCode: string | null } | null;
  /** the own ones */
  readonly staffNo: string | null;
  /** those on whose group one sits */
  readonly userId: string | null;
}

function seen({ cityCode, whole, staffNo, userId }: Sight): RawBuilder<unknown> {
  const department = whole?.departmentCode ?? null;
  return sql`a.city_code = ${cityCode} AND (
    (${whole !== null}::boolean AND starts_with(a.region_code, ${whole?.regionPrefix ?? ''})
      AND (${department}::text IS NULL OR a.department_code = ${department}))
    OR (a.subject_kind = 'staff' AND a.subject_code = ${staffNo}::text)
    OR EXISTS (SELECT FROM ledger.appeal_member m WHERE m.city_code = ${cityCode}
      AND m.appeal_id = a.appeal_id AND m.user_id = ${userId}::text))`;
}

export async function findAppeal(
  reader: Reader,
  sight: Sight,
  appealId: string,
): Promise<AppealDbRow | undefined> {
  const { rows } = await sql<AppealDbRow>`
    SELECT ${COLUMNS} FROM ledger.appeal a
    WHERE a.city_code = ${sight.cityCode} AND ${seen(sight)} AND a.appeal_id = ${appealId}::uuid
  `.execute(reader);
  return rows[0];
}

/** Holds the appeal until the transaction ends, so that of two steps at once one comes second. */
export async function lockAppeal(
  tx: Tx,
  cityCode: string,
  appealId: string,
): Promise<AppealState | undefined> {
  const { rows } = await sql<{ state: AppealState }>`
    SELECT state FROM ledger.appeal WHERE city_code = ${cityCode} AND appeal_id = ${appealId}::uuid FOR UPDATE
  `.execute(tx);
  return rows[0]?.state;
}

export interface AppealFilter {
  readonly state?: string | undefined;
  readonly month?: string | undefined;
  readonly part?: string | undefined;
  readonly card?: 'yellow' | 'red' | undefined;
  readonly q?: string | undefined;
  readonly mine: boolean;
  readonly now: Date;
  readonly after: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

const OPEN = sql`a.state IN ('opinion', 'group', 'review')`;

/** Appeals that somebody may see, the newest first. */
export async function listAppeals(
  reader: Reader,
  sight: Sight,
  filter: AppealFilter,
): Promise<AppealDbRow[]> {
  const { state, month, part, card, q, mine, now, after, limit } = filter;
  const turned = card === 'red' ? sql`d.red_from` : sql`d.yellow_from`;
  const conditions = [
    seen(sight),
    ...(state === undefined ? [] : [state === 'open' ? OPEN : sql`a.state = ${state}`]),
    ...(month === undefined ? [] : [sql`a.month = ${month}::date`]),
    ...(part === undefined ? [] : [sql`a.part = ${part}`]),
    ...(q
      ? [sql`(a.number = upper(${q}) OR strpos(a.subject_name, ${q}) > 0 OR a.subject_code = ${q})`]
      : []),
    ...(card === undefined
      ? []
      : [
          sql`EXISTS (SELECT FROM handling.open_duty d WHERE d.city_code = ${sight.cityCode}
            AND d.matter_kind = 'appeal' AND d.matter_id = a.appeal_id::text AND ${turned} <= ${now}
            AND (${card === 'red'}::boolean OR d.red_from > ${now}))`,
        ]),
    ...(mine
      ? [
          sql`a.state = 'review' AND EXISTS (SELECT FROM ledger.appeal_member m
            WHERE m.city_code = ${sight.cityCode} AND m.appeal_id = a.appeal_id
            AND m.user_id = ${sight.userId}::text AND (m.vote IS NULL OR m.chair))`,
        ]
      : []),
    ...(after === undefined
      ? []
      : [sql`(a.filed_at, a.appeal_id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const { rows } = await sql<AppealDbRow>`
    SELECT ${COLUMNS} FROM ledger.appeal a
    WHERE a.city_code = ${sight.cityCode} AND ${sql.join(conditions, sql` AND `)}
    ORDER BY a.filed_at DESC, a.appeal_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/**
 * The month's gate, held in common with others until the transaction ends: nobody seals meanwhile. Answers
 * how far it has come for the subject: asked only once the gate is held.
 */
export async function shareGate(
  tx: Tx,
  cityCode: string,
  { month, unitCode, kind, code }: { month: string; unitCode: string } & Subject,
): Promise<PeriodState | undefined> {
  await sql`
    SELECT state FROM ledger.period WHERE city_code = ${cityCode} AND month = ${month}::date FOR SHARE
  `.execute(tx);
  const { rows } = await sql<{ state: PeriodState }>`
    SELECT CASE WHEN p.state = 'sealed' OR z.unit_code IS NOT NULL THEN 'sealed'
             WHEN u.state IS NULL OR u.state = 'sealed' THEN p.state ELSE u.state END AS state
    FROM ledger.period p
    LEFT JOIN ledger.period_unit u ON u.city_code = ${cityCode} AND u.month = p.month
      AND u.unit_code = ${unitCode}
    LEFT JOIN ledger.sealed_subject z ON z.city_code = ${cityCode} AND z.month = p.month
      AND z.subject_kind = ${kind} AND z.subject_code = ${code}
    WHERE p.city_code = ${cityCode} AND p.month = ${month}::date`.execute(tx);
  return rows[0]?.state;
}

export interface NewAppeal {
  readonly appealId: string;
  readonly number: string;
  readonly month: string;
  readonly subjectKind: SubjectKind;
  readonly subjectCode: string;
  readonly subjectName: string;
  readonly departmentCode: string;
  readonly regionCode: string;
  readonly lineKey: string;
  readonly line: AppealedLine;
  readonly entryId: string | null;
  readonly by: string;
  readonly name: string;
  readonly at: Date;
  readonly text: string;
  /** the department itself speaks: no opinion is waited for */
  readonly spoken: boolean;
}

/** False when the line has an appeal already. */
export async function insertAppeal(tx: Tx, cityCode: string, made: NewAppeal): Promise<boolean> {
  const { at, spoken } = made;
  const { rows } = await sql`
    INSERT INTO ledger.appeal (city_code, appeal_id, number, month, subject_kind, subject_code, subject_name,
      department_code, region_code, line_key, line, part, entry_id, filed_by, filed_name, filed_at, text,
      state, stance, opinion_by, opinion_name, opinion_at)
    VALUES (${cityCode}, ${made.appealId}, ${made.number}, ${made.month}, ${made.subjectKind},
      ${made.subjectCode}, ${made.subjectName}, ${made.departmentCode}, ${made.regionCode}, ${made.lineKey},
      ${JSON.stringify(made.line)}::jsonb, ${made.line.part}, ${made.entryId}, ${made.by}, ${made.name},
      ${at}, ${made.text}, ${spoken ? 'group' : 'opinion'}, ${spoken ? 'agree' : null},
      ${spoken ? made.by : null}, ${spoken ? made.name : null}, ${spoken ? at : null})
    ON CONFLICT DO NOTHING RETURNING appeal_id`.execute(tx);
  return rows.length > 0;
}

export async function nextCount(tx: Tx, cityCode: string, year: number): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    INSERT INTO ledger.appeal_counter AS c (city_code, year, next) VALUES (${cityCode}, ${year}, 1)
    ON CONFLICT (city_code, year) DO UPDATE SET next = c.next + 1 RETURNING next`.execute(tx);
  return rows[0]?.next ?? 1;
}

/** The standing appeal of a line, or the one with the id. */
export async function findStanding(
  reader: Reader,
  cityCode: string,
  { lineKey, appealId }: { lineKey: string; appealId: string },
): Promise<{ appeal_id: string; number: string; filed_by: string; line_key: string } | undefined> {
  const { rows } = await sql<{ appeal_id: string; number: string; filed_by: string; line_key: string }>`
    SELECT appeal_id, number, filed_by, line_key FROM ledger.appeal
    WHERE city_code = ${cityCode}
      AND (appeal_id = ${appealId}::uuid OR (line_key = ${lineKey} AND state <> 'withdrawn'))
    ORDER BY appeal_id = ${appealId}::uuid DESC LIMIT 1`.execute(reader);
  return rows[0];
}

export interface LineAppeal {
  readonly appeal_id: string;
  readonly number: string;
  readonly line_key: string;
  readonly state: AppealState;
}

/** The standing appeals against lines, by the lines' keys. */
export async function findOfLines(
  reader: Reader,
  cityCode: string,
  keys: readonly string[],
): Promise<LineAppeal[]> {
  const { rows } = await sql<LineAppeal>`
    SELECT appeal_id, number, line_key, state FROM ledger.appeal
    WHERE city_code = ${cityCode} AND line_key = ANY(${[...keys]}::text[]) AND state <> 'withdrawn'
  `.execute(reader);
  return rows;
}

export interface OpenAppealRow {
  readonly appeal_id: string;
  readonly number: string;
  readonly subject_kind: SubjectKind;
  readonly subject_code: string;
  readonly carried_at: Date | null;
}

/** The month's appeals that aren't decided. */
export async function findOpen(reader: Reader, cityCode: string, month: string): Promise<OpenAppealRow[]> {
  const { rows } = await sql<OpenAppealRow>`
    SELECT appeal_id, number, subject_kind, subject_code, carried_at FROM ledger.v_open_appeal
    WHERE city_code = ${cityCode} AND month = ${month}::date ORDER BY number`.execute(reader);
  return rows;
}

export async function updateCarried(
  tx: Tx,
  cityCode: string,
  carried: { month: string; numbers: readonly string[]; at: Date; by: string; reason: string },
): Promise<void> {
  await sql`
    UPDATE ledger.appeal SET carried_at = ${carried.at}, carried_by = ${carried.by},
      carried_reason = ${carried.reason}
    WHERE city_code = ${cityCode} AND month = ${carried.month}::date AND carried_at IS NULL
      AND number = ANY(${[...carried.numbers]}::text[])
      AND state IN ('opinion', 'group', 'review')`.execute(tx);
}
