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
