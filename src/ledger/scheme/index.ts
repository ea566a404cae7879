/**
 * Scheme (考核办法): every number of the assessment as dated data with the clause it comes from. Rule files or
 * a draft become an immutable version under the hash of their content; a version is put into force from a
 * day on, and each entry of the book keeps the hash, the value used and its date.
 */
export {
  installScheme,
  putInForce,
  readScheme,
  schemeOn,
  schemesByHash,
  schemesInForce,
} from './actions.ts';
export { contentHash } from './canonical.ts';
export type { SchemeLine } from './contract.ts';
export { schemeLines } from './document.ts';
export { draftProposed, draftToTry, schemePutInForce } from './draft-actions.ts';
export { heldSince } from './projection.ts';
export {
  type Amount,
  type Amounts,
  type Scheme,
  type SchemeInForce,
  type SchemeRule,
  TIES,
  type Tie,
} from './scheme.ts';
export { type ParsedScheme, parseScheme } from './scheme-file.ts';
