/**
 * Acceptance (受理): cases of halls that have no system of their own, from the counter on. A clerk finds the
 * item, ticks the papers, and accepts, accepts with papers that may follow (容缺受理), tells once what is
 * missing (一次性告知), refuses with the ground, or answers a question. Each of these moments is a
 * service record by itself, with its link and short code; the person is sealed beside it. The fine state
 * stands within the national three, and the promise clock runs in working days.
 */
import './contract.ts';

export { applicationRefused, noticeGiven } from './fact.ts';
