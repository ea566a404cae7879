import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from './assert.ts';
import {
  cityOfRegion,
  currentRegion,
  expandRegionCode,
  isMobile,
  isResidentId,
  isWithin,
  maskCertificate,
  maskName,
  maskPhone,
  parseItemCode,
  parseRegionCode,
  parseUscc,
  regionLevel,
  regionPrefix,
  usccCheck,
  usccFault,
} from './codes.ts';

const region = (text: string) => present(parseRegionCode(text), text);

describe('a unified social credit code', () => {
  it.each(['11370800MB28559184', '11370800MB2855926Y'])('%s is one', (text) => {
    expect(parseUscc(text)).toBe(text);
  });

  it.each([
    ['11370800004312345X', 'check_digit'],
    ['11370800MB28559185', 'check_digit'],
    ['11370800MB2855918', 'shape'],
    ['11370800MB285591844', 'shape'],
    ['11370800MI28559184', 'shape'],
    ['11370800mb28559184', 'shape'],
    ['', 'shape'],
  ])('%j is none: %s', (text, fault) => {
    expect(usccFault(text)).toBe(fault);
    expect(parseUscc(text)).toBeUndefined();
  });

  it('has one right check character, and every change of a single character is found', () => {
    const digit = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY');
    const first17 = fc.array(digit, { minLength: 9, maxLength: 9 }).map((rest) => `11370800${rest.join('')}`);
    fc.assert(
      fc.property(first17, fc.integer({ min: 8, max: 16 }), digit, (first, at, other) => {
        const code = first + usccCheck(first);
        expect(parseUscc(code)).toBe(code);
        const changed = code.slice(0, at) + other + code.slice(at + 1);
        expect(parseUscc(changed) === undefined).toBe(changed !== code);
      }),
    );
  });
});

describe('an item code', () => {
  const licence = '11370800MB28559184' + '3' + '37' + '01' + '25001' + '000';

  it('tells owner, level, region, type and whether it is ratable', () => {
    expect(parseItemCode(licence)).toEqual({
      kind: 'item',
      code: licence,
      owner: '11370800MB28559184',
      level: '3',
      regionPrefix: '37',
      type: '01',
      main: '25001',
      sub: '000',
      handling: undefined,
      ratable: true,
    });
    expect(parseItemCode(`${licence}02`)).toMatchObject({ kind: 'item', handling: '02' });
  });

  it.each([
    ['01', true],
    ['02', false],
    ['03', false],
    ['04', false],
    ['05', true],
    ['06', false],
    ['07', true],
    ['08', true],
    ['09', true],
    ['10', true],
    ['20', true],
    ['99', true],
  ])('of type %s is ratable: %s', (type, ratable) => {
    expect(parseItemCode(licence.slice(0, 21) + type + licence.slice(23))).toMatchObject({ type, ratable });
  });

  it.each([
    [licence.slice(0, 30), 'shape'],
    [`${licence}1`, 'shape'],
    [licence.toLowerCase(), 'shape'],
    [`11370800004312345X${licence.slice(18)}`, 'check_digit'],
    [`${licence.slice(0, 21)}77${licence.slice(23)}`, 'type'],
  ])('%s is none: %s', (text, reason) => {
    expect(parseItemCode(text)).toEqual({ kind: 'bad', reason });
  });
});

describe('a resident identity number', () => {
  it('has a right check character and a real day of birth', () => {
    expect(isResidentId('11010519491231002X')).toBe(true);
    for (const text of [
      '110105194912310021',
      '11010519490231002X',
      '11010519491231002x',
      '110105491231002',
      '',
    ]) {
      expect(isResidentId(text)).toBe(false);
    }
  });
});

describe('a region', () => {
  it.each([
    ['370000000000', 'province', '37', undefined],
    ['370800000000', 'city', '3708', '370800'],
    ['370812000000', 'county', '370812', '370800'],
    ['370812001000', 'township', '370812001', '370800'],
    ['370812001003', 'village', '370812001003', '370800'],
    ['441900003000', 'township', '441900003', '441900'],
  ])('%s is a %s', (text, level, prefix, city) => {
    expect(regionLevel(region(text))).toBe(level);
    expect(regionPrefix(region(text))).toBe(prefix);
    expect(cityOfRegion(region(text))).toBe(city);
  });

  it('contains what lies below it', () => {
    expect(isWithin(region('370812001000'), region('370800000000'))).toBe(true);
    expect(isWithin(region('370812001000'), region('370812001000'))).toBe(true);
    expect(isWithin(region('370800000000'), region('370812000000'))).toBe(false);
    expect(isWithin(region('370911000000'), region('370800000000'))).toBe(false);
  });

  it('is written short by people', () => {
    expect(expandRegionCode('370800')).toBe('370800000000');
    expect(expandRegionCode('370812001')).toBe('370812001000');
    expect(expandRegionCode('370812001003')).toBe('370812001003');
    for (const text of ['3708', '37081200', '07081200', 'jining', '037080'])
      expect(expandRegionCode(text)).toBeUndefined();
  });

  it('keeps its place under an old code, the longest prefix first', () => {
    const aliases = new Map([
      ['370882', '370812'],
      ['370882005', '370812099'],
    ]);
    expect(currentRegion(region('370882000000'), aliases)).toBe('370812000000');
    expect(currentRegion(region('370882001000'), aliases)).toBe('370812001000');
    expect(currentRegion(region('370882005000'), aliases)).toBe('370812099000');
    expect(currentRegion(region('370811000000'), aliases)).toBe('370811000000');
  });
});

describe('what may be shown of a person', () => {
  it('is masked', () => {
    expect(maskPhone('13812341234')).toBe('138****1234');
    expect(maskPhone('123')).toBe('***');
    expect(maskName('张三')).toBe('张*');
    expect(maskName('张三丰')).toBe('张*');
    expect(maskName('𠮷野')).toBe('𠮷*');
    expect(maskName('')).toBe('');
    expect(maskCertificate('11010519491231002X')).toBe('1****************X');
  });

  it('knows a mobile phone by its shape', () => {
    expect(isMobile('13812341234')).toBe(true);
    for (const text of ['12812341234', '1381234123', '138123412345', '+8613812341234', ''])
      expect(isMobile(text)).toBe(false);
  });
});
