import { sha256 } from '../../platform/crypto.ts';

/** A finished case of the week, as it stands in the list that is drawn from. */
export interface ListedCase {
  readonly projectNo: string;
  readonly serviceNumber: number;
  readonly window: string | null;
  readonly clerk: string | null;
}

/** How many are drawn. */
export interface SampleRule {
  /** of the cases of each window, rounded up */
  readonly percent: number;
  readonly perWindow: number;
  readonly perClerk: number;
  /** in the whole city, as far as there are so many */
  readonly least: number;
}

/** What a case is known by, in the list and in the draw. */
export function caseKey({ projectNo, serviceNumber }: ListedCase): string {
  return `${projectNo}/${serviceNumber}`;
}

/**
 * The list in its one order, that of the bytes of its lines: whoever has the cases of the week gets the same
 * list, however they were sorted.
 */
export function listText(cases: readonly ListedCase[]): string {
  const lines = cases.map(({ projectNo, serviceNumber, window, clerk }) =>
    [projectNo, serviceNumber, window ?? '-', clerk ?? '-'].join('\t'),
  );
  return lines.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))).join('\n');
}

/** The cases of a list as it was kept. */
export function parseList(text: string): ListedCase[] {
  if (text === '') return [];
  return text.split('\n').map((line) => {
    const [projectNo = '', serviceNumber = '', window = '-', clerk = '-'] = line.split('\t');
    const code = (cell: string) => (cell === '-' ? null : cell);
    return { projectNo, serviceNumber: Number(serviceNumber), window: code(window), clerk: code(clerk) };
  });
}

/**
 * Draws the sample. Each case has a lot: SHA-256 over the seed and its key. From each window the lowest lots
 * are taken, then the lowest of each clerk of whom too few were, then the lowest of all until there are
 * enough. Answers keys by lot, the lowest first.
 */
export function drawSample(cases: readonly ListedCase[], seed: Uint8Array, rule: SampleRule): string[] {
  const byLot = cases
    .map((one) => ({ ...one, key: caseKey(one), lot: sha256(seed, caseKey(one)).toString('hex') }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1));
  const taken = new Set<string>();
  for (const group of grouped(byLot, ({ window }) => window).values()) {
    const share = Math.floor((group.length * rule.percent + 99) / 100);
    for (const { key } of group.slice(0, Math.max(share, rule.perWindow))) taken.add(key);
  }
  for (const [clerk, group] of grouped(byLot, ({ clerk: of }) => of)) {
    if (clerk === null) continue;
    const missing = rule.perClerk - group.filter(({ key }) => taken.has(key)).length;
    const rest = group.filter(({ key }) => !taken.has(key));
    for (const { key } of rest.slice(0, Math.max(missing, 0))) taken.add(key);
  }
  for (const { key } of byLot) if (taken.size < rule.least) taken.add(key);
  return byLot.filter(({ key }) => taken.has(key)).map(({ key }) => key);
}

function grouped<T>(list: readonly T[], codeOf: (item: T) => string | null): Map<string | null, T[]> {
  const groups = new Map<string | null, T[]>();
  for (const item of list) {
    const group = groups.get(codeOf(item));
    if (group === undefined) groups.set(codeOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
