import type { Grade } from '../../kernel/assessment.ts';
import { day } from '../../kernel/day.ts';
import type { Fen } from '../../kernel/fen.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { schemesByHash } from '../../ledger/scheme/index.ts';
import { callBacks, gradeStaff, gradeValues, payOf } from '../../ledger/scoring/index.ts';
import type { Reader } from '../../platform/db.ts';
import { findGraded, findLifted } from './correction-store.ts';

/** What a sealed statement would say of grade and pay without the veto that was taken back since. */
export interface Correction {
  readonly month: Month;
  readonly kind: SubjectKind;
  readonly code: string;
  /** null for windows and departments */
  readonly grade: Grade | null;
  readonly payFen: Fen | null;
}

/**
 * Sealed results whose veto was overturned. The grade is that of the sealed points, as if the veto had never
 * been, a place of the best grade included; nobody else's grade moves. The points of the entry come with the
 * redress of a later month.
 */
export async function liftedVetoes(
  reader: Reader,
  cityCode: string,
  span: { from: string; until: string },
): Promise<Correction[]> {
  const lifted = (await findLifted(reader, cityCode, span)).map((row) => ({
    month: monthOf(day(row.month)),
    kind: row.subject_kind,
    code: row.subject_code,
  }));
  const collective = lifted.filter(({ kind }) => kind !== 'staff');
  const made: Correction[] = collective.map((one) => ({ ...one, grade: null, payFen: null }));
  const staff = lifted.filter(({ kind }) => kind === 'staff');
  for (const month of [...new Set(staff.map((one) => one.month))].sort()) {
    const codes = new Set(staff.filter((one) => one.month === month).map(({ code }) => code));
    made.push(...(await graded(reader, cityCode, month, codes)));
  }
  return made;
}

async function graded(
  reader: Reader,
  cityCode: string,
  month: Month,
  lifted: ReadonlySet<string>,
): Promise<Correction[]> {
  const rows = await findGraded(reader, cityCode, firstDay(month));
  const hash = rows[0]?.scheme_hash ?? '';
  const scheme = (await schemesByHash(reader, cityCode, [hash])).get(hash);
  if (scheme === undefined) return [];
  const values = gradeValues(scheme, month);
  const grades = gradeStaff(
    rows.map((row) => ({
      code: row.subject_code,
      unitCode: row.unit_code,
      identity: row.identity,
      totalCenti: row.total_centi,
      veto: row.veto && !lifted.has(row.subject_code),
      deductedCenti: row.deducted_centi,
      callBack: callBacks(row.call_satisfied, row.call_reached),
      leaveDays: 0,
    })),
    values,
  );
  return rows.flatMap(({ subject_code: code, identity }) => {
    const grade = grades.get(code)?.grade;
    if (!lifted.has(code) || grade === undefined) return [];
    return [{ month, kind: 'staff' as const, code, grade, payFen: payOf(grade, identity, values) }];
  });
}
