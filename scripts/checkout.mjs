import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Standard output belongs to what was asked for, such as JSON; what happens on the way goes beside it. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
