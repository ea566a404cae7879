import { assert } from '../../kernel/assert.ts';
import { sha256 } from '../../platform/crypto.ts';

/**
 * JSON with sorted keys and no space: the same content gives the same text, whatever order it was written
 * in.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  assert(typeof value !== 'number' || Number.isSafeInteger(value), 'a scheme holds whole numbers only');
  return JSON.stringify(value);
}

/** SHA-256 of the canonical JSON, hex: the name of a version that can't change. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value)).toString('hex');
}
