import { BONUS_ITEMS, GRADES, IDENTITIES, INDICATORS, type Indicator } from '../../kernel/assessment.ts';
import type { History } from '../../kernel/history.ts';
import {
  choiceShape,
  datedShape,
  fieldsShape,
  flagShape,
  hundredthsShape,
  type Located,
  listShape,
  locatedShape,
  mapShape,
  namedShape,
  optionalShape,
  type Shape,
  type Shaped,
  textShape,
  timeShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { type Amount, LIMITS, TIES, WEIGHTS } from './scheme.ts';

/** Dated amounts with their place in the file, for the checks across files. */
export type LocatedAmounts = Located<History<Amount>>;

const source = textShape();
const UNIT_SHAPES = {
  points: hundredthsShape({ lowest: 0, highest: 11_000 }),
  deduction: hundredthsShape({ lowest: -10_000, highest: 0 }),
  percent: hundredthsShape({ lowest: 0, highest: 10_000 }),
  positivePercent: hundredthsShape({ lowest: 1, highest: 10_000 }),
  yuan: hundredthsShape({ lowest: -1_000_000, highest: 1_000_000 }),
  count: wholeShape({ lowest: 1, highest: 1000 }),
} as const;

function amounts(unit: Shape<Amount>): Shape<LocatedAmounts> {
  return locatedShape(datedShape(unit));
}

const points = (of: Shape<number> = UNIT_SHAPES.points): Shape<LocatedAmounts> =>
  amounts(mapShape(fieldsShape({ points: of, source }), (v) => ({ amount: v.points, source: v.source })));
const percent = (of: Shape<number> = UNIT_SHAPES.percent): Shape<LocatedAmounts> =>
  amounts(mapShape(fieldsShape({ percent: of, source }), (v) => ({ amount: v.percent, source: v.source })));
const yuan = amounts(
  mapShape(fieldsShape({ yuan: UNIT_SHAPES.yuan, source }), (v) => ({ amount: v.yuan, source: v.source })),
);
const count = amounts(
  mapShape(fieldsShape({ count: UNIT_SHAPES.count, source }), (v) => ({ amount: v.count, source: v.source })),
);

/** A record shape whose fields are a fixed list of names of one shape. */
function eachOf<const K extends string, T>(names: readonly K[], of: Shape<T>): Shape<Record<K, T>> {
  const fields = Object.fromEntries(names.map((name) => [name, of]));
  return mapShape(fieldsShape(fields), (made) => made as unknown as Record<K, T>);
}

const names = { name: textShape(), name_en: textShape() };

/** scheme.yaml */
export const generalShape = fieldsShape({
  scheme: textShape(),
  scheme_en: textShape(),
  code: textShape(),
  total: fieldsShape({ highest: points(), bonus_highest: points() }),
  repeat: fieldsShape({ from_occurrence: count, factor: count }),
  chief_representative: fieldsShape({ share: percent() }),
});

const deductionShape = locatedShape(
  fieldsShape({
    ...names,
    veto: optionalShape(flagShape()),
    satisfaction: optionalShape(wholeShape({ lowest: 1, highest: 2 })),
    values: points(UNIT_SHAPES.deduction),
  }),
);

const indicatorFields = {
  indicator: textShape(),
  indicator_en: textShape(),
  code: choiceShape(INDICATORS),
  max_points: points(),
  base_points: points(),
  rules: namedShape(deductionShape),
};

/** stationing.yaml, daily.yaml, case.yaml, complaint.yaml */
export const indicatorShape = fieldsShape(indicatorFields);

const tag = wholeShape({ lowest: 101, highest: 299 });

/** rating.yaml: an indicator that also counts ratings and says whom a bad one charges */
export const ratingShape = fieldsShape({
  ...indicatorFields,
  good_rate: fieldsShape({
    highest_points: points(),
    from_rate: percent(),
    span: percent(UNIT_SHAPES.positivePercent),
    prior_ratings: count,
    prior_rate: percent(),
    fewest_ratings: count,
  }),
  attribute_to: fieldsShape({ person: locatedShape(listShape(tag)), process: locatedShape(listShape(tag)) }),
  process_fault_charges: locatedShape(
    datedShape(fieldsShape({ subject: choiceShape(['window', 'item_owner']), source })),
  ),
});

/** bonus.yaml */
export const bonusShape = fieldsShape({
  items: eachOf(
    BONUS_ITEMS,
    fieldsShape({
      ...names,
      highest_only: optionalShape(flagShape()),
      cap: points(),
      rules: namedShape(locatedShape(fieldsShape({ ...names, values: points() }))),
    }),
  ),
});

/** grades.yaml */
export const gradesShape = fieldsShape({
  grades: eachOf(GRADES, points()),
  quota: fieldsShape({
    best: percent(),
    yearly_excellent: percent(),
    equal_remainders: locatedShape(listShape(choiceShape(IDENTITIES))),
  }),
  ties: locatedShape(listShape(choiceShape(TIES))),
});

/** pay.yaml */
export const payShape = fieldsShape({
  identity: choiceShape(IDENTITIES),
  bounds: yuan,
  grades: eachOf(GRADES, yuan),
});

/** awards.yaml */
export const awardsShape = fieldsShape({
  windows: fieldsShape({ share: percent(), weights: locatedShape(eachOf(WEIGHTS, percent())) }),
  persons: fieldsShape({ share: percent(), months: count }),
});

const days = wholeShape({ lowest: 0, highest: 60 });

const limitShape = fieldsShape({
  ...names,
  values: locatedShape(
    datedShape(fieldsShape({ working_days: optionalShape(days), day_of_month: optionalShape(days), source })),
  ),
});

/** deadlines.yaml */
export const deadlinesShape = fieldsShape({
  office_end: locatedShape(datedShape(fieldsShape({ time: timeShape(), source }))),
  limits: eachOf(LIMITS, limitShape),
});

export type IndicatorFile = Shaped<typeof indicatorShape>;

/** A scheme's files as they were read, everything with its place. */
export interface SchemeFiles {
  readonly general: Shaped<typeof generalShape>;
  readonly indicators: Readonly<Record<Indicator, IndicatorFile>>;
  readonly rating: Shaped<typeof ratingShape>;
  readonly bonus: Shaped<typeof bonusShape>;
  readonly grades: Shaped<typeof gradesShape>;
  readonly pay: Shaped<typeof payShape>;
  readonly awards: Shaped<typeof awardsShape>;
  readonly deadlines: Shaped<typeof deadlinesShape>;
}
