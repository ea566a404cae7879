import { contactDays, isContactLimit, type LimitsOf } from '../handling/work-order/index.ts';
import { dayOf } from '../kernel/day.ts';
import { valueOn } from '../kernel/history.ts';
import { schemeOn, schemesInForce } from '../ledger/scheme/index.ts';

/**
 * The limits of orders by the scheme in force on the day: orders lie upstream of the book, so they are handed
 * the numbers.
 */
export const orderLimits: LimitsOf = async (reader, cityCode, now) => {
  const today = dayOf(now);
  const { scheme } = schemeOn(await schemesInForce(reader, cityCode), today);
  return {
    officeEnd: valueOn(scheme.officeEnd, today).value.time,
    days: (name) =>
      isContactLimit(name)
        ? contactDays(name, today)
        : valueOn(scheme.limits[name].values, today).value.amount,
  };
};
