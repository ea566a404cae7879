import type { StepId } from '../../kernel/ids.ts';
import { recordNumberFromBytes, recordNumberToBytes } from '../../kernel/record-number.ts';
import { equalBytes, type Keys } from '../../platform/crypto.ts';

const BYTES = 21;
const SIGNED = 13;

/** A way into a rating page that a portal asked for: for one step and channel, for some minutes. */
export interface Entry {
  stepId: StepId;
  channel: number;
  /** seconds since 1970 */
  until: number;
  /** where the citizen is led back to; empty for nowhere */
  back: string;
}

/**
 * The signed text of an entry: record number, channel, end, and a keyed code over these and the address
 * back. It says where the rating page is only as long as it is good, so that an old one in a log opens
 * nothing.
 */
export function entryText(keys: Keys, { stepId, channel, until, back }: Entry): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.set(recordNumberToBytes(stepId), 0);
  bytes[8] = channel;
  bytes.writeUInt32BE(until, 9);
  bytes.set(codeOf(keys, bytes, back), SIGNED);
  return bytes.toString('base64url');
}

/** The entry of a text; null for anything that this instance didn't make for this address back. */
export function readEntry(keys: Keys, text: string, back: string): Entry | null {
  if (!/^[A-Za-z0-9_-]{28}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (!equalBytes(codeOf(keys, bytes, back), bytes.subarray(SIGNED))) return null;
  const record = recordNumberFromBytes(bytes);
  if (record === undefined) return null;
  return { stepId: record.id, channel: bytes[8] ?? 0, until: bytes.readUInt32BE(9), back };
}

function codeOf(keys: Keys, bytes: Buffer, back: string): Buffer {
  return keys.mac8('rating-entry', Buffer.concat([bytes.subarray(0, SIGNED), Buffer.from(back)]));
}
