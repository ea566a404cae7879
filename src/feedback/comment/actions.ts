import { randomUUID } from 'node:crypto';
import { decodeBase32, normalizeBase32 } from '../../kernel/base32.ts';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { randomBytesFast, sha256 } from '../../platform/crypto.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { type Place, tenantCities } from '../../registry/region/index.ts';
import { itemsByCode } from '../../registry/service-item/index.ts';
import { placesOfSubjects } from '../../registry/staff/index.ts';
import { cleanText, isGood, type Level, receiptCode, requireSound } from '../rating/index.ts';
import { isPlatform, type Subject } from './comment.ts';
import type { PUBLIC_SUBJECTS } from './contract.ts';
import { badCommentReceived } from './fact.ts';
import { commentText, listComments } from './list-store.ts';
import {
  findByClientId,
  findByReceiptBytes,
  insertComment,
  insertCommenter,
  type NewComment,
  type ReceivedRow,
} from './store.ts';

/** A public comment as it is handed in, its shape checked. */
export interface CommentGiven {
  readonly subject: Subject & { readonly kind: (typeof PUBLIC_SUBJECTS)[number] };
  readonly level: Level;
  /** undefined when one of them is no code */
  readonly tags: readonly number[] | undefined;
  readonly text: string;
  readonly channel: number;
  readonly signCode: string | null;
  /** chosen by the form: a repeat with the same id gets the same receipt */
  readonly clientId: string;
  /** hex */
  readonly deviceMark: string;
  /** network address; only its keyed hash is kept */
  readonly address: string;
}

/** A comment as its page shows it. */
export interface Received {
  readonly receipt: string;
  readonly receivedAt: Date;
  readonly level: Level;
}

/**
 * Takes a public comment in; the same again answers what stands.
 * @throws Refusal `comment.unknown_subject`, or the rule of ratings that is broken
 */
export async function receiveComment(deps: Deps, cityCode: string, given: CommentGiven): Promise<Received> {
  const now = deps.clock.now();
  const text = cleanText(given.text);
  const { level, tags, channel, subject } = given;
  requireSound({ satisfaction: level, tags, text, channel }, dayOf(now));
  const standing = await findByClientId(deps.db.app, cityCode, given.clientId);
  if (standing !== undefined) return receivedOf(standing);
  const place = await placeOf(deps.db.app, cityCode, subject);
  const comment: NewComment = {
    ...contentOf({ level, tags: tags ?? [], text }),
    ...placed(subject, place),
    comment_id: randomUUID(),
    mode: 'public',
    channel,
    sign_code: given.signCode,
    client_id: given.clientId,
    occurred_at: now,
    received_at: now,
    recorded_by: null,
    recorded_name: null,
  };
  await inTx(deps.db, async (tx) => {
    if (!(await insertComment(tx, cityCode, comment))) return;
    const addressHash = deps.keys.hash('rater-address', given.address).subarray(0, 16);
    const deviceMark = Buffer.from(given.deviceMark, 'hex');
    await insertCommenter(tx, cityCode, {
      commentId: comment.comment_id,
      receivedAt: now,
      deviceMark,
      addressHash,
    });
    if (!isGood(level)) await tellBad(tx, cityCode, comment.comment_id);
  });
  const kept = await findByClientId(deps.db.app, cityCode, given.clientId);
  return receivedOf(kept ?? { ...comment });
}

async function tellBad(tx: Tx, cityCode: string, commentId: string): Promise<void> {
  await emit(tx, badCommentReceived, { cityCode, commentId });
}

/** What was said, as it is kept. */
export function contentOf(said: { level: number; tags: readonly number[]; text: string }) {
  const salt = randomBytesFast(16);
  const { level, tags, text } = said;
  return {
    satisfaction: level,
    tags,
    text: text === '' ? null : { salt, hash: sha256(salt, text), body: text },
    receipt: randomBytesFast(10),
  };
}

export function placed(subject: Subject, place: Place) {
  return {
    subject_kind: subject.kind,
    subject_code: subject.code,
    region_code: place.regionCode,
    department_code: place.departmentCode ?? null,
    window_code: subject.kind === 'window' ? subject.code : null,
  };
}

/** Where the subject stands and whose it is. @throws Refusal `comment.unknown_subject` */
export async function placeOf(reader: Reader, cityCode: string, subject: Subject): Promise<Place> {
  const found = await soughtPlace(reader, cityCode, subject);
  if (found === undefined) throw new Refusal('comment.unknown_subject', {}, { field: 'code' });
  return found;
}

async function soughtPlace(reader: Reader, cityCode: string, subject: Subject): Promise<Place | undefined> {
  const { kind, code } = subject;
  if (kind === 'platform') return isPlatform(code) ? { regionCode: `${cityCode}000000` } : undefined;
  if (kind !== 'item') {
    const [found] = await placesOfSubjects(reader, cityCode, [{ kind, code }]);
    return found && { regionCode: found.region_code, departmentCode: found.department_code };
  }
  const owner = (await itemsByCode(reader, cityCode, [code])).get(code)?.department_code;
  if (owner === undefined) return undefined;
  const department = (await departmentsByCode(reader, cityCode, [owner])).get(owner);
  return department && { regionCode: department.region_code, departmentCode: owner };
}

function receivedOf(row: Pick<ReceivedRow, 'receipt' | 'received_at' | 'satisfaction'>): Received {
  const { receipt, received_at: receivedAt, satisfaction } = row;
  return { receipt: receiptCode(receipt), receivedAt, level: satisfaction as Level };
}

/** The public comment of a receipt code. @throws Refusal `comment.unknown_receipt` */
export async function commentByReceipt(deps: Deps, code: string): Promise<Received> {
  const normal = normalizeBase32(code, 16);
  const receipt = normal && decodeBase32(normal);
  if (!receipt) throw new Refusal('comment.unknown_receipt');
  for (const city of await tenantCities(deps.db.app)) {
    const row = await findByReceiptBytes(deps.db.app, city, receipt);
    if (row !== undefined) return receivedOf(row);
  }
  throw new Refusal('comment.unknown_receipt');
}

/** What somebody has to answer for: the public comment, without who gave it. */
export interface PublicComment {
  readonly subject: Subject;
  /** whose it is; null for a platform */
  readonly departmentCode: string | null;
  readonly level: Level;
  readonly tags: readonly number[];
  /** null when nothing was written or it has been erased */
  readonly text: string | null;
  readonly receivedAt: Date;
}

/** A public comment by its id; undefined when there is none. */
export async function publicComment(
  reader: Reader,
  cityCode: string,
  id: string,
): Promise<PublicComment | undefined> {
  const [row] = await listComments(reader, { cityCode, id, mode: 'public', limit: 1 });
  if (row === undefined) return undefined;
  return {
    subject: { kind: row.subject_kind, code: row.subject_code },
    departmentCode: row.department_code,
    level: row.satisfaction as Level,
    tags: row.tags,
    text: row.has_text ? ((await commentText(reader, cityCode, id)) ?? null) : null,
    receivedAt: row.received_at,
  };
}
