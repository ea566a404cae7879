import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export type ChargeRule =
  | 'rating.not_rectified'
  | 'rating.follow_up_dissatisfied'
  | 'complaint.hotline_overdue';

export interface ChargeRow {
  readonly order_id: string;
  readonly rule: ChargeRule;
  readonly charge_id: string;
  readonly project_no: string | null;
  readonly subject_kind: 'window' | 'department' | null;
  readonly subject_code: string | null;
  readonly occurred_on: string;
  readonly recorded_at: Date;
  readonly waived: 'excluded' | 'unassigned' | null;
}

/** Adds what an order charges by a rule; false when it does already, or has been let off. */
export async function insertCharge(tx: Tx, cityCode: string, row: ChargeRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO handling.order_charge (city_code, order_id, rule, charge_id, project_no, subject_kind,
      subject_code, occurred_on, recorded_at, waived)
    VALUES (${cityCode}, ${row.order_id}, ${row.rule}, ${row.charge_id}, ${row.project_no},
      ${row.subject_kind}, ${row.subject_code}, ${row.occurred_on}, ${row.recorded_at}, ${row.waived})
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Lets an order off what it charges, since its rating is taken out; answers on which days that was. */
export async function waiveCharges(tx: Tx, cityCode: string, orderId: string): Promise<string[]> {
  const { rows } = await sql<{ occurred_on: string }>`
    UPDATE handling.order_charge SET waived = 'excluded'
    WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid AND waived IS NULL
    RETURNING occurred_on`.execute(tx);
  return rows.map(({ occurred_on: on }) => on);
}

export async function chargesOf(reader: Reader, cityCode: string, orderId: string): Promise<ChargeRow[]> {
  const { rows } = await sql<ChargeRow>`
    SELECT order_id, rule, charge_id, project_no, subject_kind, subject_code, occurred_on, recorded_at, waived
    FROM handling.order_charge WHERE city_code = ${cityCode} AND order_id = ${orderId}::uuid
    ORDER BY recorded_at, rule`.execute(reader);
  return rows;
}
