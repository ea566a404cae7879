import { mayRead, speakerOf, type Voice, voicesById } from '../../feedback/voice/index.ts';
import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, isConcerned, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { openFile, receiveFile, type StoredFile } from '../../platform/stored-file.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import type { OrderItem, OrderQuery } from './contract.ts';
import { KIND } from './fact.ts';
import { isOver, orderCard } from './order.ts';
import { findOrder, findReachable, listOrders, lockReachable, type OrderRow } from './store.ts';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A page of orders within the reader's scope, with the voices that they answer. */
async function pageOfOrders<Item>(
  deps: Deps,
  actor: Actor,
  query: OrderQuery,
  toItem: (row: OrderRow, voice: Voice | undefined, now: Date) => Item,
): Promise<{ items: Item[]; next: string | null }> {
  requirePermission(actor, 'order.read');
  const { cursor, limit, ...filter } = query;
  const now = deps.clock.now();
  const after = decodeMomentCursor(cursor, UUID);
  const asked = { ...filterOf(actor, query), after, now, limit: limit + 1 };
  const rows = await listOrders(deps.db.read, actor.scope, asked);
  const voices = await voicesById(
    deps.db.read,
    actor.cityCode,
    rows.flatMap(({ voice_id: id }) => (id === null ? [] : [id])),
  );
  const byDue = filter.state === 'open' || filter.card !== undefined;
  return pageOf(
    rows,
    limit,
    (row) => toItem(row, voices.get(row.voice_id ?? ''), now),
    (row) => [(byDue ? row.next_due_at : row.opened_at).toISOString(), row.order_id],
  );
}

/** What of a query chooses orders. */
export function filterOf(actor: Actor, query: OrderQuery) {
  const { kind, state, card, department, supervised, mine, step, q } = query;
  const handler = mine === 'true' && actor.kind === 'user' ? (actor.onBehalfOf?.id ?? actor.id) : undefined;
  return { kind, state, card, department, supervised: supervised === 'true', handler, step, q };
}

function itemOf(row: OrderRow, voice: Voice | undefined, now: Date): OrderItem {
  return {
    number: row.number,
    kind: row.kind,
    state: row.state,
    ...(row.project_no === null || isSealed(voice) ? {} : { projectNo: row.project_no }),
    ...(row.service_number === null ? {} : { serviceNumber: row.service_number }),
    ...(voice === undefined ? {} : { voice: voice.client_id }),
    ownerDepartment: row.owner_department ?? '',
    signDueAt: isoMoment(row.sign_due_at),
    contactDueAt: isoMoment(row.contact_due_at),
    dueAt: isoMoment(row.due_at),
    card: isOver(row.state) ? 'none' : orderCard(row, now),
  };
}

/** Orders as other systems read them. @throws Refusal `request.bad_cursor` */
export async function orders(deps: Deps, actor: Actor, query: OrderQuery) {
  return await pageOfOrders(deps, actor, query, itemOf);
}

export function rowOf(
  row: OrderRow,
  voice: Voice | undefined,
  now: Date,
  names: ReadonlyMap<string, { name: string }>,
) {
  return {
    ...itemOf(row, voice, now),
    id: row.order_id,
    ownerName: names.get(row.owner_department ?? '')?.name ?? null,
    handlerName: row.handler_name,
    windowCode: isSealed(voice) ? null : row.window_code,
    stepId: row.step_id,
    complexity: row.complexity,
    openedAt: isoMoment(row.opened_at),
    nextDueAt: isoMoment(row.next_due_at),
    supervised: row.supervised,
  };
}

/** The office's list. */
export async function orderRowPage(deps: Deps, actor: Actor, query: OrderQuery) {
  const page = await pageOfOrders(deps, actor, query, (row, voice, now) => ({ row, voice, now }));
  const codes = page.items.flatMap(({ row }) =>
    row.owner_department === null ? [] : [row.owner_department],
  );
  const names = await departmentsByCode(deps.db.read, actor.cityCode, [...new Set(codes)]);
  return { items: page.items.map(({ row, voice, now }) => rowOf(row, voice, now, names)), next: page.next };
}

/** With the discipline inspection: a list tells its number and state, and nothing else. */
function isSealed(voice: Voice | undefined): boolean {
  return voice !== undefined && voice.discipline_at !== null;
}

async function refuseSealed(reader: Reader, actor: Actor, { city_code: city, voice_id: id }: OrderRow) {
  if (id === null) return;
  const voice = (await voicesById(reader, city, [id])).get(id);
  if (voice !== undefined && !mayRead(actor, voice)) throw new Refusal('voice.discipline');
}

/** Whether the order is about what the actor did. */
export function concerns(actor: Actor, row: OrderRow): boolean {
  return isConcerned(actor, row.concerned_staff);
}

export function fileOf(file: StoredFile) {
  return {
    id: file.file_id,
    name: file.name,
    type: file.type,
    size: file.size_bytes,
    uploadedBy: file.uploaded_name,
    uploadedAt: isoMoment(file.uploaded_at),
  };
}

/**
 * Adds evidence to an open order.
 * @throws Refusal `order.unknown`, `order.own_matter`, `order.wrong_state`, `file.*`
 */
export async function attachEvidence(
  deps: Deps,
  actor: Actor,
  orderId: string,
  incoming: { name: string; content: AsyncIterable<Uint8Array> },
) {
  requirePermission(actor, 'order.handle');
  if (actor.kind !== 'user') throw new Refusal('order.unknown');
  refuseEvidence(actor, await findReachable(deps.db.app, actor.scope, orderId));
  const { cityCode, id, name } = actor;
  const owner = { cityCode, kind: KIND, id: orderId };
  const stored = await receiveFile(deps, owner, {
    ...incoming,
    by: { id, name },
    // The order may have been closed while the file was on its way.
    admit: async (tx, file) => {
      const { number } = refuseEvidence(actor, await lockReachable(tx, actor.scope, orderId));
      await audit(tx, {
        actor,
        action: 'order.file_added',
        subjectKind: KIND,
        subjectId: number,
        detail: { type: file.type, bytes: file.size_bytes, sha256: file.sha256 },
        cityCode,
        at: file.uploaded_at,
      });
    },
  });
  return fileOf(stored);
}

function refuseEvidence(actor: Actor, row: OrderRow | undefined): OrderRow {
  if (row === undefined) throw new Refusal('order.unknown');
  if (concerns(actor, row)) throw new Refusal('order.own_matter');
  if (isOver(row.state)) throw new Refusal('order.wrong_state', { state: row.state });
  return row;
}

/** A piece of evidence with its content. @throws Refusal `order.unknown`, `file.unknown` */
export async function readEvidence(deps: Deps, actor: Actor, wanted: { orderId: string; fileId: string }) {
  requirePermission(actor, 'order.read');
  const row = await findReachable(deps.db.app, actor.scope, wanted.orderId);
  if (row === undefined || concerns(actor, row)) throw new Refusal('order.unknown');
  await refuseSealed(deps.db.app, actor, row);
  return await openFile(deps, { cityCode: row.city_code, kind: KIND, id: wanted.orderId }, wanted.fileId);
}

/** Opens who spoke, to contact them; every look is noted with its reason. */
export async function openSpeaker(
  deps: Deps,
  actor: Actor,
  { orderId, reason }: { orderId: string; reason: string },
): Promise<{ name: string | null; phone: string | null }> {
  const { cityCode } = actor;
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const row = await findOrder(tx, actor.scope, orderId);
    if (row === undefined || row.voice_id === null) throw new Refusal('order.unknown');
    if (concerns(actor, row)) throw new Refusal('order.own_matter');
    await refuseSealed(tx, actor, row);
    const speaker = await speakerOf(tx, deps, cityCode, row.voice_id);
    await audit(tx, {
      actor,
      action: 'order.speaker_viewed',
      subjectKind: KIND,
      subjectId: row.number,
      reason,
      detail: {},
      cityCode,
      at,
    });
    return speaker;
  });
}
