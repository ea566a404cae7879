import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from './assert.ts';
import { cityCode, parseCityCode, parseSubjectKind, sameSubject } from './ids.ts';
import { month, monthAt } from './month.ts';
import {
  holdsMonth,
  packRecordNumber,
  parseStepId,
  type RecordNumber,
  recordNumberFromBytes,
  recordNumbersOf,
  recordNumberToBytes,
  unpackRecordNumber,
} from './record-number.ts';

const anyRecord: fc.Arbitrary<RecordNumber> = fc.record({
  cityCode: fc.integer({ min: 110_000, max: 999_999 }).map((code) => cityCode(String(code))),
  month: fc.integer({ min: 0, max: 1023 }).map(monthAt),
  sequence: fc.bigInt({ min: 0n, max: 2n ** 33n - 1n }),
});

it('packs city, month and sequence into a positive bigint of SQL and back', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const id = packRecordNumber(record);
      expect(BigInt(id)).toBeLessThan(2n ** 63n);
      expect(unpackRecordNumber(id)).toEqual(record);
      expect(recordNumberFromBytes(recordNumberToBytes(id))).toEqual({ ...record, id });
    }),
  );
});

it('has the bits where the description says', () => {
  const id = packRecordNumber({ cityCode: cityCode('370800'), month: month('2020-02'), sequence: 5n });
  expect(BigInt(id)).toBe((370800n << 43n) + (1n << 33n) + 5n);
});

it('orders by city, then month, then sequence', () => {
  const of = (text: string, sequence: bigint) =>
    BigInt(packRecordNumber({ cityCode: cityCode('370800'), month: month(text), sequence }));
  expect(of('2026-05', 2n ** 33n - 1n) < of('2026-06', 0n)).toBe(true);
});

it('does not take what has no room', () => {
  const record = { cityCode: cityCode('370800'), month: month('2026-06'), sequence: 1n };
  expect(() => packRecordNumber({ ...record, sequence: 2n ** 33n })).toThrow(Fault);
  expect(() => packRecordNumber({ ...record, month: month('2019-12') })).toThrow(Fault);
  expect(() => packRecordNumber({ ...record, month: month('2105-05') })).toThrow(Fault);
  expect([holdsMonth(month('2019-12')), holdsMonth(month('2105-04')), holdsMonth(month('2105-05'))]).toEqual([
    false,
    true,
    false,
  ]);
});

it.each(['', '0', '-1', '1', '1.5', '01', 'abc', '9223372036854775808', '99999999999999999999'])(
  '%j is no record number',
  (text) => {
    expect(parseStepId(text)).toBeUndefined();
  },
);

it('reads no record number from too few bytes or from zeros', () => {
  expect(recordNumberFromBytes(new Uint8Array(7))).toBeUndefined();
  expect(recordNumberFromBytes(new Uint8Array(8))).toBeUndefined();
  expect(recordNumberFromBytes(new Uint8Array(8).fill(255))).toBeUndefined();
});

it('names cities and subjects', () => {
  expect(parseCityCode('370800')).toBe('370800');
  expect(parseCityCode('0370800')).toBeUndefined();
  expect(() => cityCode('jining')).toThrow(Fault);
  expect(parseSubjectKind('window')).toBe('window');
  expect(parseSubjectKind('hall')).toBeUndefined();
  expect(sameSubject({ kind: 'staff', code: 'S1' }, { kind: 'window', code: 'S1' })).toBe(false);
});

it('bounds the numbers of a city and month', () => {
  fc.assert(
    fc.property(anyRecord, fc.integer({ min: 0, max: 1023 }).map(monthAt), (record, other) => {
      const id = BigInt(packRecordNumber(record));
      const { first, last } = recordNumbersOf(record.cityCode, other);
      expect(BigInt(first) <= id && id <= BigInt(last)).toBe(record.month === other);
    }),
  );
  const { first, last } = recordNumbersOf('370800', month('2019-12'));
  expect(BigInt(first)).toBeGreaterThan(BigInt(last));
});
