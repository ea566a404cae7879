import type { Day } from '../../kernel/day.ts';
import { type History, valueOn } from '../../kernel/history.ts';
import {
  choiceShape,
  datedShape,
  fieldsShape,
  loadRuleFile,
  textShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { AttendanceRules } from './judge.ts';

const source = textShape();
const minutes = wholeShape({ lowest: 0, highest: 1439 });
const days = wholeShape({ lowest: 0, highest: 3660 });
const beyond = datedShape(fieldsShape({ grace: minutes, absent_after: minutes, source }));
const within = datedShape(fieldsShape({ days, source }));
const shape = fieldsShape({
  late: beyond,
  early_leave: beyond,
  absent: datedShape(fieldsShape({ source })),
  missing_punch: datedShape(
    fieldsShape({ counts_as: choiceShape(['late_or_early', 'absent_half_day', 'nothing']), source }),
  ),
  unmanned: datedShape(fieldsShape({ source })),
  punches: datedShape(fieldsShape({ before: minutes, after: minutes, same: minutes, source })),
  protest: within,
  look_back: within,
  late_request: within,
  oldest_punch: within,
});

const load = () => loadRuleFile(readRuleFile('example-city/attendance.yaml'), shape);
let file: ReturnType<typeof load> | undefined;

/** How the clock is read on a day. @throws RuleError when `rules/example-city/attendance.yaml` is unsound */
export function attendanceRules(on: Day): AttendanceRules {
  file ??= load();
  const late = valueOn(file.late, on).value;
  const early = valueOn(file.early_leave, on).value;
  const missing = valueOn(file.missing_punch, on).value;
  return {
    late: { grace: late.grace, absentAfter: late.absent_after, clause: late.source },
    early: { grace: early.grace, absentAfter: early.absent_after, clause: early.source },
    absent: { clause: valueOn(file.absent, on).value.source },
    missing: { countsAs: missing.counts_as, clause: missing.source },
    unmanned: { clause: valueOn(file.unmanned, on).value.source },
    punches: valueOn(file.punches, on).value,
  };
}

/** Limits in days that hold on a day: of protests, of the nightly look back, of late requests, of files. */
export function attendanceLimits(on: Day) {
  file ??= load();
  const of = (history: History<{ days: number }>): number => valueOn(history, on).value.days;
  return {
    protest: of(file.protest),
    lookBack: of(file.look_back),
    lateRequest: of(file.late_request),
    oldestPunch: of(file.oldest_punch),
  };
}
