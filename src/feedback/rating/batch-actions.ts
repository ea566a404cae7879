import { randomUUID } from 'node:crypto';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { filesOf, openFile, receiveFile } from '../../platform/stored-file.ts';
import type { AssistedForm, BatchRow, BatchView } from './assisted-contract.ts';
import {
  type EntryBatch,
  endEntryBatch,
  insertEntryBatch,
  linesOfBatch,
  listEntryBatches,
} from './batch-store.ts';

/** What scans of paper forms belong to. */
export const SCANS = 'entry_batch';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function ownerOf(cityCode: string, id: string) {
  return { cityCode, kind: SCANS, id };
}

/** Opens a batch of paper forms; answers its id. */
export async function openBatch(deps: Deps, actor: Actor, note: string | undefined): Promise<string> {
  requirePermission(actor, 'rating.enter');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const at = deps.clock.now();
  const id = randomUUID();
  const { cityCode } = actor;
  const by = { id: actor.id, name: actor.name };
  const year = dayOf(at).slice(0, 4);
  await inTx(deps.db, async (tx) => {
    await insertEntryBatch(tx, cityCode, { id, year, note: note || null, by, at });
    await tell(tx, actor, { action: 'entry_batch.opened', id, at });
  });
  return id;
}

/** A page of batches, the newest first. */
export async function batches(
  deps: Deps,
  actor: Actor,
  query: { cursor?: string | undefined; limit: number },
) {
  const after = decodeMomentCursor(query.cursor, UUID);
  const { limit } = query;
  const rows = await listEntryBatches(deps.db.app, actor.cityCode, {
    ...reachOf(actor),
    after,
    limit: limit + 1,
  });
  return pageOf(rows, limit, rowOf, (row) => [row.opened_at.toISOString(), row.batch_id]);
}

/** A batch may hold forms of the whole city: whoever sees a part of it only sees the own batches. */
function reachOf(actor: Actor): { openedBy?: string } {
  const { regionPrefix, departmentCode } = actor.scope;
  const whole = regionPrefix === undefined && departmentCode === undefined;
  return whole || actor.kind !== 'user' ? {} : { openedBy: actor.id };
}

function rowOf(row: EntryBatch): BatchRow {
  return {
    id: row.batch_id,
    number: row.number,
    note: row.note,
    openedBy: row.opened_name,
    openedAt: isoMoment(row.opened_at),
    endedAt: row.ended_at && isoMoment(row.ended_at),
    entries: row.entries,
  };
}

/** A batch with its scans and what was entered from it. @throws Refusal `assisted.unknown_batch` */
export async function batchBy(deps: Deps, actor: Actor, id: string): Promise<BatchView> {
  const { cityCode } = actor;
  const row = await knownBatch(deps.db.app, actor, id);
  const files = await filesOf(deps.db.app, ownerOf(cityCode, id));
  const lines = await linesOfBatch(deps.db.app, cityCode, id);
  return {
    ...rowOf(row),
    files: files.map((file) => ({
      id: file.file_id,
      name: file.name,
      type: file.type,
      size: file.size_bytes,
      uploadedAt: isoMoment(file.uploaded_at),
    })),
    lines: lines.map((line) => ({
      stepId: line.step_id,
      projectNo: line.project_no,
      serviceNumber: line.service_number,
      taskName: line.task_name,
      satisfaction: line.satisfaction,
      page: line.page,
      enteredBy: line.entered_name,
      enteredAt: isoMoment(line.entered_at),
    })),
  };
}

async function knownBatch(reader: Reader, actor: Actor, id: string): Promise<EntryBatch> {
  const [row] = await listEntryBatches(reader, actor.cityCode, { ...reachOf(actor), id, limit: 1 });
  if (row === undefined) throw new Refusal('assisted.unknown_batch');
  return row;
}

async function openOne(reader: Reader, actor: Actor, id: string): Promise<EntryBatch> {
  const row = await knownBatch(reader, actor, id);
  if (row.ended_at !== null) throw new Refusal('assisted.batch_ended');
  return row;
}

/** Adds a scan. @throws Refusal `assisted.unknown_batch`, `.batch_ended`, `.scan_type`, `file.*` */
export async function addScan(
  deps: Deps,
  actor: Actor,
  id: string,
  incoming: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<void> {
  requirePermission(actor, 'rating.enter');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  await openOne(deps.db.app, actor, id);
  const by = { id: actor.id, name: actor.name };
  await receiveFile(deps, ownerOf(actor.cityCode, id), {
    ...incoming,
    by,
    admit: async (tx, { type, size_bytes: bytes, sha256 }) => {
      await openOne(tx, actor, id);
      if (type === 'docx' || type === 'xlsx') throw new Refusal('assisted.scan_type', {}, { field: 'file' });
      const detail = { type, bytes, sha256 };
      await tell(tx, actor, { action: 'entry_batch.scan_added', id, at: deps.clock.now(), detail });
    },
  });
}

/** A scan with its content; it shows what citizens wrote, so that it was read is noted. */
export async function readScan(deps: Deps, actor: Actor, wanted: { id: string; fileId: string }) {
  const { id, fileId } = wanted;
  await knownBatch(deps.db.app, actor, id);
  const opened = await openFile(deps, ownerOf(actor.cityCode, id), fileId);
  const detail = { sha256: opened.file.sha256 };
  await inTx(deps.db, (tx) =>
    tell(tx, actor, { action: 'entry_batch.scan_read', id, at: deps.clock.now(), detail }),
  );
  return opened;
}

/** Ends a batch: it takes no further form and no further scan; a repeat changes nothing. */
export async function finishBatch(deps: Deps, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'rating.enter');
  const row = await knownBatch(deps.db.app, actor, id);
  if (row.ended_at !== null) return;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await endEntryBatch(tx, actor.cityCode, { id, by: actor.name, at });
    await tell(tx, actor, { action: 'entry_batch.ended', id, at, detail: { entries: row.entries } });
  });
}

/**
 * A paper form belongs to an open batch with a scan; anything else to none.
 * @throws Refusal `assisted.batch_needed`, `.unknown_batch`, `.batch_ended`, `.scan_missing`
 */
export async function requireOpenBatch(
  deps: Deps,
  actor: Actor,
  { source, batchId }: Pick<AssistedForm, 'source' | 'batchId'>,
): Promise<void> {
  if ((source === 'paper') !== (batchId !== undefined)) {
    throw new Refusal('assisted.batch_needed', {}, { field: 'batchId' });
  }
  if (batchId === undefined) return;
  await openOne(deps.db.app, actor, batchId);
  const files = await filesOf(deps.db.app, ownerOf(actor.cityCode, batchId));
  if (files.length === 0) throw new Refusal('assisted.scan_missing', {}, { field: 'batchId' });
}

async function tell(
  tx: Tx,
  actor: Actor,
  event: { action: string; id: string; at: Date; detail?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { action, id, at, detail = {} } = event;
  await audit(tx, {
    actor,
    action,
    subjectKind: 'entry_batch',
    subjectId: id,
    detail,
    cityCode: actor.cityCode,
    at,
  });
}
