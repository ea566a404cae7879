import { expandRegionCode, parseUscc, regionPrefix } from '../../kernel/codes.ts';

/**
 * The data that an actor may see. Without a prefix and a department it is the whole city. It bounds rows,
 * never routes: every statement that answers an actor applies it.
 */
export interface Scope {
  readonly cityCode: string;
  /** Digits with which the code of every region in reach begins: 2, 4, 6, 9 or 12. */
  readonly regionPrefix?: string;
  /** USCC of the only department in reach. */
  readonly departmentCode?: string;
}

/**
 * Reads a scope as people write it: a region with 6, 9 or 12 digits (it and all below it) or a department's
 * USCC. The city itself is the scope without further bounds; undefined when the text is neither or lies in
 * another city.
 */
export function parseScope(code: string, cityCode: string): Scope | undefined {
  const departmentCode = code.length === 18 ? parseUscc(code) : undefined;
  if (departmentCode !== undefined) return { cityCode, departmentCode };
  const region = expandRegionCode(code);
  if (region === undefined) return undefined;
  const prefix = regionPrefix(region);
  const city = cityCode.slice(0, 4);
  if (prefix === city) return { cityCode };
  return prefix.startsWith(city) || city.startsWith(prefix) ? { cityCode, regionPrefix: prefix } : undefined;
}
