import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const shape = fieldsShape({
  photo: datedShape(
    fieldsShape({
      edge: wholeShape({ lowest: 320, highest: 8000 }),
      kilobytes: wholeShape({ lowest: 20, highest: 20_000 }),
      most: wholeShape({ lowest: 0, highest: 20 }),
      source: textShape(),
    }),
  ),
  claim: datedShape(fieldsShape({ days: wholeShape({ lowest: 0, highest: 60 }), source: textShape() })),
});

const load = () => loadRuleFile(readRuleFile('example-city/patrol.yaml'), shape);
let loaded: ReturnType<typeof load> | undefined;

/** What holds for photos and for what phones claim. */
export interface PatrolRules {
  readonly photo: { readonly edge: number; readonly kilobytes: number; readonly most: number };
  readonly claimDays: number;
}

/** @throws RuleError naming file and line */
export function patrolRules(on: Day): PatrolRules {
  loaded ??= load();
  const { source: _, ...photo } = valueOn(loaded.photo, on).value;
  return { photo, claimDays: valueOn(loaded.claim, on).value.days };
}
