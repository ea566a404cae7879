import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Structured logs, one JSON object a line on standard output. Bodies, queries, cookies, tokens and
 * addresses are never logged: an address of a request names the route's pattern, not its parameters.
 */
export function openLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
}
