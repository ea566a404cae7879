/**
 * 办件: cases and their ratable steps. Other systems, files and the demo hall hand in service records; each
 * is kept once under its national key (projectNo, serviceNumber), gets a record number, a rating link and a
 * short code, and can be rated until the end of its last ratable day. Personal fields are sealed apart from
 * the step and opened only for a stated reason. What was recorded wrongly is corrected beside the record by
 * two people.
 */

export type { Person } from './case.ts';
export { recordsKept } from './fact.ts';
export { knownCases, serviceRecordImport } from './import-actions.ts';
export { identityKeptFrom, ratableFrom, textKeptFrom } from './limits-actions.ts';
export { drawAhead, keepMoment, lastServedAt, shortCodeOf } from './moment-actions.ts';
export {
  contactOf,
  findByPhone,
  findByShortCode,
  findStepForPage,
  personOf,
  type StepForPage,
} from './record-actions.ts';
