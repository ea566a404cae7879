/**
 * What stands in the tree for a rating: everything of its row that must never change, as one text that
 * others can make again (docs/integration/seal.md). Nothing of it speaks of a person: the text of a rating
 * stands there as its salted hash, so that erasing it breaks no proof.
 */

/** The way in which leaves are written now. What is sealed keeps the way it was sealed in. */
export const LEAF_VERSION = 1;

/** A rating's row; moments as UTC with microseconds, bytes in hex. */
export interface LeafFields {
  readonly city: string;
  /** record number of the step */
  readonly step: string;
  /** first day of the month of service */
  readonly month: string;
  readonly assess: number;
  readonly batch: string;
  readonly position: number;
  /** the 80 random bits of the receipt: nobody guesses a leaf from its hash */
  readonly receipt: string;
  readonly level: number;
  readonly process: number | null;
  readonly efficiency: number | null;
  readonly attitude: number | null;
  readonly tags: readonly number[];
  readonly channel: number;
  readonly realName: boolean;
  readonly mode: string;
  readonly source: string;
  readonly recordedAt: string;
  readonly assessedAt: string;
  readonly deviceAt: string | null;
  /** SHA-256 of salt and text */
  readonly textHash: string | null;
  /** SHA-256 of receipt and client id */
  readonly clientHash: string | null;
}

/** Version 1: JSON without blanks, its names in this order and no others. */
function leafOf2026(of: LeafFields): string {
  return JSON.stringify({
    leaf: 1,
    city: of.city,
    step: of.step,
    month: of.month.slice(0, 7),
    assess: of.assess,
    batch: of.batch,
    position: of.position,
    receipt: of.receipt,
    level: of.level,
    process: of.process,
    efficiency: of.efficiency,
    attitude: of.attitude,
    tags: of.tags,
    channel: of.channel,
    realName: of.realName,
    mode: of.mode,
    source: of.source,
    recordedAt: of.recordedAt,
    assessedAt: of.assessedAt,
    deviceAt: of.deviceAt,
    textHash: of.textHash,
    clientHash: of.clientHash,
  });
}

const VERSIONS: ReadonlyMap<number, (of: LeafFields) => string> = new Map([[1, leafOf2026]]);

/** The leaf in the way of a version; undefined for a version that there isn't. */
export function leafText(version: number, of: LeafFields): string | undefined {
  return VERSIONS.get(version)?.(of);
}

/** Where a rating stands in the order of sealing. */
export interface LeafKey {
  readonly batch: string;
  readonly position: number;
  readonly step: string;
  readonly assess: number;
}

/** Negative, zero or positive, as for sorting. */
export function compareKeys(one: LeafKey, other: LeafKey): number {
  return (
    compareNumbers(one.batch, other.batch) ||
    one.position - other.position ||
    compareNumbers(one.step, other.step) ||
    one.assess - other.assess
  );
}

/** Whole numbers of up to 63 bits as decimal texts. */
function compareNumbers(one: string, other: string): number {
  if (one === other) return 0;
  return BigInt(one) < BigInt(other) ? -1 : 1;
}
