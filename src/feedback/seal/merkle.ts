/**
 * The Merkle tree of RFC 9162, section 2.1, over any hash. Pure: leaves are given as their hashes, since
 * what they stand for may be far too much to hold.
 */

export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Marks that keep a leaf from being taken for a node (RFC 9162, 2.1.1). */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** HASH(0x00 || entry) */
export function leafHash(hash: Hash, entry: Uint8Array): Uint8Array {
  return hash(Buffer.concat([LEAF, entry]));
}

/** HASH(0x01 || left || right) */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(Buffer.concat([NODE, left, right]));
}

/** The level above: neighbours joined, the last one carried up when it has none. */
function levelAbove(hash: Hash, level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left === undefined) break;
    above.push(right === undefined ? left : nodeHash(hash, left, right));
  }
  return above;
}

/**
 * The root (MTH) over leaf hashes; the hash of nothing for an empty tree. Subtrees of a power of two leaves,
 * each but the last one full, may stand in for their leaves: the root is the same.
 */
export function treeRoot(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) level = levelAbove(hash, level);
  return level[0] ?? hash(new Uint8Array());
}

/** PATH(index, leaves): the neighbours on the way up, the lowest first (RFC 9162, 2.1.3.1). */
export function inclusionPath(hash: Hash, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let level = leaves;
  for (let at = index; level.length > 1; at >>= 1) {
    const neighbour = level[at ^ 1];
    if (neighbour !== undefined) path.push(neighbour);
    level = levelAbove(hash, level);
  }
  return path;
}

/**
 * The root that a leaf and its path lead to; undefined when the path can't belong to that place (RFC 9162,
 * 2.1.3.2).
 */
export function rootFromPath(
  hash: Hash,
  proof: { leaf: Uint8Array; index: number; size: number; path: readonly Uint8Array[] },
): Uint8Array | undefined {
  if (proof.index < 0 || proof.index >= proof.size) return undefined;
  let [root, at, last] = [proof.leaf, proof.index, proof.size - 1];
  for (const neighbour of proof.path) {
    if (last === 0) return undefined;
    if (at % 2 === 1) root = nodeHash(hash, neighbour, root);
    else if (at < last) root = nodeHash(hash, root, neighbour);
    else {
      // The last of its level has no neighbour there and is carried up until it has one, at its left.
      while (at % 2 === 0) [at, last] = [at >> 1, last >> 1];
      root = nodeHash(hash, neighbour, root);
    }
    [at, last] = [at >> 1, last >> 1];
  }
  return last === 0 ? root : undefined;
}
