import { z } from 'zod';
import { SMS_STATES } from './sms.ts';

/** GET /admin/api/sms-invitations: invitations of the last days, by day, state and the provider's code. */
export const smsStatesSchema = z.object({
  adapter: z.enum(['file', 'tencent']),
  items: z.array(
    z.object({
      day: z.string(),
      state: z.enum(SMS_STATES),
      reason: z.string().nullable(),
      count: z.number().int(),
    }),
  ),
});

/** POST /admin/api/sms-opt-outs */
export const optOutForm = z.strictObject({ phone: z.string().trim().max(20) });
