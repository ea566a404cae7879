import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  word_within: datedShape(fieldsShape({ days: wholeShape({ lowest: 1, highest: 60 }), source: textShape() })),
});

const read = () => loadRuleFile(readRuleFile('example-city/voice.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/**
 * Days after an answer within which the person says what they think of it.
 * @throws RuleError when `rules/example-city/voice.yaml` can't be used
 */
export function wordDays(on: Day): number {
  file ??= read();
  return valueOn(file.word_within, on).value.days;
}
