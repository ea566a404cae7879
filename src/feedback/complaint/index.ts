/**
 * Complaint (举报投诉): what somebody complained of about a member of staff, a window or a department, as far
 * as it concerns the score. It counts once it is found at fault and somebody else has confirmed that; what
 * was said stays here and is published to nobody.
 */
export { complaintImport } from './actions.ts';
export { recordDecided } from './desk-actions.ts';
export { complaintUpheld } from './fact.ts';
