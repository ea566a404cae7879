import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** What the duties and files of orders belong to. */
export const KIND = 'work_order';

const about = z.object({ cityCode: z.string(), orderId: z.string() });

/** An order stands on its owner's screen. */
export const orderOpened = defineFact('order.opened', about);
/** Its answer has been approved: whoever spoke is told. */
export const orderAnswered = defineFact('order.answered', about);
/** It has ended, answered or withdrawn. */
export const orderClosed = defineFact('order.closed', about);
/** Something was added to its story that others wait to hear. */
export const orderMoved = defineFact(
  'order.moved',
  about.extend({ what: z.string(), eventNo: z.number().int(), by: z.string() }),
);
/** What of an order's story is told on; the rest its own people know from doing it. */
export const TOLD: ReadonlySet<string> = new Set([
  'assigned',
  'returned',
  'extension_asked',
  'extension_approved',
  'extension_refused',
  'answered',
  'sent_back',
  'approved',
  'reopened',
  'supervised',
  'withdrawn',
  'invited_again',
  'entrusted',
  'from_discipline',
]);
/** Its answer came after its time: the day is the first on which it was overdue. */
export const orderLate = defineFact('order.late', about.extend({ on: z.string() }));
/** Somebody asked the person how it was answered, or tried to. */
export const orderCalledBack = defineFact('order.called_back', about.extend({ outcome: z.string() }));
