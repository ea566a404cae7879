import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** A step's clerk or window was corrected: whatever was charged for it must be charged anew. */
export const stepCorrected = defineFact('step.corrected', z.object({ cityCode: z.string(), stepId: z.string() }));
