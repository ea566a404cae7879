import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Somebody, or the week, asks for a verification of all ratings against their seals. */
export const sealCheckAsked = defineFact(
  'seal.check_asked',
  z.object({ cityCode: z.string(), checkId: z.string() }),
);
