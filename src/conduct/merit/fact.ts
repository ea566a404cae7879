import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Merits have been confirmed: the months of their days, once an import. */
export const meritConfirmed = defineFact(
  'merit.confirmed',
  z.object({ cityCode: z.string(), months: z.array(z.string()) }),
);

/** Merits that somebody was told of wait for a second person. */
export const meritsProposed = defineFact(
  'merit.proposed',
  z.object({ cityCode: z.string(), reference: z.string(), staffNo: z.string() }),
);
