/**
 * Statement (考核结果单): what a close made of a month for each member of staff, window and department, line by
 * line. The lines carry the book's entries and everything derived from them; their points add up to the
 * total, so that every hundredth can be followed to its rule, its clause and the fact behind it.
 */
export {
  allScores,
  closedMonth,
  filterOf,
  payStatements,
  readMonth,
  replaceStatements,
  tableOf,
} from './actions.ts';
export { type Derivation, derivationSchema, type Score } from './contract.ts';
export { type Correction, liftedVetoes } from './correction-actions.ts';
export { derivationOf, explainScore } from './derivation-actions.ts';
export {
  findKept as keptStatements,
  findKeptResults as resultsKept,
  type KeptLine,
  type KeptStatement,
} from './kept-store.ts';
export { linesOf, rowOf, type Statement } from './statement.ts';
