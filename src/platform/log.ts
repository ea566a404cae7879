import { type Logger, pino, stdSerializers } from 'pino';

export type Log = Logger;

/**
 * Structured logs, one JSON object a line on standard output. Bodies, queries, cookies, tokens and
 * addresses are never logged: an address of a request names the route's pattern, not its parameters.
 */
export function openLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorWithoutData },
  });
}

/**
 * What is logged of an error. The database quotes what it was given: the whole row in `detail`, the line of a
 * document in `where`, the value itself between quotes in the message of a data fault (SQLSTATE class 22). So
 * only what names the place is kept.
 */
export function errorWithoutData(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack = '', code, constraint, table, column } = stdSerializers.err(error);
  const quotes = typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
  const calls = stack.slice(Math.max(stack.indexOf('\n    at '), 0));
  return {
    type,
    message: quotes ? message.replace(/".*"/gs, '"…"') : message,
    stack: quotes ? calls : stack,
    ...Object.fromEntries(
      Object.entries({ code, constraint, table, column }).filter(([, value]) => value !== undefined),
    ),
  };
}
