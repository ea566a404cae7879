/**
 * Appeal (申诉): a subject objects to one line of its statement. Its department says what it thinks within the
 * working days of the rules, a review group without whoever scored the line votes, and its chair records the
 * decision. Upheld, the book takes the line's entry back by a reversal that names it, or gives points back by
 * an entry of the appeal's own where the line follows from others; rejected, the line stands. A month isn't
 * sealed over an open appeal unless that is said aloud. Everybody sees what concerns them, and nobody who
 * rated.
 */
export { effectOf, type KeyedLine, lineKey, type MonthEnding } from './appeal.ts';
export { type Appeal, appealSchema, type FilingForm, filingSchema } from './contract.ts';
export { appealFiled, appealMoved, appealRejected, appealUpheld } from './fact.ts';
export { appealableUntil, type Filing, fileAppeal, mayAppeal } from './filing-actions.ts';
export {
  appealsOfLines,
  appealToTell,
  carryOver,
  openAppeals,
  readAppeal,
  staffAppealing,
} from './reading-actions.ts';
