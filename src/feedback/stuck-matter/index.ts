/**
 * Stuck matter (办不成事): what the desk for matters that can't get done takes up, what it can't and what the
 * person is told instead, by the dated rules of the city. The matters themselves come in as voices.
 */
export { noteRefusedCase } from './actions.ts';
export { type DeskRules, deskRules, type Listed } from './rules.ts';
