import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { FindingState } from './contract.ts';
import type { ClockRule, Half } from './judge.ts';

export interface ProposedRow {
  readonly finding_id: string;
  readonly day: string;
  readonly half: Half;
  readonly subject_kind: 'staff' | 'window';
  readonly subject_code: string;
  readonly region_code: string;
  readonly department_code: string;
  readonly rule: ClockRule;
  readonly minutes: number;
  readonly evidence: string;
  readonly clause: string;
  readonly recorded_by: string;
  readonly recorded_staff: string | null;
}

export interface FindingRow extends Omit<ProposedRow, 'day'> {
  readonly day: Day;
  readonly state: FindingState;
  readonly subject_name: string | null;
  readonly department_name: string | null;
  readonly proposed_at: Date;
  readonly protest_until: Day;
  readonly protest: string | null;
  readonly protested_name: string | null;
  readonly protested_at: Date | null;
  readonly decided_name: string | null;
  readonly decided_at: Date | null;
  readonly decision_note: string | null;
  readonly overtaken_at: Date | null;
}

/** Whoever looks at days anew waits here for the others. */
export async function lockReview(tx: Tx, cityCode: string): Promise<void> {
  const lock = `attendance:${cityCode}`;
  await sql`SELECT pg_advisory_xact_lock(hashtext(${lock})) WHERE ${cityCode} <> ''`.execute(tx);
}

/**
 * Adds what is new, opens what had lapsed, and brings what is open up to date; what was decided stays.
 * Answers how many are open anew.
 */
export async function propose(
  tx: Tx,
  cityCode: string,
  { rows, at, until }: { rows: readonly ProposedRow[]; at: Date; until: Day },
): Promise<number> {
  const { rows: written } = await sql<{ opened: boolean }>`
    INSERT INTO conduct.attendance_finding AS f (city_code, finding_id, day, half, subject_kind,
      subject_code, region_code, department_code, rule, minutes, evidence, clause, state, recorded_by,
      recorded_staff, proposed_at, protest_until)
    SELECT ${cityCode}, finding_id, day, half, subject_kind, subject_code, region_code, department_code,
      rule, minutes, evidence, clause, 'proposed', recorded_by, recorded_staff,
      ${at}::timestamptz, ${until}::date
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(finding_id text, day date, half text,
      subject_kind text, subject_code text, region_code text, department_code text, rule text, minutes int,
      evidence text, clause text, recorded_by text, recorded_staff text)
    ON CONFLICT (city_code, finding_id) DO UPDATE SET minutes = excluded.minutes,
      evidence = excluded.evidence, clause = excluded.clause, state = CASE f.state WHEN 'lapsed'
        THEN 'proposed' ELSE f.state END,
      recorded_by = excluded.recorded_by, recorded_staff = excluded.recorded_staff,
      proposed_at = CASE f.state WHEN 'lapsed' THEN excluded.proposed_at ELSE f.proposed_at END,
      protest_until = CASE f.state WHEN 'lapsed' THEN excluded.protest_until ELSE f.protest_until END,
      protest = CASE f.state WHEN 'lapsed' THEN NULL ELSE f.protest END,
      protested_by = CASE f.state WHEN 'lapsed' THEN NULL ELSE f.protested_by END,
      protested_name = CASE f.state WHEN 'lapsed' THEN NULL ELSE f.protested_name END,
      protested_at = CASE f.state WHEN 'lapsed' THEN NULL ELSE f.protested_at END
      WHERE f.state = 'lapsed' OR (f.state IN ('proposed', 'protested')
        AND (f.evidence, f.recorded_by) IS DISTINCT FROM (excluded.evidence, excluded.recorded_by))
    RETURNING proposed_at = ${at}::timestamptz AS opened`.execute(tx);
  return written.filter(({ opened }) => opened).length;
}

/** Open proposals of the days that the facts no longer bear out lapse; answers how many. */
export async function lapse(
  tx: Tx,
  cityCode: string,
  { from, to, kept, at }: { from: string; to: string; kept: readonly string[]; at: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE conduct.attendance_finding SET state = 'lapsed'
    WHERE city_code = ${cityCode} AND day BETWEEN ${from}::date AND ${to}::date
      AND state IN ('proposed', 'protested') AND finding_id <> ALL(${[...kept]}::text[])`.execute(tx);
  await sql`
    UPDATE conduct.attendance_finding SET overtaken_at = CASE
      WHEN finding_id = ANY(${[...kept]}::text[]) THEN NULL
      ELSE coalesce(overtaken_at, ${at}::timestamptz) END
    WHERE city_code = ${cityCode} AND day BETWEEN ${from}::date AND ${to}::date AND state = 'confirmed'
      AND (overtaken_at IS NULL) <> (finding_id = ANY(${[...kept]}::text[]))`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Who reads: the data in reach, or only the own findings. */
export interface FindingReader {
  readonly scope: Scope;
  readonly staffNo: string | null;
  readonly whole: boolean;
}

function joined({ scope, staffNo, whole }: FindingReader) {
  const { cityCode, regionPrefix = '', departmentCode = null } = scope;
  return sql`conduct.attendance_finding f
    LEFT JOIN registry.v_staff s ON s.city_code = ${cityCode} AND f.subject_kind = 'staff'
      AND s.staff_no = f.subject_code
    LEFT JOIN registry.v_window w ON w.city_code = ${cityCode} AND f.subject_kind = 'window'
      AND w.code = f.subject_code
    LEFT JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = f.department_code
    WHERE f.city_code = ${cityCode}
      AND ((f.subject_kind = 'staff' AND f.subject_code = ${staffNo}::text AND f.state <> 'lapsed')
        OR (${whole} AND starts_with(f.region_code, ${regionPrefix})
          AND (${departmentCode}::text IS NULL OR f.department_code = ${departmentCode})))`;
}

const COLUMNS = sql`f.finding_id, f.day, f.half, f.subject_kind, f.subject_code, f.region_code,
  f.department_code, f.rule, f.minutes, f.evidence, f.clause, f.state, f.recorded_by, f.recorded_staff,
  coalesce(s.name, w.name) AS subject_name, d.name AS department_name, f.proposed_at, f.protest_until,
  f.protest, f.protested_name, f.protested_at, f.decided_name, f.decided_at, f.decision_note,
  f.overtaken_at`;

export interface FindingFilter {
  readonly state?: string | undefined;
  readonly rule?: string | undefined;
  readonly subject?: string | undefined;
  readonly department?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: readonly [day: string, id: string] | undefined;
  readonly limit: number;
}

/** Findings in reach, the latest day first. */
export async function listFindings(
  reader: Reader,
  who: FindingReader,
  filter: FindingFilter,
): Promise<FindingRow[]> {
  const { state = null, rule = null, subject = '', department = null, from = null, to = null } = filter;
  const [afterDay, afterId] = filter.after ?? [null, null];
  const { rows } = await sql<FindingRow>`
    SELECT ${COLUMNS} FROM ${joined(who)}
      AND (${state}::text IS NULL OR f.state = ${state}) AND (${rule}::text IS NULL OR f.rule = ${rule})
      AND (${department}::text IS NULL OR f.department_code = ${department})
      AND (strpos(upper(f.subject_code), upper(${subject})) > 0
        OR strpos(coalesce(s.name, w.name, ''), ${subject}) > 0)
      AND (${from}::date IS NULL OR f.day >= ${from}::date) AND (${to}::date IS NULL OR f.day <= ${to}::date)
      AND (${afterDay}::date IS NULL OR (f.day, f.finding_id) < (${afterDay}::date, ${afterId}::text))
    ORDER BY f.day DESC, f.finding_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

/** Findings in reach, held until the transaction ends, in the order of their ids. */
export async function lockFindings(
  tx: Tx,
  who: FindingReader,
  ids: readonly string[],
): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    SELECT ${COLUMNS} FROM ${joined(who)} AND f.finding_id = ANY(${[...ids]}::text[])
    ORDER BY f.finding_id FOR UPDATE OF f`.execute(tx);
  return rows;
}

export async function noteProtest(
  tx: Tx,
  cityCode: string,
  given: { id: string; text: string; by: string; name: string; at: Date },
): Promise<void> {
  const { id, text, by, name, at } = given;
  await sql`
    UPDATE conduct.attendance_finding SET state = 'protested', protest = ${text}, protested_by = ${by},
      protested_name = ${name}, protested_at = ${at}
    WHERE city_code = ${cityCode} AND finding_id = ${id}`.execute(tx);
}

export async function settleFindings(
  tx: Tx,
  cityCode: string,
  given: { ids: readonly string[]; confirm: boolean; by: string; name: string; at: Date; note: string },
): Promise<void> {
  const { ids, confirm, by, name, at, note } = given;
  await sql`
    UPDATE conduct.attendance_finding SET state = ${confirm ? 'confirmed' : 'withdrawn'},
      decided_by = ${by}, decided_name = ${name}, decided_at = ${at}, decision_note = ${note || null}
    WHERE city_code = ${cityCode} AND finding_id = ANY(${[...ids]}::text[])`.execute(tx);
}
