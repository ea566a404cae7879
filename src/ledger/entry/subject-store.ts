import { type RawBuilder, sql } from 'kysely';

/** One member of staff, with what else the own score follows from. */
export interface OnlySubject {
  readonly staffNo: string;
  /** windows of the month's postings, whose stationing is inherited */
  readonly windows: readonly string[];
  /** those among them whose deductions are shared as chief representative */
  readonly chiefOf: readonly string[];
}

type Fragment = RawBuilder<unknown>;

/** Facts or entries of the table that charge the person or one of the windows; all, where nobody is named. */
export function chargedTo(only: OnlySubject | undefined, table: 'f' | 'c' | 'e' | 'o' | 'w'): Fragment {
  if (only === undefined) return sql``;
  const [kind, code] = [sql.ref(`${table}.subject_kind`), sql.ref(`${table}.subject_code`)];
  return sql`AND ((${kind} = 'staff' AND ${code} = ${only.staffNo})
    OR (${kind} = 'window' AND ${code} = ANY(${[...only.windows]}::text[])))`;
}

/**
 * Ratings `r` of the person's services and of the windows whose deductions the person shares. The days are
 * named besides the month because services are found by window and time.
 */
export function servedFor(
  only: OnlySubject | undefined,
  { from, until }: { from: string; until: string },
): Fragment {
  if (only === undefined) return sql``;
  if (only.chiefOf.length === 0) return sql`AND r.staff_no = ${only.staffNo}`;
  return sql`AND (r.staff_no = ${only.staffNo} OR (r.window_code = ANY(${[...only.chiefOf]}::text[])
    AND r.service_time >= ${from}::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND r.service_time < ${until}::timestamp AT TIME ZONE 'Asia/Shanghai'))`;
}
