import type { MonthInput } from '../../ledger/scoring/index.ts';

/**
 * Subjects that are scored from others which were closed at another time, by 'kind/code': people posted to
 * several halls, the windows that they sat at, departments with windows in several, and whoever is scored
 * from one of these. What they rest on may have changed between the closes.
 */
export function crossing(
  { staff, windows, departments }: Pick<MonthInput, 'staff' | 'windows' | 'departments'>,
  partOf: ReadonlyMap<string, string>,
): Set<string> {
  const found = new Set<string>();
  const rests = (on: string, subject: string): boolean =>
    found.has(on) || (partOf.has(on) && partOf.get(on) !== partOf.get(subject));
  const people = new Map<string, string[]>();
  for (const { code, postings } of staff) {
    const own = `staff/${code}`;
    for (const { windowCode } of postings) {
      people.set(windowCode, [...(people.get(windowCode) ?? []), own]);
      if (rests(`window/${windowCode}`, own)) found.add(own);
    }
  }
  for (const { code } of windows) {
    const own = `window/${code}`;
    if (people.get(code)?.some((one) => rests(one, own))) found.add(own);
  }
  const below = new Map<string, string[]>();
  const put = (department: string, one: string) =>
    below.set(department, [...(below.get(department) ?? []), one]);
  for (const { code, departmentCode } of windows) put(departmentCode, `window/${code}`);
  for (const { code, departmentCode } of staff) put(departmentCode, `staff/${code}`);
  for (const { code } of departments) {
    const own = `department/${code}`;
    if (below.get(code)?.some((one) => rests(one, own))) found.add(own);
  }
  return found;
}
