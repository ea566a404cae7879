import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Merits have been confirmed: the months of their days, once an import. */
export const meritConfirmed = defineFact(
  'merit.confirmed',
  z.object({ cityCode: z.string(), months: z.array(z.string()) }),
);
