/**
 * Message (消息): what the people who work here are told. A fact that concerns somebody becomes one message in
 * their inbox, however often it comes; who that is is chosen by role, scope and department. A message keeps
 * its kind and the numbers it names, and finds its words when it is read. Nothing a citizen said, and nobody
 * who rated, ever stands in one.
 */
export { deliveriesPlanned } from './fact.ts';
export type { MessageKind, Params } from './kind.ts';
export { type Audience, type Notice, notify } from './notice-actions.ts';
export type { CalendarOf, Place } from './plan-actions.ts';
