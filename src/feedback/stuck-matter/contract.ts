import { z } from 'zod';
import { parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'said_no.unknown_window': {
    status: 422,
    zh: '名录中没有这个窗口，或它不在您的数据范围内，没有报备。请核对窗口编号。',
    en: 'There is no such window within your data scope, so nothing was reported. Check its code.',
  },
  'said_no.in_future': {
    status: 422,
    zh: '时间晚于现在，没有报备。请核对时间。',
    en: 'The time lies in the future, so nothing was reported. Check it.',
  },
});

const moment = z.string().refine((text) => parseMoment(text) !== undefined, {
  params: { code: 'field.moment' },
});

/** POST /admin/api/refusals: a no that was said at a window; never to whom. `id` is the form's own. */
export const saidNoForm = z.strictObject({
  id: z.uuid(),
  occurredAt: moment,
  windowCode: z.string().trim().min(1).max(60),
  itemName: z.string().trim().min(2).max(200),
  reason: z.string().trim().min(4).max(1000),
  ground: z.string().trim().min(4).max(500),
});
export type SaidNoForm = z.output<typeof saidNoForm>;

export const saidNoQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type SaidNoQuery = z.output<typeof saidNoQuery>;

/** GET /admin/api/refusals/own: what the reader reported. */
export const ownSaidNoQuery = saidNoQuery.omit({ format: true });

export const saidNoRow = z.object({
  id: z.string(),
  occurredAt: z.string(),
  windowCode: z.string(),
  departmentName: z.string().nullable(),
  itemName: z.string(),
  reason: z.string(),
  ground: z.string(),
  recordedBy: z.string(),
});
export type SaidNoRow = z.output<typeof saidNoRow>;
export const saidNoPage = z.object({ items: z.array(saidNoRow), next: z.string().nullable() });
