import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** The public found something bad: somebody has to answer for it. */
export const badCommentReceived = defineFact(
  'comment.bad_received',
  z.object({ cityCode: z.string(), commentId: z.string() }),
);
