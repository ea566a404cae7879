import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import {
  type Bounds,
  datedShape,
  fieldsShape,
  loadRuleFile,
  textShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { LockoutRules } from './lockout.ts';
import type { PasswordRules } from './password.ts';

/** Numbers of signing in on one day, from rules/national/sign-in.yaml. */
export interface SignInRules extends LockoutRules, PasswordRules {
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly challengeMinutes: number;
}

const dated = (bounds: Bounds) => datedShape(fieldsShape({ value: wholeShape(bounds), source: textShape() }));

const shape = fieldsShape({
  lockout_failures: dated({ lowest: 1, highest: 100 }),
  lockout_minutes: dated({ lowest: 1, highest: 1440 }),
  idle_minutes: dated({ lowest: 1, highest: 480 }),
  session_hours: dated({ lowest: 1, highest: 24 }),
  challenge_minutes: dated({ lowest: 1, highest: 60 }),
  password_length: dated({ lowest: 8, highest: 64 }),
  password_kinds: dated({ lowest: 1, highest: 4 }),
});

const read = () => loadRuleFile(readRuleFile('national/sign-in.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** The rules that hold on the day. @throws RuleError when the file can't be used. */
export function signInRules(on: Day): SignInRules {
  file ??= read();
  const value = (history: Parameters<typeof valueOn<{ value: number }>>[0]): number =>
    valueOn(history, on).value.value;
  return {
    lockoutFailures: value(file.lockout_failures),
    lockoutMinutes: value(file.lockout_minutes),
    idleMinutes: value(file.idle_minutes),
    sessionHours: value(file.session_hours),
    challengeMinutes: value(file.challenge_minutes),
    passwordLength: value(file.password_length),
    passwordKinds: value(file.password_kinds),
  };
}
