import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const source = textShape();

const shape = fieldsShape({
  keep: datedShape(fieldsShape({ days: wholeShape({ lowest: 30, highest: 3_650 }), source })),
});

const read = () => loadRuleFile(readRuleFile('example-city/message.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** How many days messages are kept. */
export function keepDaysOn(on: Day): number {
  file ??= read();
  return valueOn(file.keep, on).value.days;
}
