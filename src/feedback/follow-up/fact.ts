import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** A call-back has ended: reached, refused, a wrong number, or tried often enough. */
export const callFinished = defineFact(
  'call.finished',
  z.object({ cityCode: z.string(), callId: z.string() }),
);
