import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  group_size: datedShape(fieldsShape({ count: wholeShape({ lowest: 3, highest: 99 }), source: textShape() })),
});

const read = () => loadRuleFile(readRuleFile('example-city/appeal.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** Fewest people of a review group. @throws RuleError when `rules/example-city/appeal.yaml` can't be used */
export function groupSizeOn(day: Day): number {
  file ??= read();
  return valueOn(file.group_size, day).value.count;
}
