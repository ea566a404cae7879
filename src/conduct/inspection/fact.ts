import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Findings have been confirmed: the months of their days, once an import. */
export const findingConfirmed = defineFact(
  'finding.confirmed',
  z.object({ cityCode: z.string(), months: z.array(z.string()) }),
);
