import { assert } from './assert.ts';

/** A text that only its own kind may stand for. */
export type Brand<Name extends string> = string & { readonly __brand: Name };

/** A city, the tenant: the first six digits of its region code, '370800'. */
export type CityCode = Brand<'CityCode'>;
/** A region of any level, 12 digits (GB/T 2260 and the statistics bureau). */
export type RegionCode = Brand<'RegionCode'>;
/** A department's unified social credit code, 18 characters (GB 32100). */
export type DepartmentCode = Brand<'DepartmentCode'>;
export type WindowCode = Brand<'WindowCode'>;
export type StaffNo = Brand<'StaffNo'>;
/** A service item's code, 31 or 33 characters. */
export type ItemCode = Brand<'ItemCode'>;
/** A ratable step's record number: 63 bits as a decimal text (see record-number.ts). */
export type StepId = Brand<'StepId'>;

export function parseCityCode(text: string): CityCode | undefined {
  return /^[1-9]\d{5}$/.test(text) ? (text as CityCode) : undefined;
}

/** The city code that the program itself wrote; a fault when it is none. */
export function cityCode(text: string): CityCode {
  const parsed = parseCityCode(text);
  assert(parsed !== undefined, `${text} is not a city code`);
  return parsed;
}

/** Who is assessed. */
export type SubjectKind = 'staff' | 'window' | 'department';

export const SUBJECT_KINDS: readonly SubjectKind[] = ['staff', 'window', 'department'];

export interface Subject {
  readonly kind: SubjectKind;
  /** staff number, window code or the department's USCC */
  readonly code: string;
}

export function parseSubjectKind(text: string): SubjectKind | undefined {
  return SUBJECT_KINDS.find((kind) => kind === text);
}

export function sameSubject(one: Subject, other: Subject): boolean {
  return one.kind === other.kind && one.code === other.code;
}
