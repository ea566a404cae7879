import { z } from 'zod';
import { clientId } from './contract.ts';

/** The form of /r/{token}: the same names, urlencoded; tags repeated or separated by commas. */
export const ratingForm = z.strictObject({
  satisfaction: z.string().max(10).optional(),
  evalDetail: z.union([z.string().max(400), z.array(z.string().max(400)).max(40)]).optional(),
  writingEvaluation: z.string().max(5000).optional(),
  process: z.string().max(10).optional(),
  efficiency: z.string().max(10).optional(),
  attitude: z.string().max(10).optional(),
  anonymous: z.string().max(10).optional(),
  pf: z.string().max(10).optional(),
  id: clientId.optional(),
  /** left by whoever wants to be contacted; never kept with the rating */
  name: z.string().max(100).optional(),
  phone: z.string().max(40).optional(),
});

export type RatingForm = z.output<typeof ratingForm>;

export const codeForm = z.object({
  window: z.string().trim().max(32).default(''),
  code: z.string().trim().max(20).default(''),
});
