import { formatMoment, formatSecond, parseMoment } from '../../src/kernel/day.ts';
import { percent, type Rate } from '../../src/kernel/rate.ts';

export { percent };

/** '2026-06-01 10:20' in China from an instant the server sent; '' for none. */
export function moment(instant: string | null | undefined): string {
  const date = parse(instant);
  return date ? formatMoment(date) : '';
}

/** The same to the second, where order matters (audit). */
export function second(instant: string | null | undefined): string {
  const date = parse(instant);
  return date ? formatSecond(date) : '';
}

/** The last minute before an instant at which something ends: a term that ends at 00:00 lasts until 23:59. */
export function until(instant: string | null | undefined): string {
  const date = parse(instant);
  return date ? formatMoment(new Date(date.getTime() - 1)) : '';
}

/** A rate never stands without its numbers: '98.5 % (197/200)'. */
export function rate({ numerator, denominator }: Pick<Rate, 'numerator' | 'denominator'>): string {
  return `${percent(numerator, denominator)} (${count(numerator)}/${count(denominator)})`;
}

/** Whole numbers with separators: 12,345. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Points with the sign that is as wide as a plus: −2.00 for -2.00. */
export function minus(points: string): string {
  return points.replace(/^-/, '−');
}

/** What is there, joined by middle dots. */
export function join(parts: readonly (string | null | undefined)[], by = ' · '): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join(by);
}

function parse(instant: string | null | undefined): Date | undefined {
  return instant ? parseMoment(instant) : undefined;
}
