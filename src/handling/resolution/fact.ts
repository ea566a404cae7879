import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Whether a complaint is at fault waits for a second person. */
export const faultProposed = defineFact(
  'complaint.fault_proposed',
  z.object({
    cityCode: z.string(),
    voiceId: z.string(),
    number: z.string(),
    decisionId: z.string(),
    by: z.string(),
    /** staff numbers of those it concerns */
    concerned: z.array(z.string()),
  }),
);
