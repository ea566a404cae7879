/** The part of an address after `?`, as plain text pairs: readable, and safe to share. */
export type Search = Readonly<Record<string, string | undefined>>;

/** Reads `?a=b&a=c` as `{ a: 'b,c' }`: what a filter offers more than once is a list with commas. */
export function parseSearch(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    if (value === '') continue;
    found[key] = found[key] === undefined ? value : `${found[key]},${value}`;
  }
  return found;
}

/** Writes the pairs back, the empty ones left out; commas and colons stay readable. */
export function stringifySearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(textSearch(search)).map(
    ([key, value]) => `${encodeURIComponent(key)}=${readable(encodeURIComponent(value ?? ''))}`,
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** Keeps what is text; everything else in an address is ignored rather than trusted. */
export function textSearch(raw: Record<string, unknown>): Search {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]) => {
      if (typeof value === 'number') return [[key, String(value)]];
      return typeof value === 'string' && value !== '' ? [[key, value]] : [];
    }),
  );
}

/** The search after a change of filters: empty ones go, and paging starts again. */
export function withFilters(search: Search, changes: Search): Search {
  return textSearch({ ...search, cursor: undefined, ...changes });
}

/** The filters without paging, as lists and exports want them. */
export function filtersOf(search: Search, keys: readonly string[]): Search {
  return textSearch(Object.fromEntries(keys.map((key) => [key, search[key]])));
}

/** 'a,b' → ['a', 'b']; none for nothing. */
export function list(text: string | undefined): string[] {
  return text ? text.split(',').filter((part) => part !== '') : [];
}

function readable(encoded: string): string {
  return encoded.replaceAll('%2C', ',').replaceAll('%3A', ':');
}
