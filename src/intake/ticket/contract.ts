import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

export const ticketRefusals = defineRefusals({
  'ticket.unknown_group': {
    status: 422,
    zh: '没有这个取号业务，没有出号。请重新选择业务。',
    en: 'There is no such group of items, so no ticket was drawn. Choose again.',
  },
  'ticket.unknown': {
    status: 404,
    zh: '今天没有这个号，或不属于您的窗口。请核对号码。',
    en: 'There is no such ticket today, or it is not for your window. Check the number.',
  },
  'ticket.nobody': {
    status: 409,
    zh: '现在没有等候的号。',
    en: 'Nobody is waiting at the moment.',
  },
  'ticket.still_called': {
    status: 409,
    zh: '窗口正在办理 {ticket}，没有叫新号。请先办结、过号或转号。',
    en: 'The window is serving {ticket}, so no other was called. Finish, skip or transfer it first.',
  },
  'ticket.taken': {
    status: 409,
    zh: '这个号已被其他窗口叫走或已办结。请叫下一个。',
    en: 'Another window has taken this ticket, or it is finished. Call the next one.',
  },
  'ticket.none_called': {
    status: 409,
    zh: '窗口现在没有正在办理的号。请先叫号。',
    en: 'The window is serving nobody at the moment. Call a ticket first.',
  },
  'ticket_group.prefix': {
    status: 422,
    zh: '号码字头应为一个大写英文字母，同一大厅内不重复。',
    en: 'The prefix is one capital letter, another for each group of a hall.',
  },
  'ticket_group.windows': {
    status: 422,
    zh: '窗口不在名录中或不在这个大厅。请用逗号分隔窗口编号。',
    en: 'A window is not in the register or not in this hall. Separate codes of windows by commas.',
  },
});

export const TICKET_STATES = ['waiting', 'called', 'finished', 'skipped'] as const;

/** POST /admin/api/tickets, /api/v1/tickets: a reception desk or a ticket machine draws one. */
export const drawForm = z.strictObject({
  /** Drawn by the machine: sent twice, it is one ticket. */
  id: z.uuid(),
  group: z.string().trim().min(1).max(32),
  priority: z.boolean().default(false),
});
export type DrawForm = z.output<typeof drawForm>;

export const drawnTicket = z.object({
  id: z.string(),
  ticketNo: z.string(),
  groupName: z.string(),
  /** Tickets before it. */
  before: z.number().int(),
});
export type DrawnTicket = z.output<typeof drawnTicket>;

const window = z.string().trim().min(1).max(32);

/** POST /admin/api/tickets/call: the next one, or a certain one. */
export const callForm = z.strictObject({ window, ticket: z.uuid().optional() });
/** POST /admin/api/tickets/{recall,skip,finish} */
export const windowForm = z.strictObject({ window });
/** POST /admin/api/tickets/transfer */
export const transferForm = z.strictObject({ window, group: z.string().trim().min(1).max(32) });

export const ticketView = z.object({
  id: z.string(),
  ticketNo: z.string(),
  groupCode: z.string(),
  groupName: z.string(),
  priority: z.boolean(),
  state: z.enum(TICKET_STATES),
  drawnAt: z.string(),
  calledAt: z.string().nullable(),
  windowCode: z.string().nullable(),
});
export type TicketView = z.output<typeof ticketView>;

/** GET /admin/api/tickets?window=…: the queue as a window sees it. */
export const queueQuery = z.object({ window });
export const queueView = z.object({
  current: ticketView.nullable(),
  waiting: z.array(ticketView),
  skipped: z.array(ticketView),
  /** Finished here today. */
  finished: z.number().int(),
  groups: z.array(z.object({ code: z.string(), name: z.string() })),
});
export type QueueView = z.output<typeof queueView>;

/** What finishing did: whether the tablet asks for a rating, and of what. */
export const finishedTicket = z.object({
  ticketNo: z.string(),
  /** The service that the tablet asks about; none where nothing was recorded or no device stands there. */
  invited: z.object({ projectNo: z.string(), serviceName: z.string() }).nullable(),
  why: z.enum(['invited', 'nothing_served', 'no_device']),
});
export type FinishedTicket = z.output<typeof finishedTicket>;

/** GET /admin/api/ticket-visits?day=… */
export const visitQuery = z.object({
  day: z.iso.date().refine((text) => parseDay(text) !== undefined),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export const visitRow = z.object({
  windowCode: z.string(),
  windowName: z.string().nullable(),
  /** 9: from nine to ten. */
  hour: z.number().int(),
  visits: z.number().int(),
  /** Mean wait in whole seconds. */
  waitedSeconds: z.number().int(),
});
export type VisitRow = z.output<typeof visitRow>;
export const visitList = z.object({ items: z.array(visitRow) });
