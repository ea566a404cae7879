import { type Day, dayOf, timeOn } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import {
  choiceShape,
  datedShape,
  fieldsShape,
  loadRuleFile,
  textShape,
  timeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import { ALGORITHMS, type Algorithm } from './seal.ts';

const shape = fieldsShape({
  algorithm: datedShape(fieldsShape({ name: choiceShape(ALGORITHMS), source: textShape() })),
  daily_at: datedShape(fieldsShape({ time: timeShape(), source: textShape() })),
});

const read = () => loadRuleFile(readRuleFile('example-city/seal.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** How ratings are sealed. */
export interface SealRules {
  algorithmOn(day: Day): Algorithm;
  /** when the day's seal is made */
  timeOf(day: Day): Date;
}

/** @throws RuleError when `rules/example-city/seal.yaml` can't be used */
export function sealRules(): SealRules {
  file ??= read();
  return rulesOf(file);
}

function rulesOf(rules: ReturnType<typeof read>): SealRules {
  return {
    algorithmOn: (day) => valueOn(rules.algorithm, day).value.name,
    timeOf: (day) => timeOn(day, valueOn(rules.daily_at, day).value.time),
  };
}

/** Today and the time of a day's seal, as the nouns ask for them. */
export function sealClock(now: Date, rules: SealRules): { today: Day; timeOf: (day: Day) => Date } {
  return { today: dayOf(now), timeOf: rules.timeOf };
}
