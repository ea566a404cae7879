import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader, Tx } from '../../platform/db.ts';

/** A merit as it is stored, without when and from where. */
export interface StoredMerit {
  readonly merit_id: string;
  readonly occurred_on: string;
  readonly staff_no: string;
  readonly rule: string;
  readonly quantity: number;
  readonly evidence: string;
  readonly confirmed_by: string | null;
}

export async function findMerits(tx: Tx, cityCode: string, ids: readonly string[]): Promise<StoredMerit[]> {
  const { rows } = await sql<StoredMerit>`
    SELECT merit_id, occurred_on, staff_no, rule, quantity, evidence, confirmed_by
    FROM conduct.merit WHERE city_code = ${cityCode} AND merit_id = ANY(${[...ids]}::text[])`.execute(tx);
  return rows;
}

export async function insertMerits(
  tx: Tx,
  cityCode: string,
  rows: readonly StoredMerit[],
  at: { now: Date; source: string; by: string; staffNo?: string | null },
): Promise<void> {
  await sql`
    INSERT INTO conduct.merit (city_code, merit_id, occurred_on, staff_no, rule, quantity, evidence,
      confirmed_by, source, recorded_by, recorded_staff, recorded_at, confirmed_at)
    SELECT ${cityCode}, merit_id, occurred_on, staff_no, rule, quantity, evidence, confirmed_by, ${at.source},
           ${at.by}, ${at.staffNo ?? null}, ${at.now}::timestamptz,
           CASE WHEN confirmed_by IS NOT NULL THEN ${at.now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(merit_id text, occurred_on date, staff_no
      text,
      rule text, quantity int, evidence text, confirmed_by text)`.execute(tx);
}

/** Names who confirmed merits that nobody had confirmed yet. */
export async function confirmMerits(
  tx: Tx,
  cityCode: string,
  rows: readonly { merit_id: string; confirmed_by: string | null }[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE conduct.merit m SET confirmed_by = r.confirmed_by, confirmed_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(merit_id text, confirmed_by text)
    WHERE m.city_code = ${cityCode} AND m.merit_id = r.merit_id AND m.confirmed_by IS NULL
      AND m.rejected_at IS NULL`.execute(tx);
}

export interface MeritRecord extends StoredMerit {
  readonly staff_name: string | null;
  readonly recorded_by: string;
  readonly recorded_staff: string | null;
  readonly recorded_at: Date;
  readonly rejected_by: string | null;
  readonly rejected_note: string | null;
  readonly recorded_id: string | null;
  readonly claimed: boolean;
  readonly opinion: 'support' | 'object' | null;
  readonly opinion_by: string | null;
  readonly opinion_note: string | null;
  readonly published_at: Date | null;
}

const RECORD = sql`m.merit_id, m.occurred_on, m.staff_no, m.rule, m.quantity, m.evidence, m.confirmed_by,
  p.name AS staff_name, m.recorded_by, m.recorded_staff, m.recorded_at, m.rejected_by, m.rejected_note,
  m.recorded_id, m.claimed, m.opinion, m.opinion_by, m.opinion_note, m.published_at`;

function joined(cityCode: string, scope: Scope) {
  const department = scope.departmentCode ?? null;
  return sql`conduct.merit m
    JOIN registry.v_staff p ON p.city_code = ${cityCode} AND p.staff_no = m.staff_no
    JOIN registry.v_department d ON d.city_code = ${cityCode} AND d.code = p.department_code
      AND starts_with(d.region_code, ${scope.regionPrefix ?? ''})
      AND (${department}::text IS NULL OR d.code = ${department})`;
}

const STATES = {
  open: sql`m.confirmed_by IS NULL AND m.rejected_at IS NULL`,
  confirmed: sql`m.confirmed_by IS NOT NULL`,
  rejected: sql`m.rejected_at IS NOT NULL`,
} as const;

/** Merits of the scope by the day on which they were recorded, the newest first. */
export async function listMerits(
  reader: Reader,
  scope: Scope,
  filter: {
    state?: keyof typeof STATES | undefined;
    rule?: string | undefined;
    staff?: string | undefined;
    after?: { at: Date; id: string } | undefined;
    limit: number;
  },
): Promise<MeritRecord[]> {
  const { state, rule, staff, after, limit } = filter;
  const { cityCode } = scope;
  const conditions = [
    ...(state === undefined ? [] : [STATES[state]]),
    ...(rule === undefined ? [] : [sql`m.rule = ${rule}`]),
    ...(staff === undefined ? [] : [sql`m.staff_no = ${staff}`]),
    ...(after === undefined
      ? []
      : [sql`(m.recorded_at, m.merit_id) < (${after.at}::timestamptz, ${after.id})`]),
  ];
  const { rows } = await sql<MeritRecord>`
    SELECT ${RECORD} FROM ${joined(cityCode, scope)}
    WHERE m.city_code = ${cityCode} AND ${sql.join([sql`true`, ...conditions], sql` AND `)}
    ORDER BY m.recorded_at DESC, m.merit_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/** A merit of the scope, held until the transaction ends. */
export async function lockMerit(tx: Tx, scope: Scope, id: string): Promise<MeritRecord | undefined> {
  const { cityCode } = scope;
  const { rows } = await sql<MeritRecord>`
    SELECT ${RECORD} FROM ${joined(cityCode, scope)}
    WHERE m.city_code = ${cityCode} AND m.merit_id = ${id} FOR UPDATE OF m`.execute(tx);
  return rows[0];
}

/** Turns a merit down, for good. */
export async function rejectMerit(
  tx: Tx,
  cityCode: string,
  { id, by, at, note }: { id: string; by: string; at: Date; note: string },
): Promise<void> {
  await sql`
    UPDATE conduct.merit SET rejected_by = ${by}, rejected_at = ${at}, rejected_note = ${note}
    WHERE city_code = ${cityCode} AND merit_id = ${id}`.execute(tx);
}
