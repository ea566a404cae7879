import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Service records have been kept that weren't there before: the days of their services. */
export const recordsKept = defineFact(
  'record.kept',
  z.object({ cityCode: z.string(), days: z.array(z.string()) }),
);
