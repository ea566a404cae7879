/**
 * Attendance (考勤): what the clock-in machines say, read by the hours of each person's shift, by leave and
 * business trips, and by dated rules. It proposes findings; the subject may protest, a second person
 * confirms, and only then does inspection take them in. Downstream reads days away from
 * `conduct.v_leave_day`.
 */
import './contract.ts';
import './leave-contract.ts';

export { loadClockFile, saveClockSource } from './clock-actions.ts';
export { askForLeave } from './leave-actions.ts';
export { runReview } from './review-actions.ts';
export { addShift } from './shift-actions.ts';
