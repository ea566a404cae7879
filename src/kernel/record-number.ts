import { assert } from './assert.ts';
import { type CityCode, parseCityCode, type StepId } from './ids.ts';
import { type Month, monthAt, monthIndex } from './month.ts';

/**
 * What a record number says about itself: 63 bits, from the highest: city 20 | months since 2020-01 10 |
 * sequence 33. It fits a positive bigint of SQL, leads any query to one city and one month, and holds no
 * personal data.
 */
export interface RecordNumber {
  readonly cityCode: CityCode;
  /** the month of the service, which never changes */
  readonly month: Month;
  /** counts within city and month from 1 */
  readonly sequence: bigint;
}

const MONTH_BITS = 10n;
const SEQUENCE_BITS = 33n;
const CITY_BITS = 20n;

/** The last month that a record number can hold: 2105-04. */
export const LAST_RECORD_MONTH: Month = monthAt((1 << 10) - 1);

/** Whether a record number can hold the month. */
export function holdsMonth(month: Month): boolean {
  return monthIndex(month) >= 0 && month <= LAST_RECORD_MONTH;
}

/**
 * @throws Fault when a part does not fit its bits; check the month of foreign input with `holdsMonth` first
 */
export function packRecordNumber(record: RecordNumber): StepId {
  const city = BigInt(record.cityCode);
  const month = BigInt(monthIndex(record.month));
  assert(city > 0n && city >> CITY_BITS === 0n, 'the city fits 20 bits');
  assert(month >= 0n && month >> MONTH_BITS === 0n, 'the month fits 10 bits');
  assert(record.sequence >= 0n && record.sequence >> SEQUENCE_BITS === 0n, 'the sequence fits 33 bits');
  return String((((city << MONTH_BITS) | month) << SEQUENCE_BITS) | record.sequence) as StepId;
}

/** The first and the last number that a record of the month can have; where none can, none lies between. */
export function recordNumbersOf(cityCode: string, month: Month): { first: string; last: string } {
  if (!holdsMonth(month)) return { first: '1', last: '0' };
  const first = ((BigInt(cityCode) << MONTH_BITS) | BigInt(monthIndex(month))) << SEQUENCE_BITS;
  return { first: String(first), last: String(first + (1n << SEQUENCE_BITS) - 1n) };
}

/** The parts of a record number as a decimal text; undefined for anything else. */
export function unpackRecordNumber(text: string): RecordNumber | undefined {
  if (!/^[1-9]\d{0,18}$/.test(text)) return undefined;
  return partsOf(BigInt(text));
}

function partsOf(value: bigint): RecordNumber | undefined {
  const cityCode = parseCityCode(String(value >> (MONTH_BITS + SEQUENCE_BITS)));
  if (value >> 63n !== 0n || cityCode === undefined) return undefined;
  const month = monthAt(Number((value >> SEQUENCE_BITS) & ((1n << MONTH_BITS) - 1n)));
  return { cityCode, month, sequence: value & ((1n << SEQUENCE_BITS) - 1n) };
}

/** The text as a step's id when it is a record number. */
export function parseStepId(text: string): StepId | undefined {
  return unpackRecordNumber(text) === undefined ? undefined : (text as StepId);
}

/** Eight bytes, highest first. */
export function recordNumberToBytes(id: StepId): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(id));
  return bytes;
}

/** The record number in the first eight bytes with its parts; undefined when they hold none. */
export function recordNumberFromBytes(bytes: Uint8Array): (RecordNumber & { id: StepId }) | undefined {
  if (bytes.length < 8) return undefined;
  const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
  const record = partsOf(value);
  return record && { ...record, id: String(value) as StepId };
}
