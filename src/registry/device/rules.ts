import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  pairing_minutes: datedShape(
    fieldsShape({ value: wholeShape({ lowest: 1, highest: 1440 }), source: textShape() }),
  ),
});

const read = () => loadRuleFile(readRuleFile('national/devices.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** Minutes for which a pairing code can be used. @throws RuleError when the file can't be used */
export function pairingMinutes(on: Day): number {
  file ??= read();
  return valueOn(file.pairing_minutes, on).value.value;
}
