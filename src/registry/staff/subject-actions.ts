import type { Reader, Tx } from '../../platform/db.ts';
import type { ImportContext, RowFault } from '../../platform/imports.ts';
import { unreachable } from '../region/index.ts';
import { findSubjects, type Subject, type SubjectPlace } from './subject-store.ts';

/**
 * Looks up the subjects that the rows of an import name, and answers how to judge one: the fault given when
 * the register doesn't know it, another one when it lies outside the scope of whoever imports.
 */
export async function subjectJudge(
  tx: Tx,
  { cityCode, scope }: ImportContext,
  subjects: readonly Subject[],
): Promise<(subject: Subject, unknown: RowFault) => RowFault | undefined> {
  const found = await findSubjects(tx, cityCode, subjects);
  const places = new Map(found.map((place) => [`${place.kind}/${place.code}`, place]));
  return ({ kind, code }, unknown) => {
    const place = places.get(`${kind}/${code}`);
    if (place === undefined) return unknown;
    return unreachable(scope, [{ regionCode: place.region_code, departmentCode: place.department_code }]);
  };
}

/** Department and region of those of the subjects that the register knows. */
export async function placesOfSubjects(
  reader: Reader,
  cityCode: string,
  subjects: readonly Subject[],
): Promise<SubjectPlace[]> {
  return await findSubjects(reader, cityCode, subjects);
}
