import type { Day } from '../../kernel/day.ts';
import type { Reader } from '../../platform/db.ts';
import type { LeafFields, LeafKey } from './leaf.ts';
import type { SealHeader } from './seal.ts';
import { findLeaves, type SealRow } from './store.ts';

/** Ratings that are held at once while many are read. */
const AT_ONCE = 4096;

/** Before every number that a row could carry: a batch is numbered from 1, but nobody is bound to that. */
export const BEFORE_ALL = '-9223372036854775808';

/** The place before everything in the batches after this one. */
function endOf(batch: string): LeafKey {
  if (batch === BEFORE_ALL) return { batch, position: -2_147_483_648, step: BEFORE_ALL, assess: -32_768 };
  return { batch, position: 2_147_483_647, step: '9223372036854775807', assess: 32_767 };
}

/** Ratings in the batches after one and up to another, in the order of sealing, some thousand at a time. */
export async function* leavesBetween(
  reader: Reader,
  cityCode: string,
  { after, through }: { after: string; through: string },
): AsyncGenerator<LeafFields[]> {
  let last = endOf(after);
  for (;;) {
    const leaves = await findLeaves(reader, cityCode, { after: last, through, limit: AT_ONCE });
    if (leaves.length > 0) yield leaves;
    const end = leaves.at(-1);
    if (leaves.length < AT_ONCE || end === undefined) return;
    last = end;
  }
}

/** What the row of a seal says, as its hash is taken over it. */
export function headerOf(cityCode: string, row: SealRow): SealHeader {
  return {
    city: cityCode,
    number: row.seal_number,
    day: row.day as Day,
    sealedAt: row.sealed_text,
    algorithm: row.algorithm,
    leafVersion: row.leaf_version,
    size: row.size,
    root: row.root.toString('hex'),
    afterBatch: row.after_batch,
    throughBatch: row.through_batch,
    previous: row.previous_hash?.toString('hex') ?? null,
  };
}

/** Of SHA-256 and SM3 alike. */
export const HASH_BYTES = 32;

/** The leaf hashes of a page, one by one. */
export function hashesOf(joined: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(joined.length / HASH_BYTES) }, (_, at) =>
    joined.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}
