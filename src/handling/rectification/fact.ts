import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** What an order charges has changed in these months. */
export const orderCharged = defineFact(
  'order.charged',
  z.object({ cityCode: z.string(), months: z.array(z.string()) }),
);
