/**
 * Dashboard (大屏与领导看板): what a leader reads in a minute, within their scope, and what the hall's big
 * screen shows to everybody who passes. The screen tells nothing that the public pages don't: no person, no
 * line of a few; of today it counts services and ratings, and never what was said in them.
 */
export type { Board } from './contract.ts';
