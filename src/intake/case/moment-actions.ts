import { dayOf } from '../../kernel/day.ts';
import type { CityCode, StepId } from '../../kernel/ids.ts';
import { monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type DrawNumbers, keepStepsIn, numbersDrawn } from './actions.ts';
import type { Step } from './case.ts';
import { ratableFrom } from './limits-actions.ts';
import { lastServed, type ServedStep, shortCodeStored } from './moment-store.ts';

/** A ratable moment of a case that is worked in this hall (domain §2). */
export type Moment = Omit<Step, 'serviceMonth' | 'serviceTime' | 'ratableUntil' | 'details'>;

/** Draws the record number of a moment before the transaction that keeps it begins; see `keepSteps`. */
export async function drawAhead(deps: Deps, cityCode: string, at: Date): Promise<DrawNumbers> {
  return await numbersDrawn(deps, cityCode as CityCode, [{ serviceMonth: monthOf(dayOf(at)) }]);
}

/**
 * Keeps a moment of the hall's own work as a service record, within the transaction that works the case: it
 * has its link and short code as if another system had handed it in.
 * @throws Refusal where the register doesn't know the clerk, window or department (any more)
 */
export async function keepMoment(
  tx: Tx,
  deps: Deps,
  cityCode: string,
  moment: Moment,
  { at, draw }: { at: Date; draw: DrawNumbers },
): Promise<StepId> {
  const step: Step = {
    ...moment,
    serviceMonth: monthOf(dayOf(at)),
    serviceTime: at,
    ratableUntil: ratableFrom(at),
    details: null,
  };
  const [kept] = await keepStepsIn(tx, deps, cityCode as CityCode, [step], { source: 'hall', draw });
  if (kept?.kind === 'created') return kept.stepId as StepId;
  throw new Refusal(kept?.kind === 'refused' ? kept.code : 'service_record.differs');
}

/** The short code of a step, for a printed slip. */
export async function shortCodeOf(reader: Reader, cityCode: string, stepId: string): Promise<string> {
  return await shortCodeStored(reader, cityCode, stepId);
}

/** What a clerk served last at a window since an instant; undefined where nothing was recorded. */
export async function lastServedAt(
  reader: Reader,
  cityCode: string,
  sought: { windowCode: string; staffNo: string; since: Date },
): Promise<ServedStep | undefined> {
  return await lastServed(reader, cityCode, sought);
}
