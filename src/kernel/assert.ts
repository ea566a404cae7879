/** A fault: the program is wrong, not its user. It is logged with its message and shown to nobody. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/**
 * Holds what must be true for the program to be right.
 *
 * @param message what was expected, for the log; never personal data
 * @throws Fault when the condition does not hold
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Fault(message);
}

/** Marks a branch that the types exclude; reached at run time, it is a fault. */
export function unreachable(value: never): never {
  throw new Fault(`unreachable: ${JSON.stringify(value)}`);
}

/** The value, or a fault when it is null or undefined. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`);
  return value;
}
