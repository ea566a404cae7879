import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { PriorBounds } from './ranking.ts';

/** Numbers of publication on one day, from rules/national/publication.yaml. */
export interface PublicationRules {
  readonly leastPeople: number;
  readonly yearsBack: number;
  /** people that the common mean of a ranking counts for */
  readonly prior: PriorBounds;
  /** after the end of a month */
  readonly archiveAfterDays: number;
}

const people = wholeShape({ lowest: 1, highest: 100_000 });

const shape = fieldsShape({
  least_people: datedShape(
    fieldsShape({ value: wholeShape({ lowest: 1, highest: 100 }), source: textShape() }),
  ),
  years_back: datedShape(fieldsShape({ value: wholeShape({ lowest: 1, highest: 20 }), source: textShape() })),
  prior_people: datedShape(fieldsShape({ least: people, most: people, source: textShape() })),
  archive_after_days: datedShape(
    fieldsShape({ value: wholeShape({ lowest: 1, highest: 60 }), source: textShape() }),
  ),
});

const read = () => loadRuleFile(readRuleFile('national/publication.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** @throws RuleError when the file can't be used. */
export function publicationRules(on: Day): PublicationRules {
  file ??= read();
  return {
    leastPeople: valueOn(file.least_people, on).value.value,
    yearsBack: valueOn(file.years_back, on).value.value,
    prior: valueOn(file.prior_people, on).value,
    archiveAfterDays: valueOn(file.archive_after_days, on).value.value,
  };
}
