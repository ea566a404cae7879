import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** How files of a proposal are owned. */
export const KIND = 'exclusion';

/** A proposal to take a rating out was decided: approved, and its verdict stands; or rejected. */
export const exclusionDecided = defineFact(
  'exclusion.decided',
  z.object({
    cityCode: z.string(),
    exclusionId: z.string(),
    stepId: z.string(),
    assessNumber: z.number().int(),
    approved: z.boolean(),
  }),
);

/** A proposal to take a rating out waits for a second person. */
export const exclusionProposed = defineFact(
  'exclusion.proposed',
  z.object({
    cityCode: z.string(),
    exclusionId: z.string(),
    by: z.string(),
    /** staff numbers of those it concerns */
    concerned: z.array(z.string()),
  }),
);
