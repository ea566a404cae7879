import type { Reader } from '../../platform/db.ts';
import { schemesByHash, schemesInForce } from '../scheme/index.ts';
import { attributionValues, ruleValues } from './rule-values.ts';
import {
  type BookDifference,
  type ClosedUntil,
  findMonthsCharged,
  findSchemesUsed,
  findWrongFacts,
  findWrongRatings,
  findWrongSteps,
  findWrongValues,
} from './verify-store.ts';

/**
 * Replays all facts through the stored schemes and compares what comes out with the book, in a few
 * statements over the whole of it: values, ids, subjects and days of openings, what posts, voids or takes
 * them back, facts without an entry and entries without a fact. What came after the last close of its month
 * isn't missed: the next one posts it.
 *
 * @param closed months that were closed, and when
 */
export async function verifyEntries(
  reader: Reader,
  cityCode: string,
  closed: readonly ClosedUntil[],
): Promise<BookDifference[]> {
  const inForce = await schemesInForce(reader, cityCode);
  const rules = ruleValues(inForce);
  const months = [
    ...new Set([...closed.map(({ month }) => month), ...(await findMonthsCharged(reader, cityCode))]),
  ];
  const [from = '', until = ''] = [months[0], months.at(-1)];
  const charging = { cityCode, months, from, until, rules, attribution: attributionValues(inForce) };
  return [
    ...(await findWrongValues(reader, cityCode, await storedValues(reader, cityCode))),
    ...(await findWrongSteps(reader, cityCode)),
    ...(await findWrongFacts(reader, cityCode, { rules, closed })),
    ...(await findWrongRatings(reader, charging, closed)),
  ];
}

/** The values of every version that an entry names, whether it is still in force or not. */
async function storedValues(reader: Reader, cityCode: string) {
  const schemes = await schemesByHash(reader, cityCode, await findSchemesUsed(reader, cityCode));
  return [...schemes].flatMap(([hash, scheme]) => {
    const effectiveFrom = scheme.total.highest[0].from;
    return ruleValues([{ hash, scheme, effectiveFrom, recordedAt: new Date(0) }]);
  });
}
