import type { StepId } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/month.ts';
import {
  recordNumberFromBytes,
  recordNumberToBytes,
  unpackRecordNumber,
} from '../../kernel/record-number.ts';
import { equalBytes, type Keys } from '../../platform/crypto.ts';

const BYTES = 17;
const LENGTH = 23;

/** What a genuine token says; it says nothing about a person. */
export interface Invitation {
  stepId: StepId;
  cityCode: string;
  serviceMonth: Month;
  /** Channel code (pf) that the link was made for. */
  channel: number;
}

/**
 * The text of a rating link: 8 bytes record number, 1 byte channel, 8 bytes keyed code, as base64url: 23
 * characters, so that a link fits a short message.
 */
export function tokenFor(keys: Keys, stepId: StepId, channel: number): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.set(recordNumberToBytes(stepId), 0);
  bytes[8] = channel;
  bytes.set(keys.mac8('rating-token', bytes.subarray(0, 9)), 9);
  return bytes.toString('base64url');
}

/** The invitation of a token; null for anything that this instance didn't make. */
export function readToken(keys: Keys, token: string): Invitation | null {
  if (token.length !== LENGTH || !/^[A-Za-z0-9_-]+$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  // The last character carries two unused bits: only the one way of writing a token that we use is ours.
  if (bytes.length !== BYTES || bytes.toString('base64url') !== token) return null;
  if (!equalBytes(keys.mac8('rating-token', bytes.subarray(0, 9)), bytes.subarray(9))) return null;
  const stepId = recordNumberFromBytes(bytes);
  const record = stepId && unpackRecordNumber(stepId);
  if (!stepId || !record) return null;
  return { stepId, cityCode: record.cityCode, serviceMonth: record.month, channel: bytes[8] ?? 0 };
}
