import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';
import { VOICE_KINDS } from './contract.ts';

/** Somebody has said something: whatever has to be answered becomes an order in the same transaction. */
export const voiceReceived = defineFact(
  'voice.received',
  z.object({ cityCode: z.string(), voiceId: z.string(), kind: z.enum(VOICE_KINDS) }),
);

/** A report of discipline was handed to the discipline inspection. */
export const voiceHandedOver = defineFact(
  'voice.handed_over',
  z.object({ cityCode: z.string(), voiceId: z.string(), number: z.string(), at: z.string() }),
);
