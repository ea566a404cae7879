/**
 * Acceptance (受理): cases of halls that have no system of their own, from the counter on. A clerk finds the
 * item, ticks the papers, and accepts, accepts with papers that may follow (容缺受理), tells once what is
 * missing (一次性告知), refuses with the ground, or answers a question. Each of these moments is a
 * service record by itself, with its link and short code; the person is sealed beside it. The fine state
 * stands within the national three, and the promise clock runs in working days.
 */
import './contract.ts';

export { allowedDays, workdaysBetween } from './application.ts';
export { beginWork, clockOf, lockCase, noteAct, type Work } from './course-actions.ts';
export { hallOf, ownDesk, type Worker, workerOf } from './desk-actions.ts';
export { applicationRefused, noticeGiven } from './fact.ts';
export { calendarOf, ownHalls, rowOf } from './list-actions.ts';
export {
  applicationRecord,
  applicationRecords,
  decidedCases,
  handlersOf,
  timesDone,
} from './record-actions.ts';
export { hallRules } from './rules.ts';
export type { ApplicationRecord } from './store.ts';
