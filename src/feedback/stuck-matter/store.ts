import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface NewSaidNo {
  readonly said_no_id: string;
  readonly occurred_at: Date;
  readonly region_code: string;
  readonly department_code: string;
  readonly window_code: string;
  readonly item_name: string;
  readonly reason: string;
  readonly ground: string;
  readonly recorded_by: string;
  readonly recorded_name: string;
  readonly recorded_at: Date;
}

/** Adds to the register; the same id again adds nothing. */
export async function insertSaidNo(tx: Tx, cityCode: string, row: NewSaidNo): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO feedback.said_no (city_code, said_no_id, occurred_at, region_code, department_code,
      window_code, item_name, reason, ground, recorded_by, recorded_name, recorded_at)
    VALUES (${cityCode}, ${row.said_no_id}, ${row.occurred_at}, ${row.region_code}, ${row.department_code},
      ${row.window_code}, ${row.item_name}, ${row.reason}, ${row.ground}, ${row.recorded_by},
      ${row.recorded_name}, ${row.recorded_at})
    ON CONFLICT (city_code, said_no_id) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

export interface SaidNoListRow extends NewSaidNo {
  readonly department_name: string | null;
}

/** The register within a scope, the latest first. */
export async function listSaidNo(
  reader: Reader,
  scope: { cityCode: string; regionPrefix?: string | undefined; departmentCode?: string | undefined },
  {
    after,
    limit,
    by = null,
  }: { after: { at: Date; id: string } | undefined; limit: number; by?: string | null },
): Promise<SaidNoListRow[]> {
  const { cityCode, regionPrefix = '', departmentCode = null } = scope;
  const { rows } = await sql<SaidNoListRow>`
    SELECT n.said_no_id, n.occurred_at, n.region_code, n.department_code, n.window_code, n.item_name,
      n.reason, n.ground, n.recorded_by, n.recorded_name, n.recorded_at, d.name AS department_name
    FROM feedback.said_no n
    LEFT JOIN registry.v_department d ON d.city_code = n.city_code AND d.code = n.department_code
    WHERE n.city_code = ${cityCode} AND starts_with(n.region_code, ${regionPrefix})
      AND (${departmentCode}::text IS NULL OR n.department_code = ${departmentCode})
      AND (${by}::text IS NULL OR n.recorded_by = ${by})
      AND (${after?.at ?? null}::timestamptz IS NULL
        OR (n.occurred_at, n.said_no_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY n.occurred_at DESC, n.said_no_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}
