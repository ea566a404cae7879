import { type Day, dayOf } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import { addMonths, firstDay, monthOf } from '../../kernel/month.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import { ratableUntil } from './case.ts';

const months = fieldsShape({ months: wholeShape({ lowest: 1, highest: 240 }), source: textShape() });

const shape = fieldsShape({
  rating_window_days: datedShape(
    fieldsShape({ days: wholeShape({ lowest: 1, highest: 365 }), source: textShape() }),
  ),
  identity_retention_months: datedShape(months),
  text_retention_months: datedShape(months),
});

export interface IntakeLimits {
  /** Natural days after the day of service in which it can be rated. */
  ratingDaysOn(serviceTime: Date): number;
  retentionMonthsOn(day: Day): number;
  textMonthsOn(day: Day): number;
}

let loaded: IntakeLimits | undefined;

/** The limits in force. The rules are read once: a changed file takes effect with the next start. */
export function loadedLimits(): IntakeLimits {
  loaded ??= loadIntakeLimits();
  return loaded;
}

/** Until when something that may be rated from an instant on can be: as many days as a service. */
export function ratableFrom(at: Date): Date {
  return ratableUntil(at, loadedLimits().ratingDaysOn(at));
}

/** First day of the first month whose persons are still kept: what is older has to be erased. */
export function identityKeptFrom(now: Date): Day {
  const today = dayOf(now);
  return firstDay(addMonths(monthOf(today), -loadedLimits().retentionMonthsOn(today)));
}

/** The same for what people wrote: texts of ratings and complaints. */
export function textKeptFrom(now: Date): Day {
  const today = dayOf(now);
  return firstDay(addMonths(monthOf(today), -loadedLimits().textMonthsOn(today)));
}

/** The dated limits of `rules/example-city/intake.yaml`. @throws RuleError naming file, line and field. */
function loadIntakeLimits(): IntakeLimits {
  const rules = loadRuleFile(readRuleFile('example-city/intake.yaml'), shape);
  // A service before the first dated value is judged by the first: the product takes records from 2020 on.
  const onOrFirst = <T>(history: Parameters<typeof valueOn<T>>[0], day: Day): T =>
    valueOn(history, day < history[0].from ? history[0].from : day).value;
  return {
    ratingDaysOn: (serviceTime) => onOrFirst(rules.rating_window_days, dayOf(serviceTime)).days,
    retentionMonthsOn: (day) => onOrFirst(rules.identity_retention_months, day).months,
    textMonthsOn: (day) => onOrFirst(rules.text_retention_months, day).months,
  };
}
