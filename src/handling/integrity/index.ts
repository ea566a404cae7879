/**
 * Integrity (诚信审查): detectors look for ratings that nobody of the public gave (one device that rates all
 * day, a tablet answered before anybody could read it, a clerk whose tags never differ). Each finding says
 * in figures what is odd and names the ratings behind it. It deletes nothing and changes no score: one
 * person proposes what to make of it, another decides, and ratings leave the figures only by their verdict.
 */
export { callImport, noteCall } from './call-actions.ts';
export { findingReviewed, findingsFound, reviewProposed } from './fact.ts';
