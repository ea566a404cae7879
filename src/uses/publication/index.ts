/**
 * 公示: what the public may see of the ratings. Rates always with numerator and denominator, the rate of
 * rating always beside the good rate, what was taken out listed, lines of too few people withheld; for
 * readers on one page and for programs as CSV and JSON, all from the same figures as `stats`. Departments,
 * windows, items and regions have names here, people have none.
 */
export { type Publisher, publicFigures, publishedOf, publisher } from './actions.ts';
export { recount } from './archive-actions.ts';
export type { PublicFigures, PublicLine } from './contract.ts';
export { periodOf } from './publication.ts';
