import { addDays, type Day } from '../../kernel/day.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { lastAudited } from '../../oversight/audit/index.ts';
import { hasherOf } from '../../platform/crypto.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { findPlaces, hashTexts, nameSteps } from './check-store.ts';
import { type Difference, type Findings, findings } from './difference.ts';
import { compareKeys, type LeafFields, type LeafKey, leafText } from './leaf.ts';
import { type Hash, leafHash, treeRoot } from './merkle.ts';
import { BEFORE_ALL, HASH_BYTES, hashesOf, headerOf, leavesBetween } from './reading-actions.ts';
import { sealHash } from './seal.ts';
import { countRatings, findPages, findSealsAfter, type PageRow, type SealRow } from './store.ts';

/** What came of a verification; `ok` when everything is as it was sealed. */
export interface RatingsVerification {
  readonly ok: boolean;
  readonly seals: number;
  /** sealed ratings */
  readonly ratings: number;
  /** ratings that wait for the next seal */
  readonly unsealed: number;
  /** number and hash of the last seal: what a published one can be compared with */
  readonly last: { readonly number: number; readonly hash: string } | null;
  readonly difference_count: number;
  /** the first thousand */
  readonly differences: readonly Difference[];
}

const PAGES_AT_ONCE = 8;
const SEALS_AT_ONCE = 500;

/** Beyond every number of a batch. */
const LAST_BATCH = '9223372036854775807';

/**
 * Verifies all ratings of the city against their seals: the chain, each tree, and each row against the hash
 * that was sealed of it. Writes nothing and holds a few thousand ratings at a time. What is sealed meanwhile
 * isn't looked at.
 *
 * @param published hashes by number as somebody kept them: they find a chain that was rewritten as a whole
 * @throws Refusal `access.permission_denied`
 */
export async function verifyRatings(
  deps: Deps,
  actor: Actor,
  published: ReadonlyMap<number, string> = new Map(),
): Promise<RatingsVerification> {
  requirePermission(actor, 'audit.read');
  const { cityCode } = actor.scope;
  const reader = deps.db.app;
  const found = findings();
  const audited = await lastAudited(reader, cityCode, 'seal.made');
  const kept = new Map(published);
  let [before, seals, ratings]: [SealRow | undefined, number, number] = [undefined, 0, 0];
  for await (const seal of sealsOf(reader, cityCode)) {
    await follows(reader, cityCode, { before, seal }, found);
    await verifySeal(reader, cityCode, seal, found);
    asPublished(seal, kept, found);
    before = seal;
    seals += 1;
    ratings += seal.size;
  }
  const last = before && { number: before.seal_number, hash: before.seal_hash.toString('hex') };
  endsWhereAudited(last, audited, found);
  for (const [number, hash] of kept) found.note('seal.missing', { seal: number, expected: hash });
  const differences = await named(reader, cityCode, found.named);
  const after = before?.through_batch ?? BEFORE_ALL;
  const unsealed = await countRatings(reader, cityCode, { after, through: LAST_BATCH });
  return {
    ok: found.count === 0,
    seals,
    ratings,
    unsealed,
    last: last ?? null,
    difference_count: found.count - (found.named.length - differences.length),
    differences,
  };
}

async function* sealsOf(reader: Reader, cityCode: string): AsyncGenerator<SealRow> {
  let after = 0;
  for (;;) {
    const rows = await findSealsAfter(reader, cityCode, { after, limit: SEALS_AT_ONCE });
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    after = end.seal_number;
  }
}

/** Whether a seal is what its own hash says, and follows the one before it in number, day, batch and hash. */
async function follows(
  reader: Reader,
  cityCode: string,
  { before, seal }: { before: SealRow | undefined; seal: SealRow },
  found: Findings,
): Promise<void> {
  const number = seal.seal_number;
  const own = seal.seal_hash.toString('hex');
  const computed = sealHash(hasherOf(seal.algorithm), headerOf(cityCode, seal));
  if (computed !== own) found.note('seal.altered', { seal: number, expected: own, found: computed });
  const next = (before?.seal_number ?? 0) + 1;
  if (number !== next) {
    const gap = { after: before?.through_batch ?? '0', through: seal.after_batch };
    const count = await countRatings(reader, cityCode, gap);
    const unsealed = `${count} ratings without their seal`;
    const gone = number - 1 > next ? `${next}–${number - 1}` : String(next);
    found.note('seal.missing', { seal: next, expected: gone, found: unsealed });
    return;
  }
  const [wanted, said] = [before?.seal_hash.toString('hex'), seal.previous_hash?.toString('hex')];
  if (wanted !== said) note('previous', wanted, said);
  if ((before?.through_batch ?? '0') !== seal.after_batch) {
    note('after_batch', before?.through_batch ?? '0', seal.after_batch);
  }
  if (before !== undefined) {
    const days: string[] = [before.day, addDays(before.day as Day, 1)];
    if (!days.includes(seal.day)) note('day', days.join(' / '), seal.day);
    if (seal.sealed_text < before.sealed_text) note('sealed_at', before.sealed_text, seal.sealed_text);
  }

  function note(what: string, expected: string | undefined, is: string | undefined): void {
    found.note('seal.order', {
      seal: number,
      expected: `${what} ${expected ?? '—'}`,
      found: `${what} ${is ?? '—'}`,
    });
  }
}

/** A seal that somebody has kept is the same here; taken off what is still to be found. */
function asPublished(seal: SealRow, kept: Map<number, string>, found: Findings): void {
  const [expected, own] = [kept.get(seal.seal_number), seal.seal_hash.toString('hex')];
  if (expected !== undefined && expected !== own) {
    found.note('seal.altered', { seal: seal.seal_number, expected, found: own });
  }
  kept.delete(seal.seal_number);
}

/** The audit tells which seal was made last: one that was taken off the end leaves its line there. */
function endsWhereAudited(
  last: { number: number; hash: string } | undefined,
  audited: Awaited<ReturnType<typeof lastAudited>>,
  found: Findings,
): void {
  if (audited === undefined) return;
  const number = Number(audited.subjectId);
  const hash = String(audited.detail.hash);
  if ((last?.number ?? 0) < number) found.note('seal.missing', { seal: number, expected: hash });
  else if (last?.number === number && last.hash !== hash) {
    found.note('seal.altered', { seal: number, expected: hash, found: last.hash });
  }
}

interface StoredLeaf extends LeafKey {
  readonly hash: Buffer;
}

/** The tree of a seal from its leaves, and each leaf from its rating. */
async function verifySeal(reader: Reader, cityCode: string, seal: SealRow, found: Findings): Promise<void> {
  const hash = hasherOf(seal.algorithm);
  const roots: Uint8Array[] = [];
  let size = 0;
  const pages = pagesOf(reader, cityCode, seal.seal_number);
  async function* stored(): AsyncGenerator<StoredLeaf> {
    for await (const page of pages) {
      const hashes = hashesOf(page.leaf_hashes);
      const root = treeRoot(hash, hashes);
      if (!page.root.equals(root) || page.page !== roots.length || !isWhole(page)) {
        found.note('seal.leaves', { seal: seal.seal_number, found: `page ${page.page}` });
      }
      roots.push(root);
      size += hashes.length;
      for (const [at, one] of hashes.entries()) yield { ...keyAt(page, at), hash: one };
    }
  }
  // What lies before the first batch belongs to no seal at all: with the first one it is found.
  const after = seal.seal_number === 1 ? BEFORE_ALL : seal.after_batch;
  const span = { after, through: seal.through_batch };
  await compare(stored(), rated(reader, cityCode, span, { seal, found }), { seal, hash, found });
  const root = treeRoot(hash, roots);
  if (size !== seal.size || !seal.root.equals(root)) {
    found.note('seal.leaves', {
      seal: seal.seal_number,
      expected: `${seal.size} ${seal.root.toString('hex')}`,
      found: `${size} ${Buffer.from(root).toString('hex')}`,
    });
  }
}

async function* pagesOf(reader: Reader, cityCode: string, number: number): AsyncGenerator<PageRow> {
  let after = -1;
  for (;;) {
    const rows = await findPages(reader, cityCode, { number, after, limit: PAGES_AT_ONCE });
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    after = end.page;
  }
}

/** What the page says besides its hashes: how many, and between which batches. */
function isWhole({ leaf_hashes: hashes, ...page }: PageRow): boolean {
  const { batches, positions, steps, assess_numbers: numbers } = page;
  return (
    [batches, positions, steps, numbers].every((list) => list.length * HASH_BYTES === hashes.length) &&
    batches[0] === page.first_batch &&
    batches.at(-1) === page.last_batch
  );
}

function keyAt(page: PageRow, at: number): LeafKey {
  return {
    batch: page.batches[at] ?? '0',
    position: page.positions[at] ?? 0,
    step: page.steps[at] ?? '0',
    assess: page.assess_numbers[at] ?? 0,
  };
}

/** The ratings of a seal's batches; on the way, texts that aren't those of their hash are noted. */
async function* rated(
  reader: Reader,
  cityCode: string,
  span: { after: string; through: string },
  { seal, found }: { seal: SealRow; found: Findings },
): AsyncGenerator<LeafFields> {
  for await (const leaves of leavesBetween(reader, cityCode, span)) {
    const texts = await hashTexts(reader, cityCode, leaves);
    const written = new Map(texts.map(({ step, assess, hash }) => [`${step} ${assess}`, hash]));
    for (const leaf of leaves) {
      const text = written.get(`${leaf.step} ${leaf.assess}`);
      if (text !== undefined && text !== leaf.textHash) {
        const { step, assess } = leaf;
        const where = { seal: seal.seal_number, step, assess };
        found.note('rating.text_changed', { ...where, expected: leaf.textHash, found: text });
      }
    }
    yield* leaves;
  }
}

/** Two lists in the same order, side by side: what only one of them has, and what differs. */
async function compare(
  stored: AsyncGenerator<StoredLeaf>,
  ratings: AsyncGenerator<LeafFields>,
  { seal, hash, found }: { seal: SealRow; hash: Hash; found: Findings },
): Promise<void> {
  const next = async <T>(of: AsyncGenerator<T>): Promise<T | undefined> => {
    const step = await of.next();
    return step.done ? undefined : step.value;
  };
  const whole = { seal: seal.seal_number };
  let [leaf, rating] = [await next(stored), await next(ratings)];
  while (leaf !== undefined || rating !== undefined) {
    const order = leaf === undefined ? 1 : rating === undefined ? -1 : compareKeys(leaf, rating);
    if (order < 0 && leaf) found.note('rating.missing', { ...whole, ...nameOf(leaf) });
    if (order > 0 && rating) found.note('rating.inserted', { ...whole, ...nameOf(rating) });
    if (order === 0 && leaf && rating) {
      const text = leafText(seal.leaf_version, rating) ?? '';
      const is = Buffer.from(leafHash(hash, Buffer.from(text, 'utf8')));
      if (!is.equals(leaf.hash)) {
        const hashes = { expected: leaf.hash.toString('hex'), found: is.toString('hex') };
        found.note('rating.changed', { ...whole, ...nameOf(rating), ...hashes });
      }
    }
    if (order <= 0) leaf = await next(stored);
    if (order >= 0) rating = await next(ratings);
  }
}

function nameOf({ step, assess, batch, position }: LeafKey): Partial<Difference> {
  return { step, assess, expected: `${batch}/${position}` };
}

/** Puts the outside's names to the differences; one that stands elsewhere now is not missing. */
async function named(
  reader: Reader,
  cityCode: string,
  differences: readonly Difference[],
): Promise<Difference[]> {
  const steps = [...new Set(differences.flatMap(({ step }) => step ?? []))];
  if (steps.length === 0) return [...differences];
  const names = await nameSteps(reader, cityCode, steps);
  const placed = await findPlaces(reader, cityCode, steps);
  const places = new Map(placed.map((one) => [`${one.step} ${one.assess}`, one]));
  const moved = new Set<string>();
  const told = differences.map((one) => {
    const name = names.get(one.step ?? '');
    const full = {
      ...one,
      projectNo: name?.project_no ?? null,
      serviceNumber: name?.service_number ?? null,
    };
    const place = places.get(`${one.step} ${one.assess}`);
    if (one.code !== 'rating.missing' || place === undefined) return full;
    moved.add(`${one.step} ${one.assess}`);
    return { ...full, code: 'rating.changed' as const, found: `${place.batch}/${place.position}` };
  });
  // The same rating at its new place is no other one.
  return told.filter(
    ({ code, step, assess }) => code !== 'rating.inserted' || !moved.has(`${step} ${assess}`),
  );
}
