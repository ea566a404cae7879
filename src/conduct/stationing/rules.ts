import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  served_within: datedShape(
    fieldsShape({ days: wholeShape({ lowest: 1, highest: 1000 }), source: textShape() }),
  ),
});

const load = () => loadRuleFile(readRuleFile('example-city/stationed.yaml'), shape);
let loaded: ReturnType<typeof load> | undefined;

/** Days that are looked back for services of an item. @throws RuleError naming file and line */
export function servedWithin(on: Day): number {
  loaded ??= load();
  return valueOn(loaded.served_within, on).value.days;
}
