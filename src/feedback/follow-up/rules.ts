import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { AttemptRule } from './call.ts';
import type { SampleRule } from './sample.ts';

const few = wholeShape({ lowest: 0, highest: 1000 });
const shape = fieldsShape({
  sample: datedShape(
    fieldsShape({
      percent: wholeShape({ lowest: 0, highest: 100 }),
      per_window: few,
      per_clerk: few,
      least: wholeShape({ lowest: 0, highest: 100_000 }),
      source: textShape(),
    }),
  ),
  sample_days: datedShape(fieldsShape({ days: wholeShape({ lowest: 0, highest: 60 }), source: textShape() })),
  attempts: datedShape(
    fieldsShape({
      most: wholeShape({ lowest: 1, highest: 20 }),
      days: wholeShape({ lowest: 1, highest: 20 }),
      source: textShape(),
    }),
  ),
});

const load = () => loadRuleFile(readRuleFile('example-city/follow-up.yaml'), shape);
let loaded: ReturnType<typeof load> | undefined;

/** How people are called back by the rules of a day. */
export interface CallRules {
  readonly sample: SampleRule;
  /** working days */
  readonly sampleDays: number;
  readonly attempts: AttemptRule;
}

/** @throws RuleError naming file and line */
export function callRules(on: Day): CallRules {
  loaded ??= load();
  const { percent, per_window: perWindow, per_clerk: perClerk, least } = valueOn(loaded.sample, on).value;
  const { most, days } = valueOn(loaded.attempts, on).value;
  return {
    sample: { percent, perWindow, perClerk, least },
    sampleDays: valueOn(loaded.sample_days, on).value.days,
    attempts: { most, days },
  };
}
