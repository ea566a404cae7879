/**
 * Period (考核期间): the gate of each month. An entry of the book asks it in the very statement that adds the
 * entry; a month that is sealed takes nothing more, and what belongs to it counts in the earliest later
 * month that still does. A hall may be sealed before the others: then the gate is shut for its subjects only.
 */
export {
  begunFrom,
  type Gate,
  gateFor,
  holdPeriod,
  holdPeriodsFrom,
  isSealedFor,
  moveOn,
  openPeriods,
  type Period,
  periodsFrom,
  seal,
  setUnits,
  sharePeriodsFrom,
  stateFor,
  type Unit,
  unitsOf,
} from './actions.ts';
export { type Sealings, sealedSubjects, sealingsFrom } from './sealing-actions.ts';
