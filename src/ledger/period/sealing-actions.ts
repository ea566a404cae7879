import { day } from '../../kernel/day.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import type { Reader } from '../../platform/db.ts';
import { periodsFrom } from './actions.ts';
import { findSealedSubjects } from './store.ts';

/** When the months from one on were sealed, for each subject. */
export interface Sealings {
  /** months that are sealed for anybody */
  readonly months: readonly Month[];
  /** since when the month is sealed for the subject; null while it isn't */
  at(month: Month, kind: SubjectKind, code: string): Date | null;
  /** the first sealing of a month whose halls were sealed apart; null where all were sealed at once */
  apart(month: Month): Date | null;
  /** when the month was sealed with its last hall; null while it isn't */
  whole(month: Month): Date | null;
}

/** When the months from one on were sealed. */
export async function sealingsFrom(reader: Reader, cityCode: string, from: Month): Promise<Sealings> {
  const periods = await periodsFrom(reader, cityCode, from);
  const whole = new Map(periods.map(({ month, sealedAt }) => [month, sealedAt]));
  const parted = periods.filter(({ sealings }) => sealings > 0).map(({ month }) => month);
  const rows = parted.length === 0 ? [] : await findSealedSubjects(reader, cityCode, parted.map(firstDay));
  const own = new Map<string, Date>();
  const first = new Map<Month, Date>();
  for (const row of rows) {
    const month = monthOf(day(row.month));
    own.set(`${month}/${row.subject_kind}/${row.subject_code}`, row.sealed_at);
    const known = first.get(month);
    if (known === undefined || row.sealed_at < known) first.set(month, row.sealed_at);
  }
  return {
    months: periods
      .filter(({ month, sealedAt }) => sealedAt !== null || first.has(month))
      .map(({ month }) => month),
    at: (month, kind, code) => own.get(`${month}/${kind}/${code}`) ?? whole.get(month) ?? null,
    apart: (month) => first.get(month) ?? null,
    whole: (month) => whole.get(month) ?? null,
  };
}

/** Whose part of a month is sealed before that of the whole city, by 'kind/code', each with its hall. */
export async function sealedSubjects(
  reader: Reader,
  cityCode: string,
  month: Month,
): Promise<ReadonlyMap<string, string>> {
  const rows = await findSealedSubjects(reader, cityCode, [firstDay(month)]);
  return new Map(rows.map((row) => [`${row.subject_kind}/${row.subject_code}`, row.unit_code]));
}
