import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import type { Limits } from './questionnaire.ts';

const percent = wholeShape({ lowest: 0, highest: 100 });
const few = wholeShape({ lowest: 1, highest: 1000 });
const dated = <const F extends Record<string, ReturnType<typeof wholeShape>>>(fields: F) =>
  datedShape(fieldsShape({ ...fields, source: textShape() }));
const shape = fieldsShape({
  limits: dated({ questions: few, options: few, text: wholeShape({ lowest: 1, highest: 2000 }) }),
  smallest_group: dated({ sheets: few }),
  mark_days: dated({ days: few }),
  tablet_page: dated({ seconds: wholeShape({ lowest: 30, highest: 3600 }) }),
  paper_check: dated({ percent, least: few, differing: percent }),
});

const load = () => loadRuleFile(readRuleFile('example-city/questionnaire.yaml'), shape);
let loaded: ReturnType<typeof load> | undefined;

/** How questionnaires are made and counted by the rules of a day. */
export interface QuestionnaireRules {
  readonly limits: Limits;
  /** with fewer sheets only their number is shown */
  readonly smallestGroup: number;
  readonly markDays: number;
  readonly tabletSeconds: number;
  /** percents; the least in sheets */
  readonly paper: { readonly percent: number; readonly least: number; readonly differing: number };
}

/** @throws RuleError naming file and line */
export function questionnaireRules(on: Day): QuestionnaireRules {
  loaded ??= load();
  const { questions, options, text } = valueOn(loaded.limits, on).value;
  const { percent: share, least, differing } = valueOn(loaded.paper_check, on).value;
  return {
    limits: { questions, options, text },
    smallestGroup: valueOn(loaded.smallest_group, on).value.sheets,
    markDays: valueOn(loaded.mark_days, on).value.days,
    tabletSeconds: valueOn(loaded.tablet_page, on).value.seconds,
    paper: { percent: share, least, differing },
  };
}
