/**
 * Work order (工单): one mechanism for whatever has to be answered: a bad rating to rectify, a matter that
 * can't get done, a complaint, a suggestion. An order has one department that answers it, states, and due
 * times in working days that warn, can stand still, and can be extended once with somebody else's approval;
 * whoever answers doesn't approve, whoever it concerns doesn't handle, and its story is only added to.
 */
export type { Found } from './account.ts';
export { stateAccount } from './account-actions.ts';
export { askForCall, dropCall, takeCall } from './call-actions.ts';
export { type Story, storyOf, takeWord, type Word, wordUntil } from './citizen-actions.ts';
export { orderParams, speakerView } from './contract.ts';
export {
  KIND,
  orderAnswered,
  orderCalledBack,
  orderClosed,
  orderLate,
  orderMoved,
  orderOpened,
} from './fact.ts';
export { closeOrder, type HeldOrder, holdOrder, holdOrderOf, orderById } from './following-actions.ts';
export { type LimitsOf, type OpenedOrder, openOrder, openOrders, tell } from './open-actions.ts';
export { isOver, type OrderState } from './order.ts';
export { contactDays, isContactLimit } from './rules.ts';
export { escalateOrder } from './taking-actions.ts';
export { ordersOfVoices, reviveOrderOf, type VoiceOrder, withdrawOrderOf } from './voice-actions.ts';
