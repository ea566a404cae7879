/**
 * Rectification (差评整改): every bad rating opens an order by itself, owned by the department that served
 * (谁办理谁负责), with its limits from the moment the rating was given. Its pre-review says whether the rating
 * is genuine; two people may take it out, and then the order ends. What is answered late, or leaves the
 * person dissatisfied, charges the window whose department answers, once each, and never the clerk concerned.
 */
export { accountRating } from './account-actions.ts';
export { inviteAgain, openRectifications } from './actions.ts';
export { chargeDissatisfied, chargeLate, chargeOverdue } from './charge-actions.ts';
export { orderCharged } from './fact.ts';
export { badRatingsHandled, handledByDepartment } from './rate-actions.ts';
export type { RateCount } from './rate-store.ts';
export { followExclusion, followVerdicts } from './review-actions.ts';
