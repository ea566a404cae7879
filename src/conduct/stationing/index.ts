/**
 * Stationing (部门进驻): the dated list of departments and items that must be in the hall, each with its
 * clause, and how the registers compare with it: a window, services at it, authority, the chief
 * representative. What a comparison shows is a sign only; a check records a finding, which a second person
 * confirms.
 */
import './contract.ts';

export { stationingImport } from './import-actions.ts';
