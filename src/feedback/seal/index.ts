/**
 * Seal (封缄): proof that no rating was changed, left out or slipped in. Every night what has been rated since
 * the last seal becomes a Merkle tree (RFC 9162); its root goes into a seal whose hash names the seal before,
 * and is published where the hall can't take it back. A citizen sees by the receipt that the own rating is
 * in it. The leaf holds no personal data and the text only as a salted hash, so that erasing breaks no proof.
 */
export { lastSeal, type Sealed, sealNow } from './actions.ts';
export { checkSeals } from './check-actions.ts';
export { sealCheckAsked } from './fact.ts';
export { sealLine } from './seal.ts';
export { type RatingsVerification, verifyRatings } from './verify-actions.ts';
