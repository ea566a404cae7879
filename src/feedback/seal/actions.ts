import { assert } from '../../kernel/assert.ts';
import type { Day } from '../../kernel/day.ts';
import { type Actor, requirePermission, systemActor } from '../../oversight/access/index.ts';
import { type AuditedActor, audit } from '../../oversight/audit/index.ts';
import { hasherOf } from '../../platform/crypto.ts';
import { inTx, type Reader, refreshStatistics, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { lastRatingBatch } from '../rating/index.ts';
import { LEAF_VERSION, type LeafFields, type LeafKey, leafText } from './leaf.ts';
import { type Hash, leafHash, treeRoot } from './merkle.ts';
import { leavesBetween } from './reading-actions.ts';
import { type SealRules, sealClock, sealRules } from './rules.ts';
import { dueDays, PAGE_LEAVES, type SealHeader, sealHash, sealMoment } from './seal.ts';
import { findLast, insertPage, insertSeal, lockChain, ratedBefore, type SealRow } from './store.ts';

/** A seal as others need it: what is printed and published. */
export interface Sealed {
  readonly number: number;
  readonly day: Day;
  readonly sealedAt: Date;
  readonly size: number;
  /** hex */
  readonly root: string;
  /** hash of the seal, which stands for the whole chain up to it; hex */
  readonly hash: string;
}

function sealedOf(row: SealRow): Sealed {
  return {
    number: row.seal_number,
    day: row.day as Day,
    sealedAt: row.sealed_at,
    size: row.size,
    root: row.root.toString('hex'),
    hash: row.seal_hash.toString('hex'),
  };
}

/** The city's last seal, for whatever leaves the house: notices, letters, public pages. */
export async function lastSeal(reader: Reader, cityCode: string): Promise<Sealed | undefined> {
  const row = await findLast(reader, cityCode);
  return row && sealedOf(row);
}

/**
 * Makes the seals that are due: one for each day since the last, so that the chain has no gap. Safe to
 * repeat at any time; answers those made.
 */
export async function sealDue(deps: Deps, cityCode: string): Promise<Sealed[]> {
  const last = await findLast(deps.db.app, cityCode);
  const now = deps.clock.now();
  const before = last && { day: last.day as Day, sealedAt: last.sealed_at };
  const rules = sealRules();
  const clock = sealClock(now, rules);
  const days = dueDays(before, now, clock);
  const [first] = days;
  // A new hall waits for its first night; one that is switched off at night doesn't wait for ever.
  if (last === undefined && first !== undefined && first < clock.today) {
    if (!(await ratedBefore(deps.db.app, cityCode, rules.timeOf(first)))) return [];
  }
  const made: Sealed[] = [];
  let number = last?.seal_number ?? 0;
  for (const day of days) {
    const sealed = await makeSeal(deps, cityCode, {
      day,
      after: number,
      actor: systemActor(cityCode, 'seal'),
      rules,
    });
    // Somebody else is at it.
    if (sealed === undefined) break;
    made.push(sealed);
    number = sealed.number;
  }
  return made;
}

/**
 * Seals at once what has been rated since the last seal, besides the daily ones.
 * @throws Refusal `access.permission_denied`
 */
export async function sealNow(deps: Deps, actor: Actor, rules = sealRules()): Promise<Sealed> {
  requirePermission(actor, 'audit.read');
  const { cityCode } = actor.scope;
  for (let attempt = 1; ; attempt += 1) {
    const last = await findLast(deps.db.app, cityCode);
    const { today } = sealClock(deps.clock.now(), rules);
    const day = last !== undefined && last.day > today ? (last.day as Day) : today;
    const sealed = await makeSeal(deps, cityCode, { day, after: last?.seal_number ?? 0, actor, rules });
    if (sealed !== undefined) return sealed;
    assert(attempt < 5, 'a seal comes into being');
  }
}

interface Wanted {
  day: Day;
  /** number of the seal that this one follows; 0 for the first */
  after: number;
  actor: AuditedActor;
  rules: SealRules;
}

/** One seal; undefined when another one has come in between. */
async function makeSeal(deps: Deps, cityCode: string, wanted: Wanted): Promise<Sealed | undefined> {
  // Drawn in a transaction of its own, so that no citizen waits while the leaves are made. Whatever is
  // written afterwards has a higher number and goes into the next seal.
  const through = await lastRatingBatch(deps, cityCode);
  await refreshStatistics(deps.db.app);
  return await inTx(deps.db, async (tx) => {
    await lockChain(tx, cityCode);
    const last = await findLast(tx, cityCode);
    const number = (last?.seal_number ?? 0) + 1;
    if (number !== wanted.after + 1) return undefined;
    const after = last?.through_batch ?? '0';
    assert(BigInt(after) < BigInt(through), 'numbers of batches only rise; was the database put back?');
    const algorithm = wanted.rules.algorithmOn(wanted.day);
    const hash = hasherOf(algorithm);
    const tree = await plantTree(tx, cityCode, { number, hash, after, through });
    const sealedAt = deps.clock.now();
    const header: SealHeader = {
      city: cityCode,
      number,
      day: wanted.day,
      sealedAt: sealMoment(sealedAt),
      algorithm,
      leafVersion: LEAF_VERSION,
      size: tree.size,
      root: Buffer.from(tree.root).toString('hex'),
      afterBatch: after,
      throughBatch: through,
      previous: last?.seal_hash.toString('hex') ?? null,
    };
    const own = sealHash(hash, header);
    const bytes = { root: tree.root, hash: Buffer.from(own, 'hex'), previous: last?.seal_hash ?? null };
    await insertSeal(tx, cityCode, { ...header, ...bytes, sealedAt });
    await audit(tx, {
      actor: wanted.actor,
      action: 'seal.made',
      subjectKind: 'seal',
      subjectId: String(number),
      detail: { day: wanted.day, ratings: tree.size, hash: own },
      cityCode,
      at: sealedAt,
    });
    return { number, day: wanted.day, sealedAt, size: tree.size, root: header.root, hash: own };
  });
}

interface Span {
  number: number;
  hash: Hash;
  after: string;
  through: string;
}

/** Writes the leaves page by page; only the pages' roots are held. */
async function plantTree(
  tx: Tx,
  cityCode: string,
  { number, hash, after, through }: Span,
): Promise<{ size: number; root: Uint8Array }> {
  const roots: Uint8Array[] = [];
  let [size, waiting]: [number, LeafFields[]] = [0, []];
  const write = async (leaves: readonly LeafFields[]): Promise<void> => {
    const hashes = leaves.map((leaf) => hashLeaf(hash, leaf));
    const root = treeRoot(hash, hashes);
    const keys: readonly LeafKey[] = leaves;
    await insertPage(tx, cityCode, { number, page: roots.length, keys, hashes: Buffer.concat(hashes), root });
    roots.push(root);
    size += leaves.length;
  };
  for await (const leaves of leavesBetween(tx, cityCode, { after, through })) {
    waiting = waiting.concat(leaves);
    while (waiting.length >= PAGE_LEAVES) await write(waiting.splice(0, PAGE_LEAVES));
  }
  if (waiting.length > 0) await write(waiting);
  return { size, root: treeRoot(hash, roots) };
}

function hashLeaf(hash: Hash, leaf: LeafFields): Uint8Array {
  const text = leafText(LEAF_VERSION, leaf);
  assert(text !== undefined, 'the present way of writing leaves is known');
  return leafHash(hash, Buffer.from(text, 'utf8'));
}
