import { z } from 'zod';

/** What a member of staff may be credited with. A scheme gives each of these its points and caps. */
export const MERIT_RULES = [
  'bonus.innovation',
  'bonus.proactive_service',
  'bonus.honour_city',
  'bonus.honour_province',
  'bonus.honour_nation',
  'bonus.public_praise',
  'bonus.once_done',
  'bonus.publicity',
  'bonus.skill_contest',
] as const;

export const meritRuleSchema = z.enum(MERIT_RULES);
export type MeritRule = z.infer<typeof meritRuleSchema>;
