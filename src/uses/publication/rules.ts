import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

/** Numbers of publication on one day, from rules/national/publication.yaml. */
export interface PublicationRules {
  readonly leastPeople: number;
  readonly yearsBack: number;
}

const shape = fieldsShape({
  least_people: datedShape(
    fieldsShape({ value: wholeShape({ lowest: 1, highest: 100 }), source: textShape() }),
  ),
  years_back: datedShape(fieldsShape({ value: wholeShape({ lowest: 1, highest: 20 }), source: textShape() })),
});

const read = () => loadRuleFile(readRuleFile('national/publication.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** @throws RuleError when the file can't be used. */
export function publicationRules(on: Day): PublicationRules {
  file ??= read();
  return {
    leastPeople: valueOn(file.least_people, on).value.value,
    yearsBack: valueOn(file.years_back, on).value.value,
  };
}
