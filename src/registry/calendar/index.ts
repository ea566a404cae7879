/**
 * Calendar (工作日历): the State Council's holidays and make-up working days, which every deadline in working
 * days runs by. The years that are published come with the product; next year's, and corrections, are
 * imported.
 */
import './contract.ts';

export { calendarImport, readCalendar, seedCalendar, workdays } from './actions.ts';
export { type WorkCalendar, workCalendar } from './calendar.ts';
