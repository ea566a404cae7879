import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { openFile, receiveFile, type StoredFile } from '../../platform/stored-file.ts';
import { isOpen } from './appeal.ts';
import type { AppealFile } from './contract.ts';
import { KIND } from './fact.ts';
import { note } from './note-actions.ts';
import { holdAppeal, isSubject, sightOf } from './sight-actions.ts';
import { findAppeal } from './store.ts';

export function fileViewOf(file: StoredFile): AppealFile {
  return {
    id: file.file_id,
    name: file.name,
    type: file.type,
    size: file.size_bytes,
    sha256: file.sha256,
    uploadedBy: file.uploaded_name,
    uploadedAt: isoMoment(file.uploaded_at),
  };
}

/**
 * Adds a file to an open appeal; whoever may see the appeal and has a part in it may.
 * @throws Refusal `appeal.unknown`, `appeal.decided`, `file.*`
 */
export async function attachFile(
  deps: Deps,
  actor: Actor,
  appealId: string,
  incoming: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<AppealFile> {
  const row = await findAppeal(deps.db.app, sightOf(actor), appealId);
  if (row === undefined || actor.kind !== 'user') throw new Refusal('appeal.unknown');
  if (!isOpen(row.state)) throw new Refusal('appeal.decided', { number: row.number });
  const { cityCode, id, name } = actor;
  const owner = { cityCode, kind: KIND, id: appealId };
  const stored = await receiveFile(deps, owner, {
    ...incoming,
    by: { id, name },
    // A file takes its time: what was decided meanwhile was decided without it.
    admit: async (tx, file) => {
      const { row: held } = await holdAppeal(tx, actor, appealId, ['opinion', 'group', 'review']);
      const detail = { type: file.type, bytes: file.size_bytes, sha256: file.sha256 };
      await note(tx, actor, 'appeal.file_added', { number: held.number, at: file.uploaded_at, detail });
    },
  });
  return fileViewOf(stored);
}

/**
 * A file of an appeal with its content, for whoever may see the appeal; that others than its subject read it
 * is noted.
 * @throws Refusal `appeal.unknown`, `file.unknown`
 */
export async function readFile(deps: Deps, actor: Actor, wanted: { appealId: string; fileId: string }) {
  const row = await findAppeal(deps.db.app, sightOf(actor), wanted.appealId);
  if (row === undefined) throw new Refusal('appeal.unknown');
  const owner = { cityCode: row.city_code, kind: KIND, id: wanted.appealId };
  const opened = await openFile(deps, owner, wanted.fileId);
  if (!isSubject(actor, row)) {
    const { sha256 } = opened.file;
    await inTx(deps.db, (tx) =>
      note(tx, actor, 'appeal.file_read', { number: row.number, at: deps.clock.now(), detail: { sha256 } }),
    );
  }
  return opened;
}
