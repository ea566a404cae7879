import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import {
  datedShape,
  fieldsShape,
  flagShape,
  loadRuleFile,
  textShape,
  timeShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const source = textShape();
const time = timeShape();
const days = wholeShape({ lowest: 30, highest: 3_650 });
const minutes = wholeShape({ lowest: 1, highest: 1_440 });

const shape = fieldsShape({
  keep: datedShape(fieldsShape({ days, source })),
  quiet: datedShape(fieldsShape({ from: time, to: time, rest_days: flagShape(), source })),
  digest: datedShape(fieldsShape({ at: time, source })),
  code: datedShape(
    fieldsShape({ minutes, tries: wholeShape({ lowest: 1, highest: 20 }), pause_minutes: minutes, source }),
  ),
});

const read = () => loadRuleFile(readRuleFile('example-city/message.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** What holds for messages on a day. */
export interface MessageRules {
  readonly keepDays: number;
  readonly quiet: { readonly from: string; readonly to: string; readonly restDays: boolean };
  readonly digestAt: string;
  /** the code that confirms an e-mail address */
  readonly code: { readonly minutes: number; readonly tries: number; readonly pauseMinutes: number };
}

/** @throws RuleError when `rules/example-city/message.yaml` can't be used */
export function messageRulesOn(on: Day): MessageRules {
  file ??= read();
  const { from, to, rest_days: restDays } = valueOn(file.quiet, on).value;
  const { minutes: valid, tries, pause_minutes: pauseMinutes } = valueOn(file.code, on).value;
  return {
    keepDays: valueOn(file.keep, on).value.days,
    quiet: { from, to, restDays },
    digestAt: valueOn(file.digest, on).value.at,
    code: { minutes: valid, tries, pauseMinutes },
  };
}
