import { z } from 'zod';

/** GET /kiosk/api/state: the device tells how many ratings wait on it. */
export const kioskQuery = z.object({
  waiting: z.coerce.number().int().min(0).max(100_000).default(0),
  lang: z.string().max(10).optional(),
});

/** What a paired device needs to know. */
export const kioskState = z.object({
  device: z.object({ name: z.string(), windowCode: z.string() }),
});
