import { z } from 'zod';
import {
  cityOfRegion,
  currentRegion,
  isWithin,
  parseRegionCode,
  REGION_LEVELS,
  regionLevel,
  regionPrefix,
} from '../../kernel/codes.ts';
import type { RegionCode } from '../../kernel/ids.ts';
import { regionLevels } from './contract.ts';

/** Text of one line, up to `max` characters: names, signs, places. */
export function lineText(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text));
}

/** A code that a hall gives out itself: letters, digits, Chinese and a few signs. */
export function ownCode(max = 32) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9._\-/()（）\p{Script=Han}]+$/u);
}

/** A region code of 12 digits. */
export const regionCodeText = z
  .string()
  .trim()
  .refine((text) => parseRegionCode(text) !== undefined, { params: { code: 'field.region' }, abort: true })
  .transform((text) => text as RegionCode);

/** A row of the import kind `regions` (contract §3). */
export const regionRow = z
  .object({
    code: regionCodeText,
    name: lineText(60),
    level: regionLevels,
    parent_code: regionCodeText.optional(),
  })
  .superRefine((row, issues) => {
    const report = (column: string, code: string) =>
      issues.addIssue({ code: 'custom', path: [column], params: { code } });
    if (regionLevel(row.code) !== row.level) report('level', 'region.level_mismatch');
    else if ((row.parent_code === undefined) !== (row.level === 'province')) {
      report('parent_code', 'region.parent_required');
    } else if (row.parent_code !== undefined && !liesUnder(row.code, row.parent_code)) {
      report('parent_code', 'region.parent_mismatch');
    }
  });

export type RegionRow = z.output<typeof regionRow>;

function liesUnder(code: RegionCode, parent: RegionCode): boolean {
  const rank = (of: RegionCode) => REGION_LEVELS.indexOf(regionLevel(of));
  return rank(parent) < rank(code) && isWithin(code, parent);
}

/** Whether a city's own import may write the region: what lies in the city, and the province above it. */
export function belongsToCity(code: RegionCode, cityCode: string): boolean {
  return cityOfRegion(code) === cityCode || code === `${cityCode.slice(0, 2)}0000000000`;
}

/** Where something is and whose it is: what a data scope asks about. */
export interface Place {
  readonly regionCode: string;
  readonly departmentCode?: string;
}

/** Whether the place lies within the scope; a scope without bounds reaches everything. */
export function inReach(
  scope: { readonly regionPrefix?: string; readonly departmentCode?: string },
  place: Place,
): boolean {
  if (scope.regionPrefix !== undefined && !place.regionCode.startsWith(scope.regionPrefix)) return false;
  return scope.departmentCode === undefined || place.departmentCode === scope.departmentCode;
}

/**
 * The problem of an import row that touches anything outside the scope: where it would stand, or stood
 * before.
 */
export function unreachable(
  scope: Parameters<typeof inReach>[0],
  places: readonly (Place | undefined)[],
): { column: null; code: string } | undefined {
  const reached = places.every((place) => place === undefined || inReach(scope, place));
  return reached ? undefined : { column: null, code: 'import.out_of_scope' };
}

/** Digits that a region asked for and all below it begin with; '' when none is asked for. */
export function withinPrefix(region: string | undefined): string {
  const code = region === undefined ? undefined : parseRegionCode(region);
  return code === undefined ? '' : regionPrefix(code);
}

/** Former region prefixes and what stands there today; known codes are those of the register. */
export interface RegionBook {
  readonly aliases: ReadonlyMap<string, string>;
  readonly known: ReadonlySet<string>;
}

/**
 * The present code of a region that a row names.
 * @returns the code, or which refusal it deserves
 */
export function resolveRegion(
  code: RegionCode,
  cityCode: string,
  book: RegionBook,
): { code: RegionCode } | { refused: 'region.unknown' | 'region.other_city' } {
  const present = currentRegion(code, book.aliases);
  if (cityOfRegion(present) !== cityCode) return { refused: 'region.other_city' };
  return book.known.has(present) ? { code: present } : { refused: 'region.unknown' };
}
