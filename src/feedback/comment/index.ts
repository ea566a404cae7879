/**
 * 点评: what is said without a case behind it. The public comments on a window, a department, an item or a
 * platform (综合点评), never on a person; supervisors enter what they found on a visit (监督查评), which counts
 * once a second person has confirmed it. Both are counted each for itself and are no part of any rate of
 * ratings; a bad word of the public has to be answered.
 */
export { type PublicComment, publicComment } from './actions.ts';
export type { CommentCount } from './contract.ts';
export { badCommentReceived } from './fact.ts';
export { scannedSign } from './find-actions.ts';
export { type CommentSpan, commentCounts } from './list-actions.ts';
export { departmentsOfCity } from './subject-actions.ts';
