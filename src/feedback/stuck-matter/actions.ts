import { present } from '../../kernel/assert.ts';
import { formatMoment, isoMoment, parseMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { EXPORT_ROWS, exported, inReach } from '../../registry/region/index.ts';
import { placesOfSubjects } from '../../registry/staff/index.ts';
import type { SaidNoForm, SaidNoQuery, SaidNoRow } from './contract.ts';
import { insertSaidNo, listSaidNo, type SaidNoListRow } from './store.ts';

/** What the counter tells of a case that it refused. */
export interface RefusedCase {
  readonly cityCode: string;
  readonly id: string;
  readonly windowCode: string;
  readonly itemName: string;
  readonly reason: string;
  readonly ground: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Reports a no that was said at a window; the same again changes nothing.
 * @throws Refusal `said_no.unknown_window`, `said_no.in_future`
 */
export async function reportSaidNo(deps: Deps, actor: Actor, form: SaidNoForm): Promise<void> {
  requirePermission(actor, 'refusal.write');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const now = deps.clock.now();
  const occurredAt = present(parseMoment(form.occurredAt), 'the form has checked the moment');
  if (occurredAt > now) throw new Refusal('said_no.in_future', {}, { field: 'occurredAt' });
  await inTx(deps.db, async (tx) => {
    const [place] = await placesOfSubjects(tx, cityCode, [{ kind: 'window', code: form.windowCode }]);
    const at = place && { regionCode: place.region_code, departmentCode: place.department_code };
    if (place === undefined || at === undefined || !inReach(actor.scope, at)) {
      throw new Refusal('said_no.unknown_window', {}, { field: 'windowCode' });
    }
    const added = await insertSaidNo(tx, cityCode, {
      said_no_id: form.id,
      occurred_at: occurredAt,
      region_code: place.region_code,
      department_code: place.department_code,
      window_code: form.windowCode,
      item_name: form.itemName,
      reason: form.reason,
      ground: form.ground,
      recorded_by: actor.id,
      recorded_name: actor.name,
      recorded_at: now,
    });
    if (!added) return;
    await audit(tx, {
      actor,
      action: 'voice.no_reported',
      subjectKind: 'voice',
      subjectId: form.id,
      detail: { window: form.windowCode },
      cityCode,
      at: now,
    });
  });
}

/** A no that was said on a case which is worked here: it stands in the register by itself, once. */
export async function noteRefusedCase(deps: Deps, told: RefusedCase): Promise<void> {
  const { cityCode, windowCode } = told;
  await inTx(deps.db, async (tx) => {
    const [place] = await placesOfSubjects(tx, cityCode, [{ kind: 'window', code: windowCode }]);
    if (place === undefined) return;
    await insertSaidNo(tx, cityCode, {
      said_no_id: told.id,
      occurred_at: new Date(told.at),
      region_code: place.region_code,
      department_code: place.department_code,
      window_code: windowCode,
      item_name: told.itemName,
      reason: told.reason,
      ground: told.ground,
      recorded_by: told.by,
      recorded_name: told.byName,
      recorded_at: deps.clock.now(),
    });
  });
}

/** The register within the actor's scope. */
export async function saidNoFor(deps: Deps, actor: Actor, query: Omit<SaidNoQuery, 'format' | 'lang'>) {
  const after = decodeMomentCursor(query.cursor, UUID);
  const scope = { ...actor.scope, cityCode: actor.cityCode };
  const rows = await listSaidNo(deps.db.read, scope, { after, limit: query.limit + 1 });
  return pageOf(rows, query.limit, rowOf, (row) => [row.occurred_at.toISOString(), row.said_no_id]);
}

/** What the actor has reported, wherever it was, and nobody else's. */
export async function ownSaidNo(deps: Deps, actor: Actor, query: Omit<SaidNoQuery, 'format' | 'lang'>) {
  requirePermission(actor, 'refusal.write');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const after = decodeMomentCursor(query.cursor, UUID);
  const own = { after, limit: query.limit + 1, by: actor.id };
  const rows = await listSaidNo(deps.db.read, { cityCode: actor.cityCode }, own);
  return pageOf(rows, query.limit, rowOf, (row) => [row.occurred_at.toISOString(), row.said_no_id]);
}

/** The same as a table. */
export async function saidNoTable(deps: Deps, actor: Actor): Promise<OutTable> {
  const { items } = await saidNoFor(deps, actor, { limit: EXPORT_ROWS });
  return await exported(deps, actor, 'refusals', {
    columns: ['occurred_at', 'window', 'department', 'item', 'reason', 'ground', 'recorded_by'],
    rows: items.map((row) => [
      ...[formatMoment(new Date(row.occurredAt)), row.windowCode, row.departmentName, row.itemName],
      ...[row.reason, row.ground, row.recordedBy],
    ]),
  });
}

function rowOf(row: SaidNoListRow): SaidNoRow {
  return {
    id: row.said_no_id,
    occurredAt: isoMoment(row.occurred_at),
    windowCode: row.window_code,
    departmentName: row.department_name,
    itemName: row.item_name,
    reason: row.reason,
    ground: row.ground,
    recordedBy: row.recorded_name,
  };
}
