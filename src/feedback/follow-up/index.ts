/**
 * Follow-up (回访): the office calls back whoever was answered after a bad rating, a stuck matter or a
 * complaint, and a random share of all others. A week's share is drawn from a kept list by a seed
 * whose hash was published before and which is published with the draw: anybody can repeat it. What people
 * say on the phone goes downstream as a fact: an answer is accepted or reopened, a dissatisfied person gets
 * an order, praise is proposed as a merit, and a rating that nobody gave is looked into.
 */
export type { CallSource } from './call.ts';
export { callFinished } from './fact.ts';
export { dropCallBacks, openCallBack } from './open-actions.ts';
export { type FinishedCall, finishedCall } from './queue-actions.ts';
