import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/**
 * Ratings have been written: one fact a micro-batch; the rows carry the batch's number. The days of their
 * services come along where the writer knows them: looking them up costs more than writing the batch.
 */
export const ratingRecorded = defineFact(
  'rating.recorded',
  z.object({ cityCode: z.string(), batchId: z.string(), days: z.array(z.string()).optional() }),
);

/** A batch held bad ratings (level 1 or 2): the months of their services. */
export const badRatingRecorded = defineFact(
  'rating.bad_recorded',
  z.object({ cityCode: z.string(), batchId: z.string(), months: z.array(z.string()) }),
);

/** Somebody who rated wants to be contacted: told with the rating, so that it can't be lost. */
export const contactAsked = defineFact(
  'rating.contact_asked',
  z.object({ cityCode: z.string(), stepId: z.string(), assessNumber: z.number().int() }),
);

/** A verdict has been given on ratings that were recorded before. */
export const ratingVerified = defineFact(
  'rating.verified',
  z.object({ cityCode: z.string(), stepIds: z.array(z.string()) }),
);
