import { addDays, type Day, dayOf, startOfDay } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  within: datedShape(fieldsShape({ days: wholeShape({ lowest: 1, highest: 60 }), source: textShape() })),
});
const read = () => loadRuleFile(readRuleFile('example-city/second-look.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/**
 * Until when a decision of that instant may be appealed to the supervisor: the last day, and since when it is
 * too late.
 * @throws RuleError when `rules/example-city/second-look.yaml` can't be used
 */
export function secondLookUntil(decidedAt: Date): { last: Day; late: Date } {
  file ??= read();
  const on = dayOf(decidedAt);
  const last = addDays(on, valueOn(file.within, on).value.days);
  return { last, late: startOfDay(addDays(last, 1)) };
}
