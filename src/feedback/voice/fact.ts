import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';
import { VOICE_KINDS } from './contract.ts';

/** Somebody has said something: whatever has to be answered becomes an order in the same transaction. */
export const voiceReceived = defineFact(
  'voice.received',
  z.object({ cityCode: z.string(), voiceId: z.string(), kind: z.enum(VOICE_KINDS) }),
);
