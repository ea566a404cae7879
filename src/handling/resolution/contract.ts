import { z } from 'zod';

/** What the answer to POST /api/v1/voices says; praise asks for no answer, so nothing is due. */
export const voiceAnswer = z.object({
  number: z.string(),
  dueAt: z.string().nullable(),
  /**
   * `received` for praise, `told` where the desk can't take it up, `handed_over` where the discipline
   * inspection deals with it, else how its order stands
   */
  state: z.string(),
});
export type VoiceAnswer = z.infer<typeof voiceAnswer>;
