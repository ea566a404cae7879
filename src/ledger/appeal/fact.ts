import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** By which name the clock and the files know an appeal. */
export const KIND = 'appeal';

const shape = z.object({ cityCode: z.string(), appealId: z.string(), month: z.string() });

/** Somebody objects to a line. */
export const appealFiled = defineFact('appeal.filed', shape);
/** The review group has taken a line back: what the month computed from it is to be computed anew. */
export const appealUpheld = defineFact('appeal.upheld', shape);
/** The line stands. */
export const appealRejected = defineFact('appeal.rejected', shape);

/** The opinion is there, or a review group has been named. */
export const appealMoved = defineFact(
  'appeal.moved',
  shape.extend({ what: z.enum(['opinion_given', 'group_appointed']) }),
);
