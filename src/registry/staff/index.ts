/**
 * Staff (人员与派岗): everybody who is assessed, whatever their identity, and the windows they were posted to
 * from day to day. Days of posting weigh a person's part in a window's score and decide to which hall the
 * person belongs. Downstream joins `registry.v_staff` and `registry.v_posting`.
 */
import './contract.ts';

export { staffByNo, staffExists, staffImport } from './actions.ts';
export { postedOn, postedWindows, postingImport } from './posting-actions.ts';
export { placesOfSubjects, subjectJudge } from './subject-actions.ts';
