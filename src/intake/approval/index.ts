/**
 * Approval (审批): what was accepted at the counter is decided in the departments' back offices, step by step,
 * each by a department and, where the item says so, by somebody who has not handled it before. The promise
 * clock stands still for what the law does not count. The result is handed out at the issuing window, once.
 */
import './contract.ts';

export { routeCase } from './route-actions.ts';
