/** What a verification finds otherwise than it was sealed. */
export const DIFFERENCES = [
  'rating.changed',
  'rating.missing',
  'rating.inserted',
  'rating.text_changed',
  'seal.missing',
  'seal.altered',
  'seal.order',
  'seal.leaves',
] as const;
export type DifferenceCode = (typeof DIFFERENCES)[number];

export interface Difference {
  readonly code: DifferenceCode;
  readonly seal: number | null;
  /** record number of the rating's step; null where the seal itself is wrong */
  readonly step: string | null;
  readonly assess: number | null;
  /** case and step as the outside calls them; null where no record is left */
  readonly projectNo: string | null;
  readonly serviceNumber: number | null;
  readonly expected: string | null;
  readonly found: string | null;
}

/** Named one by one up to here; all are counted. */
const NAMED = 1000;

/** Collects differences; what is beyond the first thousand is counted only, whatever there is of it. */
export interface Findings {
  readonly named: Difference[];
  readonly count: number;
  note(code: DifferenceCode, of: Partial<Omit<Difference, 'code'>>): void;
}

export function findings(): Findings {
  const named: Difference[] = [];
  let count = 0;
  return {
    named,
    get count() {
      return count;
    },
    note(code, of) {
      count += 1;
      if (named.length >= NAMED) return;
      const nothing = { seal: null, step: null, assess: null, projectNo: null, serviceNumber: null };
      named.push({ code, ...nothing, expected: null, found: null, ...of });
    },
  };
}
