/**
 * Entry (记分台账): the score book. Each fact that moves points (a confirmed finding or merit, a complaint at
 * fault, a bad rating) becomes an entry with the rule's value of its day, the clause, the subject and the
 * evidence; a bad rating's deduction waits until it is verified. Entries are only added, by set-based
 * statements that may be repeated.
 */
export {
  countingEntries,
  type EntryWithReceipt,
  entriesWithReceipts,
  postMonth,
  postMonthIn,
  postMonths,
  waitingEntries,
} from './actions.ts';
export { type LateDecision, lateDecisions } from './late-actions.ts';
export {
  adjustForAppeal,
  appealedEntry,
  REDRESS_RULE,
  type Redress,
  reverseForAppeal,
} from './redress-actions.ts';
export { type LateMonth, lateMonths, triedBook, triedBookOf } from './trial-actions.ts';
export { verifyEntries } from './verify-actions.ts';
export { type BookDifference, findCountingSince as countingSince } from './verify-store.ts';
