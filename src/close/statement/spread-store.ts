import { sql } from 'kysely';
import type { Identity, PeriodState } from '../../kernel/assessment.ts';
import type { Centi } from '../../kernel/points.ts';
import type { Reader } from '../../platform/db.ts';
import type { StatementFilter } from './store.ts';

export interface GroupRow {
  readonly total_centi: Centi;
  readonly identity: Identity | null;
  readonly own: boolean;
  /** how far the month has come for the one whom the filter names */
  readonly state: PeriodState;
}

/** Totals of all who share identity and hall with the one whom the filter names and lets be seen. */
export async function findGroup(reader: Reader, filter: StatementFilter): Promise<GroupRow[]> {
  const { cityCode, month, only, regionPrefix, departmentCode } = filter;
  const { rows } = await sql<GroupRow>`
    SELECT s.total_centi, s.identity, s.subject_code = o.subject_code AS own, o.state
    FROM close.v_result o
    JOIN close.statement s ON s.city_code = ${cityCode} AND s.month = o.month AND s.subject_kind = 'staff'
      AND s.unit_code = o.unit_code AND s.identity = o.identity
    WHERE o.city_code = ${cityCode} AND o.month = ${month}::date AND o.subject_kind = 'staff'
      AND o.subject_code = ${only} AND starts_with(o.region_code, ${regionPrefix})
      AND (${departmentCode}::text IS NULL OR o.department_code = ${departmentCode})`.execute(reader);
  return rows;
}
