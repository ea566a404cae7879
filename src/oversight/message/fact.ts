import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Something stands in the outbox, for now or for later. */
export const deliveriesPlanned = defineFact('message.planned', z.object({ cityCode: z.string() }));
