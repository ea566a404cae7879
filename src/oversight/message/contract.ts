import { z } from 'zod';
import { GROUPS, type Group } from './kind.ts';

export { GROUPS, type Group };

const moment = z.string();

/** GET /admin/api/messages: the reader's own, the newest first */
export const messageQuery = z.object({
  group: z.enum(GROUPS).optional(),
  state: z.enum(['unread', 'read']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type MessageQuery = z.output<typeof messageQuery>;

export const messageView = z.object({
  id: z.string(),
  kind: z.string(),
  group: z.enum(GROUPS).nullable(),
  urgent: z.boolean(),
  /** one sentence in the reader's language */
  text: z.string(),
  /** path below /admin */
  link: z.string(),
  createdAt: moment,
  readAt: moment.nullable(),
});
export type MessageView = z.infer<typeof messageView>;
export const messagePage = z.object({ items: z.array(messageView), next: z.string().nullable() });

/** GET /admin/api/messages/unread: what the badge shows */
export const unreadView = z.object({ count: z.number().int() });

/** POST /admin/api/messages/read */
export const readForm = z.strictObject({ ids: z.array(z.uuid()).min(1).max(200) });
/** POST /admin/api/messages/read-all: what came up to a message; what comes meanwhile stays unread */
export const readAllForm = z.strictObject({
  upTo: z.uuid(),
  group: z.enum(GROUPS).optional(),
});
