/**
 * Inspection (督查巡查): what somebody has seen and put on record about a member of staff, a window or a
 * department, with evidence. A finding counts once a second person has confirmed it; it says what happened,
 * never how many points that costs: the scheme does.
 */
export { findingImport } from './actions.ts';
export { FINDING_RULES, type FindingRule } from './contract.ts';
export type { RulesInForce } from './desk-actions.ts';
export { findingAgainst, findingConfirmed } from './fact.ts';
export { type TakenFinding, takeFindings } from './taken-actions.ts';
