import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';

/** Those of the staff numbers that have an active account with the permission. */
export async function listStaffHolders(
  reader: Reader,
  cityCode: string,
  sought: { staff: readonly string[]; permission: string },
): Promise<string[]> {
  const { rows } = await sql<{ staff_no: string }>`
    SELECT u.staff_no FROM oversight."user" u
    JOIN oversight.role_permission p ON p.role = u.role AND p.permission = ${sought.permission}
    WHERE u.city_code = ${cityCode} AND u.disabled_at IS NULL
      AND u.staff_no = ANY(${[...sought.staff]}::text[])`.execute(reader);
  return rows.map((row) => row.staff_no);
}
