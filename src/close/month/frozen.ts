import { NO_COUNTS } from '../../ledger/scoring/index.ts';
import type { KeptStatement } from '../statement/index.ts';
import type { Calls, GatheredMonth } from './gather.ts';
import { inputOf } from './redress.ts';
import type { Side } from './what-if.ts';

/** What a sealed month was scored from, with the names that its statements bear: nothing that came later. */
export function frozenMonth(kept: readonly KeptStatement[]): GatheredMonth {
  const { staff, counts } = inputOf(kept, []);
  const known = new Map(kept.map((one) => [`${one.kind}/${one.code}`, one]));
  const people = staff.flatMap((person) => {
    const one = known.get(`staff/${person.code}`);
    if (one === undefined || one.identity === null) return [];
    const { name, identity, unit_code: unitCode, region_code: regionCode } = one;
    return [[person.code, { ...person, name, identity, unitCode, regionCode }] as const];
  });
  const placesOf = (kind: KeptStatement['kind']) =>
    new Map(
      kept
        .filter((one) => one.kind === kind)
        .map(({ code, name, department_code: departmentCode, region_code: regionCode }) => [
          code,
          { name, departmentCode, regionCode },
        ]),
    );
  return {
    subjects: { staff: new Map(people), windows: placesOf('window'), departments: placesOf('department') },
    counts: { bySubject: counts, city: NO_COUNTS },
    calls: callsIn(kept),
  };
}

/** The call-backs that statements kept: what is scored or graded anew goes by these. */
export function callsIn(kept: readonly Pick<KeptStatement, 'kind' | 'code' | 'calls'>[]): Calls {
  return new Map(
    kept.flatMap(({ kind, code, calls }) =>
      calls.reached === 0 ? [] : [[`${kind}/${code}`, calls] as const],
    ),
  );
}

/** What sealed statements say, as one side of a comparison. */
export function frozenSides(kept: readonly KeptStatement[]): Map<string, Side> {
  return new Map(
    kept.map(({ kind, code, total_centi: totalCenti, grade, veto, pay_fen: payFen }) => [
      `${kind}/${code}`,
      { totalCenti, grade, veto, payFen },
    ]),
  );
}
