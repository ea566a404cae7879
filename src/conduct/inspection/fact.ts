import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Findings have been confirmed: the months of their days, once an import. */
export const findingConfirmed = defineFact(
  'finding.confirmed',
  z.object({ cityCode: z.string(), months: z.array(z.string()) }),
);

/** A finding about a member of staff is confirmed: they are to hear of it, each of theirs. */
export const findingAgainst = defineFact(
  'finding.against',
  z.object({ cityCode: z.string(), findingId: z.string(), staffNo: z.string() }),
);
