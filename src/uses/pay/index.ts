/**
 * Pay (绩效浮动): what a month's grade moves in the monthly pay of purchased-service staff. The amount is
 * computed with the statement, by the grade and the pay table of the scheme; here it becomes the sheet for
 * the wage office. Before the month is sealed it shows what would be paid. Nobody else's pay is touched.
 */
export { paySheet, payTable } from './actions.ts';
export type { PayLine } from './contract.ts';
