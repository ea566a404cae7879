import { handledByDepartment, type RateCount } from '../../handling/rectification/index.ts';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import { rate } from '../../kernel/rate.ts';
import type { Deps } from '../../platform/deps.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { regionNames } from '../../registry/region/index.ts';
import type { HandlingLine, PublicHandling } from './contract.ts';
import { type Period, toldOf, withhold } from './publication.ts';
import { publicationRules } from './rules.ts';

/**
 * How the bad ratings that were given in a period were answered, up to yesterday. Departments with too few
 * bad ratings are withheld whole; where too few people were reached by a call, what they said is withheld.
 */
export async function publicHandling(deps: Deps, period: Period): Promise<PublicHandling> {
  const { cityCode } = deps.config;
  const reader = deps.db.read;
  const now = deps.clock.now();
  const { leastPeople } = publicationRules(dayOf(now));
  const city = `${cityCode}000000`;
  const told = toldOf(period, dayOf(now));
  const counts = told === undefined ? [] : await handledByDepartment(reader, cityCode, told);
  const codes = counts.flatMap(({ code }) => (code === '' ? [] : [code]));
  const [regions, departments] = await Promise.all([
    regionNames(reader, [city]),
    departmentsByCode(reader, cityCode, codes),
  ]);
  const cityName = regions.get(city) ?? cityCode;
  const sum = sumOf(counts);
  const hidden = hiddenOf(counts, sum, leastPeople);
  return {
    ...{ city, cityName, asOf: isoMoment(now), leastPeople },
    period: { code: period.code, from: period.from, to: told?.to ?? period.from },
    total: { by: 'city', code: city, name: cityName, ...ratesOf(sum, hidden.total) },
    lines: counts.map((line) => ({
      by: 'department' as const,
      code: line.code,
      name: departments.get(line.code)?.name ?? '',
      ...ratesOf(line, { whole: hidden.whole.has(line.code), reached: hidden.reached.has(line.code) }),
    })),
  };
}

const COUNTS = ['valid', 'answered', 'called', 'reached', 'satisfied'] as const;

function sumOf(counts: readonly RateCount[]): RateCount {
  const sum = { code: '', valid: 0, answered: 0, called: 0, reached: 0, satisfied: 0 };
  for (const line of counts) for (const name of COUNTS) sum[name] += line[name];
  return sum;
}

/** Which lines are withheld whole, and of which only what people said when they were called. */
function hiddenOf(counts: readonly RateCount[], sum: RateCount, least: number) {
  const few = (count: number): boolean => count > 0 && count < least;
  const total = { whole: few(sum.valid), reached: few(sum.reached) };
  const of = (name: 'valid' | 'reached', all: boolean): Set<string> => {
    const lines = counts.map((line) => ({ code: line.code, ratable: line[name], rated: line[name] }));
    const nesting = all ? { hidden: new Set(['']) } : {};
    return new Set(
      withhold(lines, least, nesting).lines.flatMap((line) => (line.withheld ? [line.code] : [])),
    );
  };
  return { total, whole: of('valid', total.whole), reached: of('reached', total.reached) };
}

type Rates = Omit<HandlingLine, 'by' | 'code' | 'name'>;

function ratesOf(count: RateCount, hidden: { whole: boolean; reached: boolean }): Rates {
  const { valid, answered, called, reached, satisfied } = count;
  return {
    withheld: hidden.whole,
    bad_answered_rate: hidden.whole ? null : rate(answered, valid),
    called_back_rate: hidden.whole ? null : rate(called, valid),
    call_back_satisfaction_rate: hidden.whole || hidden.reached ? null : rate(satisfied, reached),
  };
}
