/**
 * Ticket (取号): the queue of a hall. Tickets are drawn for groups of items and called at the windows that
 * serve the group, whoever has priority first; the hall's screen shows numbers and windows. A finished visit
 * asks for a rating of what was served last, on the tablet at the window.
 */
import './contract.ts';

export { ticketGroupImport } from './import-actions.ts';
