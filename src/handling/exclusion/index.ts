/**
 * Exclusion (核实与排除): whether a bad rating is genuine, and whether a rating is taken out of the figures.
 * Upholding one takes a verifier; taking one out as mistaken or malicious takes two people with evidence,
 * neither of them rated nor posted at that window. What is taken out stays listed in every total.
 */
export { excludeTogether, proposeIn } from './actions.ts';
export { isConcerned, personOf, refuseConcerned } from './concern-actions.ts';
export { exclusionDecided, exclusionProposed } from './fact.ts';
export { exclusionOf, upholdIn } from './verification-actions.ts';
