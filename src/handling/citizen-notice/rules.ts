import { dayOf } from '../../kernel/day.ts';
import { findOn } from '../../kernel/history.ts';
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

const shape = fieldsShape({
  notices: datedShape(
    fieldsShape({
      enabled: flagShape(),
      quiet_from: timeShape(),
      quiet_until: timeShape(),
      keep_hours: wholeShape({ lowest: 1, highest: 720 }),
      source: textShape(),
    }),
  ),
});

const read = () => loadRuleFile(readRuleFile('example-city/citizen-notice.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/**
 * The rule in force at the instant; undefined before the first one, and then nothing is sent.
 * @throws RuleError when `rules/example-city/citizen-notice.yaml` can't be used
 */
export function noticeRuleAt(now: Date) {
  file ??= read();
  return findOn(file.notices, dayOf(now))?.value;
}
