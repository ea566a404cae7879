import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { ItemStepRow, Material, MaterialRow, WorkStep } from './working.ts';

/** Adds and changes papers; answers one flag for each row written. */
export async function upsertMaterials(
  tx: Tx,
  cityCode: string,
  rows: readonly MaterialRow[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.item_material AS t
      (city_code, item_code, material_no, name, applicant, form, copies, may_follow, source)
    SELECT ${cityCode}, item_code, material_no, name, applicant, form, copies, may_follow, source
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(item_code text, material_no int, name text, applicant text, form text, copies int,
        may_follow boolean, source text)
    ON CONFLICT (city_code, item_code, material_no) DO UPDATE
      SET name = excluded.name, applicant = excluded.applicant, form = excluded.form,
        copies = excluded.copies, may_follow = excluded.may_follow, source = excluded.source
      WHERE (t.name, t.applicant, t.form, t.copies, t.may_follow, t.source) IS DISTINCT FROM
        (excluded.name, excluded.applicant, excluded.form, excluded.copies, excluded.may_follow,
          excluded.source)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

/** Adds and changes steps of approval; answers one flag for each row written. */
export async function upsertSteps(
  tx: Tx,
  cityCode: string,
  rows: readonly ItemStepRow[],
): Promise<{ inserted: boolean }[]> {
  const { rows: written } = await sql<{ inserted: boolean }>`
    INSERT INTO registry.item_step AS t (city_code, item_code, step_no, name, department_code, two_person)
    SELECT ${cityCode}, item_code, step_no, name, department_code, two_person
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(item_code text, step_no int, name text, department_code text, two_person boolean)
    ON CONFLICT (city_code, item_code, step_no) DO UPDATE
      SET name = excluded.name, department_code = excluded.department_code, two_person = excluded.two_person
      WHERE (t.name, t.department_code, t.two_person) IS DISTINCT FROM
        (excluded.name, excluded.department_code, excluded.two_person)
    RETURNING (xmax = 0) AS inserted`.execute(tx);
  return written;
}

/** What an item asks for, in its order. */
export async function listMaterials(reader: Reader, cityCode: string, itemCode: string): Promise<Material[]> {
  const { rows } = await sql<Material>`
    SELECT material_no, name, applicant, form, copies, may_follow, source FROM registry.item_material
    WHERE city_code = ${cityCode} AND item_code = ${itemCode} ORDER BY material_no`.execute(reader);
  return rows;
}

/** Who approves an item, in this order; none where its department decides alone. */
export async function listSteps(reader: Reader, cityCode: string, itemCode: string): Promise<WorkStep[]> {
  const { rows } = await sql<WorkStep>`
    SELECT step_no, name, department_code, two_person FROM registry.item_step
    WHERE city_code = ${cityCode} AND item_code = ${itemCode} ORDER BY step_no`.execute(reader);
  return rows;
}

export interface Reach {
  cityCode: string;
  prefix: string;
  departmentCode: string | null;
  limit: number;
}

const within = ({ cityCode, prefix, departmentCode }: Reach) => sql`w.city_code = ${cityCode}
  AND EXISTS (SELECT FROM registry.service_item i
    JOIN registry.department d ON d.city_code = ${cityCode} AND d.code = i.department_code
    WHERE i.city_code = ${cityCode} AND i.code = w.item_code AND starts_with(d.region_code, ${prefix})
      AND (${departmentCode}::text IS NULL OR i.department_code = ${departmentCode}))`;

export async function allMaterials(
  reader: Reader,
  reach: Reach,
): Promise<(Material & { item_code: string })[]> {
  const { rows } = await sql<Material & { item_code: string }>`
    SELECT w.item_code, w.material_no, w.name, w.applicant, w.form, w.copies, w.may_follow, w.source
    FROM registry.item_material w WHERE w.city_code = ${reach.cityCode} AND ${within(reach)}
    ORDER BY w.item_code, w.material_no LIMIT ${reach.limit}`.execute(reader);
  return rows;
}

export async function allSteps(reader: Reader, reach: Reach): Promise<(WorkStep & { item_code: string })[]> {
  const { rows } = await sql<WorkStep & { item_code: string }>`
    SELECT w.item_code, w.step_no, w.name, w.department_code, w.two_person
    FROM registry.item_step w WHERE w.city_code = ${reach.cityCode} AND ${within(reach)}
    ORDER BY w.item_code, w.step_no LIMIT ${reach.limit}`.execute(reader);
  return rows;
}
