import type { PostingRole } from './contract.ts';

/** A time at a window; both days belong to it, and without a last day it goes on. */
export interface Span {
  readonly staff_no: string;
  readonly window_code: string;
  readonly role: PostingRole;
  readonly from_date: string;
  readonly to_date: string | null;
}

export function spanKey(span: Omit<Span, 'to_date'>): string {
  return `${placeKey(span)}\0${span.from_date}`;
}

function placeKey(span: Pick<Span, 'staff_no' | 'window_code' | 'role'>): string {
  return `${span.staff_no}\0${span.window_code}\0${span.role}`;
}

/**
 * Spans of the same person, window and role that share a day: each of the given ones with the first day of
 * another that it meets. The others are what stands beside them.
 */
export function overlaps<S extends Span>(given: readonly S[], others: readonly Span[]): Map<S, string> {
  const places = new Map<string, { span: Span; mine: S | undefined }[]>();
  const put = (span: Span, mine: S | undefined): void => {
    const list = places.get(placeKey(span)) ?? [];
    list.push({ span, mine });
    places.set(placeKey(span), list);
  };
  for (const span of given) put(span, span);
  for (const span of others) put(span, undefined);
  const found = new Map<S, string>();
  for (const list of places.values()) {
    list.sort((one, other) => (one.span.from_date < other.span.from_date ? -1 : 1));
    // The span that reaches furthest among those that began earlier is the one that a later one meets first.
    let furthest = list[0];
    for (const next of list.slice(1)) {
      if (furthest === undefined) break;
      const end = furthest.span.to_date ?? FOREVER;
      if (next.span.from_date <= end) {
        if (next.mine) found.set(next.mine, furthest.span.from_date);
        if (furthest.mine && !found.has(furthest.mine)) found.set(furthest.mine, next.span.from_date);
      }
      if ((next.span.to_date ?? FOREVER) > end) furthest = next;
    }
  }
  return found;
}

const FOREVER = '9999-12-31';
