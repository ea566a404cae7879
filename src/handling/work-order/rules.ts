import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { ContactLimit, LimitName } from './order.ts';

const days = wholeShape({ lowest: 0, highest: 60 });
const shape = fieldsShape({
  limits: datedShape(
    fieldsShape({ sign: days, contact: days, answer: days, extension: days, source: textShape() }),
  ),
});

const read = () => loadRuleFile(readRuleFile('example-city/contact-request.yaml'), shape);
let file: ReturnType<typeof read> | undefined;

const STEPS = {
  'contact_request.sign': 'sign',
  'contact_request.contact': 'contact',
  'contact_request.answer': 'answer',
  'contact_request.extension': 'extension',
} as const satisfies Readonly<Record<ContactLimit, string>>;

/** Whether the limit stands beside the scheme. */
export function isContactLimit(name: LimitName): name is ContactLimit {
  return name in STEPS;
}

/**
 * Working days of a limit for whoever asked to be contacted.
 * @throws RuleError when `rules/example-city/contact-request.yaml` can't be used
 */
export function contactDays(name: ContactLimit, on: Day): number {
  file ??= read();
  return valueOn(file.limits, on).value[STEPS[name]];
}
