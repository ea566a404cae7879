import { GRADES, IDENTITIES } from '../../kernel/assessment.ts';
import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import {
  choiceShape,
  datedShape,
  fieldsShape,
  hundredthsShape,
  loadRuleFile,
  textShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { YearRules } from './year.ts';

const source = textShape();
const months = (highest: number) =>
  datedShape(fieldsShape({ count: wholeShape({ lowest: 1, highest }), source }));

const shape = fieldsShape({
  quarter: fieldsShape({ identity: choiceShape(IDENTITIES), fewest_months: months(3) }),
  year: fieldsShape({
    fewest_months: months(12),
    best_months: datedShape(
      fieldsShape({ percent: hundredthsShape({ lowest: 0, highest: 10_000 }), source }),
    ),
    lowest_grade: datedShape(fieldsShape({ grade: choiceShape(GRADES), source })),
  }),
});

const read = () => loadRuleFile(readRuleFile('example-city/year.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** The rules of a day. @throws RuleError when `rules/example-city/year.yaml` can't be used */
export function yearRulesOn(on: Day): YearRules {
  file ??= read();
  const { quarter, year } = file;
  const fewest = valueOn(quarter.fewest_months, on).value;
  const least = valueOn(year.fewest_months, on).value;
  return {
    identity: quarter.identity,
    quarterFewest: fewest.count,
    yearFewest: least.count,
    bestMonths: valueOn(year.best_months, on).value.percent,
    lowestGrade: valueOn(year.lowest_grade, on).value.grade,
    sources: { quarter: fewest.source, year: least.source },
  };
}
