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

/** Numbers of rating at a window on one day, from rules/national/kiosk.yaml. */
export interface KioskRules {
  /** Seconds after which an invitation on the screen ends, unrated. */
  readonly answerSeconds: number;
  readonly thanksSeconds: number;
  /** Seconds for which an invitation waits for its device. */
  readonly waitingSeconds: number;
  /** Hours after the last ratable day within which what was stored in time still counts. */
  readonly lateUploadHours: number;
  readonly ratingsPerMinute: number;
}

const dated = (bounds: Bounds) => datedShape(fieldsShape({ value: wholeShape(bounds), source: textShape() }));

const shape = fieldsShape({
  answer_seconds: dated({ lowest: 10, highest: 600 }),
  thanks_seconds: dated({ lowest: 1, highest: 60 }),
  waiting_seconds: dated({ lowest: 10, highest: 3600 }),
  late_upload_hours: dated({ lowest: 0, highest: 720 }),
  device_ratings_per_minute: dated({ lowest: 1, highest: 60_000 }),
});

const read = () => loadRuleFile(readRuleFile('national/kiosk.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

/** The rules that hold on the day. @throws RuleError when the file can't be used. */
export function kioskRules(on: Day): KioskRules {
  file ??= read();
  const value = (history: Parameters<typeof valueOn<{ value: number }>>[0]): number =>
    valueOn(history, on).value.value;
  return {
    answerSeconds: value(file.answer_seconds),
    thanksSeconds: value(file.thanks_seconds),
    waitingSeconds: value(file.waiting_seconds),
    lateUploadHours: value(file.late_upload_hours),
    ratingsPerMinute: value(file.device_ratings_per_minute),
  };
}
