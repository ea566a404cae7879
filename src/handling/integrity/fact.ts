import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Two people have come to a verdict on a finding. */
export const findingReviewed = defineFact(
  'integrity.reviewed',
  z.object({
    cityCode: z.string(),
    findingId: z.string(),
    verdict: z.enum(['no_fault', 'induced', 'faked']),
    subjectKind: z.string(),
    subjectCode: z.string(),
  }),
);

/** Detectors have found something new on a look. */
export const findingsFound = defineFact(
  'integrity.found',
  z.object({ cityCode: z.string(), at: z.string() }),
);

/** What to make of a finding waits for a second person. */
export const reviewProposed = defineFact(
  'integrity.proposed',
  z.object({
    cityCode: z.string(),
    findingId: z.string(),
    reviewId: z.string(),
    by: z.string(),
    /** staff numbers of those it concerns */
    concerned: z.array(z.string()),
  }),
);
