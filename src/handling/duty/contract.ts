import { z } from 'zod';

export const cardSchema = z.enum(['none', 'yellow', 'red']);

/** GET /admin/api/duties: what the reader owes, the most urgent first */
export const dutyListSchema = z.object({
  items: z.array(
    z.object({
      matterKind: z.string(),
      matterId: z.string(),
      matterNumber: z.string(),
      step: z.string(),
      dueAt: z.string(),
      /** working days of the limit */
      days: z.number().int(),
      card: cardSchema,
    }),
  ),
});
export type DutyList = z.infer<typeof dutyListSchema>;
