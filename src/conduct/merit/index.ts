/**
 * Merit (加分事项): what a member of staff did beyond duty (a visit at home, an honour, a letter of praise),
 * with evidence: claimed by the person or the department's liaison, or proposed from praise and call-backs.
 * A merit counts once somebody else has confirmed it; the scheme says what it is worth.
 */
export { meritImport } from './actions.ts';
export type { BonusInForce } from './claim-actions.ts';
export { MERIT_RULES, type MeritRule } from './contract.ts';
export { type ProposedMerits, proposeMerits } from './desk-actions.ts';
export { meritConfirmed, meritsProposed } from './fact.ts';
