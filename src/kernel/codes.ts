import { parseDay } from './day.ts';
import type { CityCode, DepartmentCode, ItemCode, RegionCode } from './ids.ts';

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const USCC_SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Why a code is none. */
export type CodeFault = 'shape' | 'check_digit' | 'type';

/** What is wrong with a unified social credit code (GB 32100); undefined when nothing is. */
export function usccFault(text: string): CodeFault | undefined {
  if (!USCC_SHAPE.test(text)) return 'shape';
  const sum = USCC_WEIGHTS.reduce(
    (total, weight, at) => total + weight * valueAt(USCC_ALPHABET, text, at),
    0,
  );
  return valueAt(USCC_ALPHABET, text, 17) === (31 - (sum % 31)) % 31 ? undefined : 'check_digit';
}

/** A department's unified social credit code with a right check digit (GB 32100). */
export function parseUscc(text: string): DepartmentCode | undefined {
  return usccFault(text) === undefined ? (text as DepartmentCode) : undefined;
}

/** The check character for the first 17 of a unified social credit code; for generated registers. */
export function usccCheck(first17: string): string {
  const sum = USCC_WEIGHTS.reduce(
    (total, weight, at) => total + weight * valueAt(USCC_ALPHABET, first17, at),
    0,
  );
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Kinds of government-service items by their two digits; the four that govern by force are not ratable. */
export const ITEM_TYPES = {
  '01': { zh: '行政许可', en: 'licence', ratable: true },
  '02': { zh: '行政处罚', en: 'penalty', ratable: false },
  '03': { zh: '行政强制', en: 'coercion', ratable: false },
  '04': { zh: '行政征收', en: 'levy', ratable: false },
  '05': { zh: '行政给付', en: 'payment', ratable: true },
  '06': { zh: '行政检查', en: 'inspection', ratable: false },
  '07': { zh: '行政确认', en: 'confirmation', ratable: true },
  '08': { zh: '行政奖励', en: 'award', ratable: true },
  '09': { zh: '行政裁决', en: 'ruling', ratable: true },
  '10': { zh: '其他行政权力', en: 'other power', ratable: true },
  '20': { zh: '公共服务', en: 'public service', ratable: true },
  '99': { zh: '其他', en: 'other', ratable: true },
} as const;

export type ItemType = keyof typeof ITEM_TYPES;

/**
 * The parts of an item code: USCC 18 + level 1 + region 2 + type 2 + main 5 + sub 3 (31), + handling item 2
 * (33).
 */
export interface ItemCodeParts {
  readonly kind: 'item';
  readonly code: ItemCode;
  /** the department that owns the item */
  readonly owner: DepartmentCode;
  readonly level: string;
  /** '00' national, '37' Shandong … */
  readonly regionPrefix: string;
  readonly type: ItemType;
  readonly main: string;
  readonly sub: string;
  /** the two digits of the handling item in a code of 33, else undefined */
  readonly handling: string | undefined;
  readonly ratable: boolean;
}

/** Reads an item code of 31 or 33 characters, or says what is wrong with it. */
export function parseItemCode(text: string): ItemCodeParts | { kind: 'bad'; reason: CodeFault } {
  if (!/^[0-9A-Z]{18}\d{5}[0-9A-Z]{8}(?:[0-9A-Z]{2})?$/.test(text)) return { kind: 'bad', reason: 'shape' };
  const fault = usccFault(text.slice(0, 18));
  if (fault !== undefined) return { kind: 'bad', reason: fault };
  const type = text.slice(21, 23);
  if (!isItemType(type)) return { kind: 'bad', reason: 'type' };
  return {
    kind: 'item',
    code: text as ItemCode,
    owner: text.slice(0, 18) as DepartmentCode,
    level: text.charAt(18),
    regionPrefix: text.slice(19, 21),
    type,
    main: text.slice(23, 28),
    sub: text.slice(28, 31),
    handling: text.length === 33 ? text.slice(31) : undefined,
    ratable: ITEM_TYPES[type].ratable,
  };
}

export function isItemType(text: string): text is ItemType {
  return Object.hasOwn(ITEM_TYPES, text);
}

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * What is wrong with a resident identity number: 18 characters with a day of birth, and the check character
 * (GB 11643); undefined when nothing is.
 */
export function residentIdFault(text: string): 'shape' | 'check_digit' | undefined {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return 'shape';
  const born = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (parseDay(born) === undefined) return 'shape';
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, at) => total + weight * Number(text.charAt(at)), 0);
  return '10X98765432'.charAt(sum % 11) === text.charAt(17) ? undefined : 'check_digit';
}

export function isResidentId(text: string): boolean {
  return residentIdFault(text) === undefined;
}

export type RegionLevel = 'province' | 'city' | 'county' | 'township' | 'village';

export const REGION_LEVELS: readonly RegionLevel[] = ['province', 'city', 'county', 'township', 'village'];

/** A region code of 12 digits. */
export function parseRegionCode(text: string): RegionCode | undefined {
  return /^[1-9]\d{11}$/.test(text) ? (text as RegionCode) : undefined;
}

/** A region as people write it, with 6, 9 or 12 digits, as the full code. */
export function expandRegionCode(text: string): RegionCode | undefined {
  return /^(?:\d{6}|\d{9}|\d{12})$/.test(text) ? parseRegionCode(text.padEnd(12, '0')) : undefined;
}

/** The level that the code's zeros tell. Towns right under a city without counties (东莞) are townships. */
export function regionLevel(code: RegionCode): RegionLevel {
  if (code.slice(9) !== '000') return 'village';
  if (code.slice(6, 9) !== '000') return 'township';
  if (code.slice(4, 6) !== '00') return 'county';
  return code.slice(2, 4) === '00' ? 'province' : 'city';
}

const PREFIX_LENGTH = { province: 2, city: 4, county: 6, township: 9, village: 12 } as const;

/** The digits with which the code of the region and of every region below it begins. */
export function regionPrefix(code: RegionCode): string {
  return code.slice(0, PREFIX_LENGTH[regionLevel(code)]);
}

/** Whether the region is the area itself or lies in it. */
export function isWithin(region: RegionCode, area: RegionCode): boolean {
  return region.startsWith(regionPrefix(area));
}

/** The city of a region: '370812001000' → '370800'; undefined for a province. */
export function cityOfRegion(code: RegionCode): CityCode | undefined {
  return code.slice(2, 4) === '00' ? undefined : (`${code.slice(0, 4)}00` as CityCode);
}

/**
 * The region's present code: the longest old prefix in the table is replaced (370882… → 370812…).
 *
 * @param aliases old prefix → new prefix, 4 to 12 digits each
 */
export function currentRegion(code: RegionCode, aliases: ReadonlyMap<string, string>): RegionCode {
  for (let length = 12; length >= 4; length--) {
    const replacement = aliases.get(code.slice(0, length));
    if (replacement !== undefined) return (replacement + code.slice(replacement.length)) as RegionCode;
  }
  return code;
}

/** The shape of a mobile phone number in mainland China, without country code. */
export function isMobile(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

/** A mobile, a landline with area code, or a service number such as 12345. */
export function isPhone(text: string): boolean {
  return isMobile(text) || /^(0\d{2,3}-?\d{7,8}(-\d{1,6})?|400-?\d{3}-?\d{4}|[19]\d{4,5})$/.test(text);
}

/** '13812341234' → '138****1234'; anything shorter is hidden whole. */
export function maskPhone(text: string): string {
  return text.length < 11 ? '*'.repeat(text.length) : `${text.slice(0, 3)}****${text.slice(-4)}`;
}

/** '张三丰' → '张*': the length of the name stays unknown too. */
export function maskName(text: string): string {
  const first = Array.from(text.trim())[0];
  return first === undefined ? '' : `${first}*`;
}

/** '11010519491231002X' → '1****************X'. */
export function maskCertificate(text: string): string {
  return text.length < 3 ? '*'.repeat(text.length) : `${text[0]}${'*'.repeat(text.length - 2)}${text.at(-1)}`;
}

function valueAt(alphabet: string, text: string, at: number): number {
  return alphabet.indexOf(text.charAt(at));
}
