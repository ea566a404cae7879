/**
 * 更正: a step's clerk, window or phone that was recorded wrongly. One person or system proposes with a
 * reason, a second person decides; what stood before is kept beside the record, and an approved correction
 * charges the step's rating to the right subject.
 */
export { stepCorrected } from './actions.ts';
