import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import {
  datedShape,
  fieldsShape,
  hundredthsShape,
  loadRuleFile,
  textShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { SpreadRules } from './spread.ts';

const people = datedShape(
  fieldsShape({ count: wholeShape({ lowest: 3, highest: 1000 }), source: textShape() }),
);
const shape = fieldsShape({
  smallest_group: people,
  smallest_cell: people,
  width: datedShape(
    fieldsShape({ points: hundredthsShape({ lowest: 50, highest: 5000 }), source: textShape() }),
  ),
});

const read = () => loadRuleFile(readRuleFile('example-city/distribution.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** The rules of a day. @throws RuleError when `rules/example-city/distribution.yaml` can't be used */
export function spreadRulesOn(day: Day): SpreadRules {
  file ??= read();
  const group = valueOn(file.smallest_group, day).value;
  return {
    smallestGroup: group.count,
    smallestCell: valueOn(file.smallest_cell, day).value.count,
    widthCenti: valueOn(file.width, day).value.points,
    source: group.source,
  };
}
