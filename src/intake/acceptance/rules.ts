import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  follow_within: datedShape(
    fieldsShape({ days: wholeShape({ lowest: 1, highest: 90 }), source: textShape() }),
  ),
  extension: datedShape(
    fieldsShape({
      times: wholeShape({ lowest: 0, highest: 9 }),
      days: wholeShape({ lowest: 1, highest: 90 }),
      source: textShape(),
    }),
  ),
});

const load = () => loadRuleFile(readRuleFile('example-city/hall.yaml'), shape);
let loaded: ReturnType<typeof load> | undefined;

/** Limits of the work at the counter, in working days. */
export interface HallRules {
  readonly followDays: number;
  readonly extension: { readonly times: number; readonly days: number };
}

/** @throws RuleError naming file and line */
export function hallRules(on: Day): HallRules {
  loaded ??= load();
  const { times, days } = valueOn(loaded.extension, on).value;
  return { followDays: valueOn(loaded.follow_within, on).value.days, extension: { times, days } };
}
