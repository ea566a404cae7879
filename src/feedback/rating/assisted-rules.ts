import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { AssistedSource } from './assisted-contract.ts';

const days = datedShape(fieldsShape({ days: wholeShape({ lowest: 0, highest: 365 }), source: textShape() }));
const shape = fieldsShape({ entry_days: fieldsShape({ phone: days, paper: days, hotline: days }) });

const load = () => loadRuleFile(readRuleFile('example-city/assisted.yaml'), shape);
let loaded: ReturnType<typeof load> | undefined;

/** Natural days within which a rating of this source is entered. @throws RuleError naming file and line */
export function entryDays(source: AssistedSource, on: Day): number {
  loaded ??= load();
  return valueOn(loaded.entry_days[source], on).value.days;
}
