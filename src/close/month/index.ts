/**
 * Month (月结): the procedure around a month of assessment. Closing counts the month's ratings, takes the
 * book's entries, scores every member of staff, window and department by the scheme in force and puts the
 * statements in the place of the last ones. It never waits for the queue: what the book still lacks is
 * posted first.
 */
export { closeMonth, listMonths } from './actions.ts';
export type { ClosedMonth, MonthRow } from './contract.ts';
export { deskOf } from './desk-actions.ts';
export { monthPublished, monthSealed, publishMonth, sealMonth } from './ending-actions.ts';
export { type Verification, verifyBook } from './proof-actions.ts';
export { readUnit } from './unit.ts';
