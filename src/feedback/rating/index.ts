/**
 * 评价: what a citizen says about one service. Whoever holds the link of a ratable step rates it once: a
 * level from one to five, tags of that level, three optional scores and a few words. Ratings that arrive
 * together are written together, each answered after the commit; none is ever changed or deleted. The
 * statistics are counted from these records and never typed in; what a verdict has excluded is shown as
 * excluded.
 */

export { cleanText, lastRatingBatch, receiptCode, requireSound } from './actions.ts';
export { ratingBarrier } from './barrier-http.ts';
export type { ContactDesk } from './contact-actions.ts';
export { contactOfRating } from './contact-reading-actions.ts';
export { type StatsLine, statsQuery } from './contract.ts';
export { badRatingRecorded, contactAsked, ratingRecorded, ratingVerified } from './fact.ts';
export {
  type FigureReader,
  figureReader,
  markBatch,
  markDays,
  markSteps,
  type StatsQuery,
  stats,
  statsByMonth,
  statsFor,
} from './figure-actions.ts';
export {
  type Choices,
  EMPTY_FORM,
  errorBox,
  type FormValues,
  levelsAndTags,
  textBox,
} from './form-pages.ts';
export { ratingImport } from './import-actions.ts';
export {
  ownRatings,
  ratedAmong,
  ratedAnonymously,
} from './list-actions.ts';
export { matterLine, pageWords } from './page-words.ts';
export { isGood, type Level, type NationalRules, type Tag, tagCodes, textLimit } from './rating.ts';
export { nationalRules } from './rule-actions.ts';
export { openSecondRating, secondRatingOf } from './second-actions.ts';
export { recordVerdicts } from './verdict-actions.ts';
