import { type Invitation, readToken } from '../../intake/invitation/index.ts';
import { encodeBase32, groupBase32 } from '../../kernel/base32.ts';
import { type Day, dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { OfficeNetworks } from '../../oversight/access/index.ts';
import { randomBytesFast, sha256 } from '../../platform/crypto.ts';
import { inTx, type Reader, sqlState } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type MicroBatch, microBatch } from '../../platform/micro-batch.ts';
import { postLimit } from '../../platform/post-limit.ts';
import { type Contact, keepAsked, type SealedContact, sealContact } from './contact-actions.ts';
import { compare, type Given, type Judgement, judge, type Level, windowAt } from './rating.ts';
import { nationalRules } from './rule-actions.ts';
import { findSecondStanding, insertSecond } from './second-store.ts';
import {
  beginBatch,
  findStanding,
  insertBatch,
  lastBatch,
  type RatingInput,
  type StandingRow,
} from './store.ts';
import { tellBatch } from './telling-actions.ts';

/** Posts a minute that are judged by their content, before the answer is 429. */
const POSTS_PER_TOKEN = 30;
/** A device may serve a whole family or a helper's desk; only a machine posts more. */
const POSTS_PER_DEVICE = 300;

/** Ratings of one batch, batches of one city under way at once, ratings that may wait. */
const BATCH = { size: 500, inFlight: 2, gatherMs: 10, waiting: 5000 };

/** What a citizen or another system hands in, its shape checked. */
export interface Submission {
  token: string;
  satisfaction: Level;
  /** undefined when one of them is no code */
  tags: readonly number[] | undefined;
  text: string;
  process: number | null;
  efficiency: number | null;
  attitude: number | null;
  anonymous: boolean;
  /** the sender's own id */
  clientId: string | null;
  deviceAt: string | null;
  /** channel told by a key or a paired device; everybody else's is the link's */
  channel: number | null;
  source: 'citizen' | 'key' | 'tablet' | 'button';
  /**
   * when a device of the hall showed the invitation, by the server's log: that counts as in time or not, and
   * the words of that day hold, however late it is uploaded
   */
  shownAt: Date | null;
  /** mark of the device cookie in hex, null for other systems */
  deviceMark: string | null;
  /** network address; only its keyed hash is kept */
  address: string | null;
  /** left to be contacted by, checked */
  contact?: Contact | undefined;
  /** whoever took it in has looked at where it comes from; else the desk looks at the address */
  admitted: boolean;
}

export interface Recorded {
  /** false for a repeat of the same submission */
  isNew: boolean;
  /** XXXX-XXXX-XXXX-XXXX */
  receipt: string;
  recordedAt: Date;
}

/** Takes submissions in, in micro-batches by city (design: the rating hot path). */
export interface RatingDesk {
  /**
   * Records a rating and answers after the commit.
   * @throws Refusal rating.unknown_token, .too_many, .office_network, .already_recorded, .expired, or the
   *   rule that is broken
   */
  submit(submission: Submission): Promise<Recorded>;
  /**
   * What stands for the token's step, for a submission whose form is broken: throws as `submit` would, or
   * answers.
   */
  standing(token: string, clientId: string | null): Promise<Recorded | undefined>;
  /** Resolves once everything handed in has been answered. */
  drain(): Promise<void>;
}

type Written = { kind: 'written' } | { kind: 'standing'; row: StandingRow | undefined };

export function ratingDesk(deps: Deps, networks: OfficeNetworks): RatingDesk {
  const { clock, db, keys } = deps;
  const cities = new Map<string, MicroBatch<RatingInput, Written>>();
  const limit = postLimit();
  const hashOf = addressHashes(deps);
  const batchOf = (cityCode: string): MicroBatch<RatingInput, Written> => {
    const known = cities.get(cityCode);
    if (known) return known;
    const made = microBatch<RatingInput, Written>({
      ...BATCH,
      write: (rows) => writeBatch(deps, cityCode, rows),
      divisible: isOfOneRow,
    });
    cities.set(cityCode, made);
    return made;
  };
  const standing = async (invitation: Invitation, clientId: string | null, now: Date) =>
    settleStanding(await standingRow(db.app, invitation), clientId, now);
  return {
    async submit(submission) {
      const now = clock.now();
      const invitation = readToken(keys, submission.token);
      if (invitation === null) throw new Refusal('rating.unknown_token');
      if (!allowed(limit, submission, now)) throw new Refusal('rating.too_many');
      if (!submission.admitted && submission.source === 'citizen' && submission.address !== null) {
        const held = networks.holds(invitation.cityCode, submission.address);
        if (typeof held === 'boolean' ? held : await held) throw new Refusal('rating.office_network');
      }
      const channel = submission.channel ?? invitation.channel;
      const { satisfaction, tags, text } = submission;
      const reasonless = submission.source === 'button';
      const given = { satisfaction, tags, text, channel, reasonless };
      const verdict = judge(given, dayOf(submission.shownAt ?? now), nationalRules());
      if (verdict.kind !== 'fine') {
        // A rating that stands already is told before a rule that the new one breaks.
        return (await standing(invitation, submission.clientId, now)) ?? refuse(verdict);
      }
      const receipt = randomBytesFast(10);
      const row = rowOf(submission, {
        stepId: invitation.stepId,
        now,
        channel,
        receipt,
        address: hashOf(submission.address),
        contact: submission.contact && sealContact(keys, submission.contact),
      });
      const result =
        invitation.assessNumber === 2
          ? await writeSecond(deps, invitation.cityCode, row)
          : await batchOf(invitation.cityCode).add(row);
      if (result.kind === 'written') return { isNew: true, receipt: receiptCode(receipt), recordedAt: now };
      const repeated = settleStanding(result.row, submission.clientId, submission.shownAt ?? now);
      if (repeated) return repeated;
      throw new Refusal('rating.unknown_token');
    },
    async standing(token, clientId) {
      const now = clock.now();
      const invitation = readToken(keys, token);
      if (invitation === null) throw new Refusal('rating.unknown_token');
      if (!limit.allows(token, POSTS_PER_TOKEN, now)) throw new Refusal('rating.too_many');
      return standing(invitation, clientId, now);
    },
    async drain() {
      await Promise.all([...cities.values()].map((batch) => batch.drain()));
    },
  };
}

/** What stands for the first or second rating that the link is for. */
async function standingRow(
  reader: Reader,
  { cityCode, stepId, assessNumber }: Invitation,
): Promise<StandingRow | undefined> {
  const find = assessNumber === 2 ? findSecondStanding : findStanding;
  return (await find(reader, cityCode, [stepId])).get(stepId);
}

function allowed(limit: ReturnType<typeof postLimit>, submission: Submission, now: Date): boolean {
  if (!limit.allows(submission.token, POSTS_PER_TOKEN, now)) return false;
  return submission.deviceMark === null || limit.allows(submission.deviceMark, POSTS_PER_DEVICE, now);
}

/**
 * What a step that can't be rated means for a submission: the same one again is answered as the first time;
 * undefined when it could still be rated.
 */
function settleStanding(
  row: StandingRow | undefined,
  clientId: string | null,
  now: Date,
): Recorded | undefined {
  if (row === undefined) throw new Refusal('rating.unknown_token');
  if (row.receipt !== null && row.recorded_at !== null) {
    if (compare({ clientId: row.client_id }, clientId) === 'already_rated')
      throw new Refusal('rating.already_recorded');
    return { isNew: false, receipt: receiptCode(row.receipt), recordedAt: row.recorded_at };
  }
  if (windowAt(now, row.ratable_until) === 'expired') throw new Refusal('rating.expired');
  return undefined;
}

/**
 * Applies the rules on content. @throws Refusal `rating.*` naming the field of the first that is broken
 */
export function requireSound(given: Given, on: Day): void {
  const judged = judge(given, on, nationalRules());
  if (judged.kind !== 'fine') refuse(judged);
}

/** The broken rule as a refusal that names the field. */
function refuse(broken: Judgement): never {
  switch (broken.kind) {
    case 'tag_malformed':
      throw new Refusal('rating.tag_malformed', {}, { field: 'evalDetail' });
    case 'tag_unknown':
      throw new Refusal('rating.tag_unknown', { tag: broken.tag }, { field: 'evalDetail' });
    case 'tag_retired':
      throw new Refusal('rating.tag_retired', { tag: broken.tag }, { field: 'evalDetail' });
    case 'tag_of_other_level':
      throw new Refusal(
        'rating.tag_of_other_level',
        { tag: broken.tag, level: broken.level },
        { field: 'evalDetail' },
      );
    case 'text_too_long':
      throw new Refusal(
        'rating.text_too_long',
        { length: broken.length, limit: broken.limit },
        { field: 'writingEvaluation' },
      );
    case 'channel_unknown':
      throw new Refusal('rating.channel_unknown', { channel: broken.channel }, { field: 'pf' });
    default:
      throw new Refusal('rating.reason_missing', {}, { field: 'evalDetail' });
  }
}

/** One transaction: the ratings with their number, and the fact that tells of them. */
async function writeBatch({ db }: Deps, cityCode: string, rows: readonly RatingInput[]): Promise<Written[]> {
  const written = await inTx(db, async (tx) => {
    const batchId = await beginBatch(tx, cityCode, 'post');
    const days = await insertBatch(tx, cityCode, { id: batchId, rows });
    const ratings = rows.flatMap(({ s: stepId, l: level }, at) =>
      days.has(at) ? [{ stepId, level: level as Level }] : [],
    );
    await tellBatch(tx, { cityCode, batchId, ratings, days: [...new Set(days.values())] });
    await keepAsked(
      tx,
      cityCode,
      askedIn(
        rows.filter((_, at) => days.has(at)),
        1,
      ),
    );
    return days;
  });
  if (written.size === rows.length) return rows.map(() => ({ kind: 'written' }));
  const left = rows.filter((_, at) => !written.has(at)).map((row) => row.s);
  const standing = await findStanding(db.app, cityCode, left);
  return rows.map(
    (row, at): Written =>
      written.has(at) ? { kind: 'written' } : { kind: 'standing', row: standing.get(row.s) },
  );
}

/** Those of the rows that left something to be contacted by. */
function askedIn(rows: readonly RatingInput[], assessNumber: number) {
  return rows.flatMap(({ s: stepId, k: contact }) => (contact ? [{ stepId, assessNumber, contact }] : []));
}

/** A second rating, by itself: few come, and none waits for the first ones. */
async function writeSecond({ db }: Deps, cityCode: string, row: RatingInput): Promise<Written> {
  const written = await inTx(db, async (tx) => {
    const batchId = await beginBatch(tx, cityCode, 'post');
    const done = await insertSecond(tx, cityCode, { id: batchId, row });
    const ratings = done ? [{ stepId: row.s, level: row.l as Level }] : [];
    await tellBatch(tx, { cityCode, batchId, ratings });
    if (done) await keepAsked(tx, cityCode, askedIn([row], 2));
    return done;
  });
  if (written) return { kind: 'written' };
  return { kind: 'standing', row: (await findSecondStanding(db.app, cityCode, [row.s])).get(row.s) };
}

/**
 * A data fault (22…) or a broken constraint (23…) may be one row's; a database that is away is everybody's.
 */
function isOfOneRow(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}

/**
 * The number of the last batch of ratings that is committed; whatever comes later has a higher one. Whoever
 * seals a month counts up to it.
 */
export async function lastRatingBatch(deps: Deps, cityCode: string): Promise<string> {
  return await inTx(deps.db, (tx) => lastBatch(tx, cityCode));
}

interface RowContext {
  stepId: string;
  now: Date;
  channel: number;
  receipt: Buffer;
  address: string | null;
  contact: SealedContact | undefined;
}

function rowOf(submission: Submission, context: RowContext): RatingInput {
  const salt = submission.text === '' ? null : randomBytesFast(16);
  return {
    s: context.stepId,
    at: context.now.getTime(),
    sh: submission.shownAt?.getTime() ?? null,
    l: submission.satisfaction,
    t: submission.tags ?? [],
    p: submission.process,
    e: submission.efficiency,
    a: submission.attitude,
    c: context.channel,
    anon: submission.anonymous,
    src: submission.source,
    id: submission.clientId,
    dev_at: submission.deviceAt,
    r: context.receipt.toString('hex'),
    mark: submission.deviceMark,
    addr: context.address,
    txt: salt && submission.text,
    salt: salt?.toString('hex') ?? null,
    hash: salt && sha256(salt, submission.text).toString('hex'),
    ...(context.contact ? { k: context.contact } : {}),
  };
}

/** Receipt bytes as they are shown: XXXX-XXXX-XXXX-XXXX. */
export function receiptCode(bytes: Uint8Array): string {
  return groupBase32(encodeBase32(bytes));
}

/**
 * Keyed hashes of addresses, 16 bytes in hex; a whole hall sits behind one address, so the last ones are
 * kept.
 */
function addressHashes({ keys }: Pick<Deps, 'keys'>): (address: string | null) => string | null {
  const kept = new Map<string, string>();
  return (address) => {
    if (address === null) return null;
    const known = kept.get(address);
    if (known !== undefined) return known;
    const made = keys.hash('rater-address', address).subarray(0, 16).toString('hex');
    if (kept.size >= 10_000) kept.clear();
    kept.set(address, made);
    return made;
  };
}

/** Text as it is kept: without control characters and outer blanks, line breaks in one form. */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .trim()
  );
}
