/**
 * Window (窗口): a place in a hall where people are served, with its department, its kind and its opening
 * hours. The region in which it stands decides the unit of assessment.
 */
import './contract.ts';

export { placeOfWindow, windowImport, windowsByCode } from './actions.ts';
export { parseHours } from './window.ts';
