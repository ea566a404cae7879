import { isAbout, mayRead, VOICE_FILES, type Voice, voicesById } from '../../feedback/voice/index.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { filesOf, openFile, type StoredFile } from '../../platform/stored-file.ts';
import { concerns } from './reading-actions.ts';
import { findReachable } from './store.ts';

/** The files that came with a voice, for whoever may see it: nobody whom it is about. */
export async function saidFilesOf(deps: Deps, actor: Actor, voice: Voice | undefined): Promise<StoredFile[]> {
  if (voice === undefined || (await isAbout(deps.db.app, actor, voice))) return [];
  return await filesOf(deps.db.app, ownerOfFiles(voice));
}

const ownerOfFiles = ({ city_code: cityCode, voice_id: id }: Voice) => ({ cityCode, kind: VOICE_FILES, id });

/** One of them with its content. @throws Refusal `order.unknown`, `voice.discipline`, `file.unknown` */
export async function readSaidFile(deps: Deps, actor: Actor, wanted: { orderId: string; fileId: string }) {
  requirePermission(actor, 'order.read');
  const reader = deps.db.app;
  const row = await findReachable(reader, actor.scope, wanted.orderId);
  const id = row?.voice_id ?? null;
  const voice = id === null ? undefined : (await voicesById(reader, actor.cityCode, [id])).get(id);
  if (row === undefined || voice === undefined || concerns(actor, row)) throw new Refusal('order.unknown');
  if (!mayRead(actor, voice)) throw new Refusal('voice.discipline');
  if (await isAbout(reader, actor, voice)) throw new Refusal('order.unknown');
  return await openFile(deps, ownerOfFiles(voice), wanted.fileId);
}
