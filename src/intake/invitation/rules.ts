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
import type { SmsRule } from './sms.ts';

const shape = fieldsShape({
  sms: datedShape(
    fieldsShape({
      enabled: flagShape(),
      after_minutes: wholeShape({ lowest: 0, highest: 10_080 }),
      completed_only: flagShape(),
      quiet_from: timeShape(),
      quiet_until: timeShape(),
      source: textShape(),
    }),
  ),
});

let loaded: ReturnType<typeof load> | undefined;

/** The rule in force at the instant; undefined before the first one: nothing is sent then. */
export function smsRuleAt(now: Date): SmsRule | undefined {
  loaded ??= load();
  return findOn(loaded.sms, dayOf(now))?.value;
}

function load() {
  return loadRuleFile(readRuleFile('example-city/invitation.yaml'), shape);
}
