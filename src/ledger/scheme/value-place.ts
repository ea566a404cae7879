import { BONUS_ITEMS, GRADES, INDICATORS } from '../../kernel/assessment.ts';
import { LIMITS, type Scheme, WEIGHTS } from './scheme.ts';

/** Where a value of the scheme's document stands in the rule files: the file and the fields down to it. */
export interface ValuePlace {
  /** name of the value in the document: 'rules.daily.late' */
  readonly key: string;
  /** file without its ending: 'daily' */
  readonly file: string;
  readonly fields: readonly string[];
}

/** The places of all values of the scheme's document. */
export function valuePlaces(scheme: Scheme): ReadonlyMap<string, ValuePlace> {
  const places = [
    ...simplePlaces(),
    ...INDICATORS.flatMap((code) => [
      place(`${code}.max_points`, code, 'max_points'),
      place(`${code}.base_points`, code, 'base_points'),
    ]),
    ...GOOD_RATE.map((name) => place(`rating.good_rate.${name}`, 'rating', 'good_rate', name)),
    ...BONUS_ITEMS.map((item) => place(`bonus.${item}.cap`, 'bonus', 'items', item, 'cap')),
    ...rulePlaces(scheme),
    ...GRADES.flatMap((grade) => [
      place(`grades.${grade}`, 'grades', 'grades', grade),
      place(`pay.${grade}`, 'pay', 'grades', grade),
    ]),
    ...WEIGHTS.map((name) => place(`awards.weights.${name}`, 'awards', 'windows', 'weights', name)),
    ...LIMITS.map((name) => place(`limits.${name}`, 'deadlines', 'limits', name, 'values')),
  ];
  return new Map(places.map((one) => [one.key, one]));
}

const GOOD_RATE = [
  'highest_points',
  'from_rate',
  'span',
  'prior_ratings',
  'prior_rate',
  'fewest_ratings',
] as const;

function simplePlaces(): ValuePlace[] {
  return [
    place('total.highest', 'scheme', 'total', 'highest'),
    place('total.bonus_highest', 'scheme', 'total', 'bonus_highest'),
    place('repeat.from_occurrence', 'scheme', 'repeat', 'from_occurrence'),
    place('repeat.factor', 'scheme', 'repeat', 'factor'),
    place('chief_representative.share', 'scheme', 'chief_representative', 'share'),
    place('rating.process_fault_charges', 'rating', 'process_fault_charges'),
    place('quota.best', 'grades', 'quota', 'best'),
    place('quota.yearly_excellent', 'grades', 'quota', 'yearly_excellent'),
    place('pay.bounds', 'pay', 'bounds'),
    place('awards.window_share', 'awards', 'windows', 'share'),
    place('awards.person_share', 'awards', 'persons', 'share'),
    place('awards.person_months', 'awards', 'persons', 'months'),
    place('office_end', 'deadlines', 'office_end'),
  ];
}

function rulePlaces({ rules }: Scheme): ValuePlace[] {
  const indicators = new Set<string>(INDICATORS);
  return rules.map(({ code, part }) =>
    indicators.has(part)
      ? place(`rules.${code}`, part, 'rules', code, 'values')
      : place(`rules.${code}`, 'bonus', 'items', part, 'rules', code, 'values'),
  );
}

function place(key: string, file: string, ...fields: string[]): ValuePlace {
  return { key, file, fields };
}
