import type { StepId } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/month.ts';
import { recordNumberFromBytes, recordNumberToBytes } from '../../kernel/record-number.ts';
import { equalBytes, type Keys } from '../../platform/crypto.ts';

const BYTES = 17;
/**
 * 23 characters, the last of which carries two unused bits: only the one way of writing a token that we use
 * is ours.
 */
const SHAPE = /^[A-Za-z0-9_-]{22}[AEIMQUYcgkosw048]$/;

/** What a genuine token says; it says nothing about a person. */
export interface Invitation {
  stepId: StepId;
  cityCode: string;
  serviceMonth: Month;
  /** Channel code (pf) that the link was made for. */
  channel: number;
  /** 2 for the rating after a rectification, kept beside the first */
  assessNumber: 1 | 2;
}

/** The bit of the channel's byte by which a link is one for the second rating; channels stay below it. */
const SECOND = 0x80;

/**
 * The text of a rating link: 8 bytes record number, 1 byte channel, 8 bytes keyed code, as base64url: 23
 * characters, so that a link fits a short message.
 */
export function tokenFor(keys: Keys, stepId: StepId, channel: number): string {
  return written(keys, stepId, channel);
}

/** The same for the rating after a rectification. */
export function secondTokenFor(keys: Keys, stepId: StepId, channel: number): string {
  return written(keys, stepId, channel | SECOND);
}

function written(keys: Keys, stepId: StepId, byte: number): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.set(recordNumberToBytes(stepId), 0);
  bytes[8] = byte;
  bytes.set(keys.mac8('rating-token', bytes.subarray(0, 9)), 9);
  return bytes.toString('base64url');
}

/** The invitation of a token; null for anything that this instance didn't make. */
export function readToken(keys: Keys, token: string): Invitation | null {
  if (!SHAPE.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (!equalBytes(keys.mac8('rating-token', bytes.subarray(0, 9)), bytes.subarray(9))) return null;
  const record = recordNumberFromBytes(bytes);
  if (record === undefined) return null;
  const { id: stepId, cityCode, month: serviceMonth } = record;
  const byte = bytes[8] ?? 0;
  const assessNumber = (byte & SECOND) === 0 ? 1 : 2;
  return { stepId, cityCode, serviceMonth, channel: byte & ~SECOND, assessNumber };
}
