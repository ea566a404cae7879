import { decodeBase32, encodeBase32, groupBase32, normalizeBase32 } from '../../kernel/base32.ts';
import { type Day, dayOf, formatMoment } from '../../kernel/day.ts';
import { addMonths, FIRST_MONTH, firstDay, monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { hasherOf } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import { tenantCities } from '../../registry/region/index.ts';
import type { Level } from '../rating/index.ts';
import { type LeafFields, leafText } from './leaf.ts';
import { inclusionPath, leafHash, rootFromPath, treeRoot } from './merkle.ts';
import { hashesOf, headerOf } from './reading-actions.ts';
import { sealClock, sealRules } from './rules.ts';
import { headerText, nextSealing, PAGE_LEAVES } from './seal.ts';
import {
  findLeafByReceipt,
  findPageOf,
  findPageRoots,
  findSealOf,
  isExcluded,
  type SealRow,
} from './store.ts';

/** What `docs/integration/verify-receipt.mjs` needs, and nothing that only we could read. */
export interface Proof {
  readonly proof: 1;
  readonly receipt: string;
  /** the rating as it was sealed: exactly this text is hashed */
  readonly leaf: string;
  readonly index: number;
  /** hashes beside the way up, the lowest first, hex */
  readonly path: readonly string[];
  /** the seal as exactly this text is hashed */
  readonly seal: string;
  /** hash of the seal: compare it with what is published */
  readonly hash: string;
  readonly published: string;
}

export interface SealOfRating {
  readonly number: number;
  readonly day: Day;
  readonly sealedAt: Date;
  readonly size: number;
  readonly root: string;
  readonly hash: string;
  /** place within the seal, from 0 */
  readonly index: number;
}

/** What became of the rating of a receipt. */
export type Standing =
  | { readonly kind: 'waiting'; readonly sealedAt: Date }
  | { readonly kind: 'sealed'; readonly seal: SealOfRating; readonly proof: Proof }
  /** the rating isn't what was sealed */
  | { readonly kind: 'broken'; readonly number: number; readonly day: Day };

export interface Proved {
  readonly cityCode: string;
  readonly receipt: string;
  /** as it stands now */
  readonly level: Level;
  readonly recordedAt: Date;
  /** false once a verdict of two persons has taken it out of the figures */
  readonly counted: boolean;
  readonly standing: Standing;
}

/** Where the rating of a receipt stands. @throws Refusal `rating.unknown_receipt` */
export async function proveReceipt(deps: Deps, code: string): Promise<Proved> {
  const normal = normalizeBase32(code, 16);
  const receipt = normal && decodeBase32(normal);
  if (!receipt) throw new Refusal('rating.unknown_receipt');
  const found = await findRating(deps, receipt);
  if (found === undefined) throw new Refusal('rating.unknown_receipt');
  const { cityCode, leaf } = found;
  const shown = groupBase32(encodeBase32(receipt));
  const rating = {
    cityCode,
    receipt: shown,
    level: leaf.level as Level,
    recordedAt: new Date(leaf.recordedAt),
    counted: !(await isExcluded(deps.db.app, cityCode, leaf)),
  };
  const seal = await findSealOf(deps.db.app, cityCode, leaf.batch);
  if (seal === undefined) {
    const now = deps.clock.now();
    const sealedAt = nextSealing(now, sealClock(now, sealRules()));
    return { ...rating, standing: { kind: 'waiting', sealedAt } };
  }
  return { ...rating, standing: await standingIn(deps, { cityCode, leaf, seal, shown }) };
}

/**
 * The proof of a receipt's rating.
 * @throws Refusal `rating.unknown_receipt`, `seal.not_sealed_yet`, `seal.not_proved`
 */
export async function proofOf(deps: Deps, code: string): Promise<Proof> {
  const { standing } = await proveReceipt(deps, code);
  switch (standing.kind) {
    case 'sealed':
      return standing.proof;
    case 'waiting':
      throw new Refusal('seal.not_sealed_yet', { at: formatMoment(standing.sealedAt) });
    case 'broken':
      throw new Refusal('seal.not_proved');
  }
}

async function findRating(
  deps: Deps,
  receipt: Uint8Array,
): Promise<{ cityCode: string; leaf: LeafFields } | undefined> {
  const cities = new Set([deps.config.cityCode, ...(await tenantCities(deps.db.app))]);
  // Nearly every receipt is looked at within days; only then are the older months searched.
  const recent = addMonths(monthOf(dayOf(deps.clock.now())), -1);
  for (const from of [recent, FIRST_MONTH]) {
    for (const cityCode of cities) {
      const leaf = await findLeafByReceipt(deps.db.app, cityCode, { receipt, fromMonth: firstDay(from) });
      if (leaf !== undefined) return { cityCode, leaf };
    }
  }
  return undefined;
}

interface Found {
  cityCode: string;
  leaf: LeafFields;
  seal: SealRow;
  shown: string;
}

async function standingIn(deps: Deps, { cityCode, leaf, seal, shown }: Found): Promise<Standing> {
  const reader = deps.db.app;
  const { seal_number: number, size } = seal;
  const day = seal.day as Day;
  const page = await findPageOf(reader, cityCode, number, leaf);
  const at =
    page?.steps.findIndex((step, n) => step === leaf.step && page.assess_numbers[n] === leaf.assess) ?? -1;
  const text = leafText(seal.leaf_version, leaf);
  if (page === undefined || at < 0 || text === undefined) return { kind: 'broken', number, day };
  const hash = hasherOf(seal.algorithm);
  const hashes = hashesOf(page.leaf_hashes);
  const roots = await findPageRoots(reader, cityCode, number);
  // Each full page is a subtree, so the way through the page goes on among the pages.
  const path = [...inclusionPath(hash, hashes, at), ...inclusionPath(hash, roots, page.page)];
  const index = page.page * PAGE_LEAVES + at;
  const own = leafHash(hash, Buffer.from(text, 'utf8'));
  const led = rootFromPath(hash, { leaf: own, index, size, path });
  if (led === undefined || !seal.root.equals(led) || !seal.root.equals(treeRoot(hash, roots))) {
    return { kind: 'broken', number, day };
  }
  const [root, sealed] = [seal.root.toString('hex'), seal.seal_hash.toString('hex')];
  return {
    kind: 'sealed',
    seal: { number, day, sealedAt: seal.sealed_at, size, root, hash: sealed, index },
    proof: {
      proof: 1,
      receipt: shown,
      leaf: text,
      index,
      path: path.map((one) => Buffer.from(one).toString('hex')),
      seal: headerText(headerOf(cityCode, seal)),
      hash: sealed,
      published: `${deps.config.publicUrl}/public/seals?city=${cityCode}`,
    },
  };
}
