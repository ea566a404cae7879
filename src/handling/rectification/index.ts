/**
 * Rectification (差评整改): every bad rating opens an order by itself, owned by the department that served
 * (谁办理谁负责), with its limits from the moment the rating was given.
 */
export { openRectifications } from './actions.ts';
