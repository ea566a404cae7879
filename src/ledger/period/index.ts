/**
 * Period (考核期间): the gate of each month. An entry of the book asks it in the very statement that adds the
 * entry; a month that is sealed takes nothing more, and what belongs to it counts in the earliest later
 * month that still does.
 */
export {
  type Change,
  earliestOpen,
  holdPeriod,
  holdPeriodsFrom,
  moveOn,
  openPeriods,
  type Period,
  periodsFrom,
  sealPeriod,
  sharePeriodsFrom,
} from './actions.ts';
