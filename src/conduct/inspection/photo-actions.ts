import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { fileName } from '../../platform/file-type.ts';
import { filesOf, openFile, receiveFile, type StoredFile } from '../../platform/stored-file.ts';
import { filesOwner, note, reachOf } from './desk-actions.ts';
import { type FindingRecord, findFinding, lockFinding } from './desk-store.ts';
import { stateOf } from './finding.ts';
import { patrolRules } from './rules.ts';

const KILOBYTE = 1024;
/** Camera data stand in the first segments of a picture. */
const HEAD = 64 * KILOBYTE;
const EXIF = Buffer.from('Exif\0\0', 'latin1');

/** Thrown from within and never seen: the photo is here already. */
class Known extends Error {}

/**
 * Adds a photo to a finding of one's own before it is decided. The same picture again changes nothing, so
 * a phone may send it until it hears an answer.
 * @throws Refusal `finding.unknown`, `finding.not_recorder`, `finding.not_a_photo`, `finding.photo_place`,
 *   `finding.photo_large`, `finding.photo_count`
 */
export async function addPhoto(
  deps: Deps,
  actor: Actor,
  given: { id: string; name: string; content: AsyncIterable<Uint8Array> },
): Promise<void> {
  requirePermission(actor, 'inspect.write');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { id } = given;
  const { photo } = patrolRules(dayOf(deps.clock.now()));
  const shown = { name: fileName(given.name, 'jpg') };
  requireMine(await findFinding(deps.db.app, reachOf(actor), id), actor);
  try {
    await receiveFile(deps, filesOwner(actor.cityCode, id), {
      name: given.name,
      content: withoutPlace(given.content, shown),
      by: { id: actor.id, name: actor.name },
      admit: async (tx, file) => {
        if (file.type !== 'jpg' && file.type !== 'png') throw new Refusal('finding.not_a_photo', shown);
        if (file.size_bytes > photo.kilobytes * KILOBYTE) {
          throw new Refusal('finding.photo_large', { ...shown, limit: photo.kilobytes });
        }
        await admitPhoto(tx, deps, { actor, id, file });
      },
    });
  } catch (error) {
    if (error instanceof Known) return;
    throw isNoPicture(error) ? new Refusal('finding.not_a_photo', shown, { field: 'file' }) : error;
  }
}

/** It may have been decided, or have come by another request, while the photo was on its way. */
async function admitPhoto(
  tx: Tx,
  deps: Deps,
  { actor, id, file }: { actor: UserActor; id: string; file: StoredFile },
): Promise<void> {
  const row = await lockFinding(tx, reachOf(actor), id);
  const { photos } = requireMine(row, actor);
  const others = (await filesOf(tx, filesOwner(actor.cityCode, id))).filter(
    ({ file_id: one }) => one !== file.file_id,
  );
  if (others.some(({ sha256 }) => sha256 === file.sha256)) throw new Known();
  requireOwn(row, actor);
  if (others.length >= photos) throw new Refusal('finding.photo_count');
  const detail = { type: file.type, bytes: file.size_bytes, sha256: file.sha256 };
  await note(tx, actor, { action: 'finding.photo_added', id, at: deps.clock.now(), detail });
}

function requireMine(row: FindingRecord | undefined, { id }: UserActor): FindingRecord {
  if (row === undefined) throw new Refusal('finding.unknown');
  if (row.recorded_id !== id) throw new Refusal('finding.not_recorder');
  return row;
}

function requireOwn(row: FindingRecord | undefined, actor: UserActor): void {
  if (stateOf(requireMine(row, actor)) !== 'open') throw new Refusal('finding.not_recorder');
}

function isNoPicture(error: unknown): boolean {
  return error instanceof Refusal && (error.code === 'file.type' || error.code === 'file.damaged');
}

/** Passes a picture on that tells nothing but what is seen: no camera, no place. */
async function* withoutPlace(
  content: AsyncIterable<Uint8Array>,
  shown: { name: string },
): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  for await (const piece of content) {
    if (head.length < HEAD) {
      head = Buffer.concat([head, piece]).subarray(0, HEAD);
      if (head.includes(EXIF)) throw new Refusal('finding.photo_place', shown, { field: 'file' });
    }
    yield piece;
  }
}

/** A photo with its content; that it was read is noted. */
export async function readPhoto(deps: Deps, actor: Actor, { id, fileId }: { id: string; fileId: string }) {
  requirePermission(actor, 'finding.read');
  const row = await findFinding(deps.db.app, reachOf(actor), id);
  if (row === undefined) throw new Refusal('finding.unknown');
  const opened = await openFile(deps, filesOwner(actor.cityCode, id), fileId);
  const detail = { sha256: opened.file.sha256 };
  await inTx(deps.db, (tx) =>
    note(tx, actor, { action: 'finding.photo_read', id, at: deps.clock.now(), detail }),
  );
  return opened;
}
