import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import type { Hash } from './merkle.ts';

/** RFC 9162 with FIPS 180-4, or with GB/T 32905-2016. */
export const ALGORITHMS = ['sha-256', 'sm3'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Leaves of a page as they are kept: a power of two, so that each full page is a subtree. */
export const PAGE_LEAVES = 1024;

/** What a seal says, and what its own hash is taken over. */
export interface SealHeader {
  readonly city: string;
  /** 1, 2, 3 … without a gap */
  readonly number: number;
  readonly day: Day;
  /** UTC with microseconds */
  readonly sealedAt: string;
  readonly algorithm: Algorithm;
  readonly leafVersion: number;
  /** ratings in it */
  readonly size: number;
  /** of the Merkle tree, hex */
  readonly root: string;
  /** batches of ratings that it takes: those after the first number, up to the second */
  readonly afterBatch: string;
  readonly throughBatch: string;
  /** hash of the seal before it, hex; null for the first */
  readonly previous: string | null;
}

/** The header as the text that is hashed: JSON without blanks, its names in this order and no others. */
export function headerText(of: SealHeader): string {
  return JSON.stringify({
    seal: 1,
    city: of.city,
    number: of.number,
    day: of.day,
    sealedAt: of.sealedAt,
    algorithm: of.algorithm,
    leafVersion: of.leafVersion,
    size: of.size,
    root: of.root,
    afterBatch: of.afterBatch,
    throughBatch: of.throughBatch,
    previous: of.previous,
  });
}

/** The hash of a seal, which the next one names: the last one stands for the whole chain before it. */
export function sealHash(hash: Hash, header: SealHeader): string {
  return Buffer.from(hash(Buffer.from(headerText(header), 'utf8'))).toString('hex');
}

/** An instant as seals and leaves write it: UTC with microseconds. */
export function sealMoment(at: Date): string {
  return at.toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
}

/**
 * Days whose seal is due and missing, the oldest first: every day has one, empty or not, so that none can be
 * left out unseen. A city without any seal begins with the last day that is due.
 */
export function dueDays(
  last: { readonly day: Day; readonly sealedAt: Date } | undefined,
  now: Date,
  clock: { today: Day; timeOf: (day: Day) => Date },
): Day[] {
  const latest = clock.timeOf(clock.today) <= now ? clock.today : addDays(clock.today, -1);
  if (last === undefined) return [latest];
  const first = last.sealedAt < clock.timeOf(last.day) ? last.day : addDays(last.day, 1);
  const count = Math.max(daysBetween(first, latest) + 1, 0);
  return Array.from({ length: count }, (_, at) => addDays(first, at));
}

/** The next daily seal. */
export function nextSealing(now: Date, clock: { today: Day; timeOf: (day: Day) => Date }): Date {
  const today = clock.timeOf(clock.today);
  return now < today ? today : clock.timeOf(addDays(clock.today, 1));
}

/** The last seal in one line, for the foot of whatever leaves the house on paper. */
export function sealLine(
  seal: { readonly number: number; readonly day: string; readonly root: string; readonly hash: string },
  where: string,
  lang: Lang,
): string {
  const { number, day, root, hash } = seal;
  return lang === 'en'
    ? `Ratings sealed: no. ${number}, ${day}, root ${root}, seal ${hash}; compare at ${where}`
    : `评价封缄：第${number}号，${day}，根 ${root}，校验值 ${hash}；公布并可比对于 ${where}`;
}
