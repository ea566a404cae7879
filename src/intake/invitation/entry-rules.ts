import { dayOf } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  entry_minutes: datedShape(
    fieldsShape({ value: wholeShape({ lowest: 1, highest: 1440 }), source: textShape() }),
  ),
});

let loaded: ReturnType<typeof load> | undefined;

/** Minutes for which an entry that is made at the instant opens the rating page. */
export function entryMinutes(now: Date): number {
  loaded ??= load();
  return valueOn(loaded.entry_minutes, dayOf(now)).value.value;
}

function load() {
  return loadRuleFile(readRuleFile('national/portal.yaml'), shape);
}
