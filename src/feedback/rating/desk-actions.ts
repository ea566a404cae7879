import { askAtWindow, lastAskedAt } from '../../intake/invitation/index.ts';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, ratedAs, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { devicesOf } from '../../registry/device/index.ts';
import { postedWindows } from '../../registry/staff/index.ts';
import type { DeskView, LateQuery } from './kiosk-contract.ts';
import { countLate, listLate, servedAt, stepAtWindow } from './kiosk-store.ts';
import { windowAt } from './rating.ts';

/** As many as a clerk looks through; what is older is rated by its link. */
const DESK_ROWS = 30;

/**
 * The windows of whoever asks, their devices, and what was served there last. Whether a service is rated is
 * not told: who gave a rating would be known from when.
 */
export async function deskOf(deps: Deps, actor: Actor): Promise<DeskView> {
  requirePermission(actor, 'rating.invite');
  const { cityCode } = actor;
  const now = deps.clock.now();
  const windows = await ownWindows(deps, actor);
  const codes = windows.map(({ code }) => code);
  const [devices, rows] = await Promise.all([
    devicesOf(deps, cityCode, codes),
    servedAt(deps.db.app, cityCode, { windows: codes, now, limit: DESK_ROWS }),
  ]);
  const ids = rows.map((row) => row.step_id);
  const asked = await lastAskedAt(deps.db.app, cityCode, ids);
  const at = (moment: Date | null | undefined): string | null => (moment ? isoMoment(moment) : null);
  return {
    windows: windows.map((window) => ({
      ...window,
      devices: devices
        .filter((device) => device.window_code === window.code)
        .map(({ name, kind, seen_at, waiting }) => ({ name, kind, seenAt: at(seen_at), waiting })),
    })),
    items: rows.map((row) => ({
      stepId: row.step_id,
      projectNo: row.project_no,
      serviceNumber: row.service_number,
      serviceName: row.service_name,
      taskName: row.task_name,
      windowCode: row.window_code,
      serviceTime: isoMoment(row.service_time),
      askedAt: at(asked.get(row.step_id)?.asked_at),
      shownAt: at(asked.get(row.step_id)?.shown_at),
    })),
  };
}

/**
 * Asks for the rating of a service on the device at its window.
 * @throws Refusal `service_record.unknown`, `desk.not_yours`, `rating.expired`, `desk.no_device`
 */
export async function askForRating(
  deps: Deps,
  actor: Actor,
  stepId: string,
): Promise<{ windowCode: string; askedAt: string }> {
  requirePermission(actor, 'rating.invite');
  const { cityCode } = actor;
  const at = deps.clock.now();
  const step = await stepAtWindow(deps.db.app, cityCode, stepId);
  if (step === undefined) throw new Refusal('service_record.unknown');
  const windowCode = (await ownWindows(deps, actor)).find(({ code }) => code === step.window_code)?.code;
  if (windowCode === undefined) throw new Refusal('desk.not_yours');
  if (windowAt(at, step.ratable_until) === 'expired') throw new Refusal('rating.expired');
  if ((await devicesOf(deps, cityCode, [windowCode])).length === 0) throw new Refusal('desk.no_device');
  await inTx(deps.db, async (tx) => {
    const by = actor.kind === 'user' ? actor.username : actor.name;
    const invitation = await askAtWindow(tx, cityCode, { stepId, windowCode, by, at });
    await audit(tx, {
      actor,
      action: 'rating.invited',
      subjectKind: 'service_record',
      subjectId: stepId,
      detail: { window: windowCode, invitation },
      cityCode,
      at,
    });
  });
  return { windowCode, askedAt: isoMoment(at) };
}

async function ownWindows(deps: Deps, actor: Actor): Promise<{ code: string; name: string }[]> {
  const staffNo = ratedAs(actor);
  if (staffNo === undefined) return [];
  const on = dayOf(deps.clock.now());
  const windows = await postedWindows(deps.db.app, actor.cityCode, { staffNo, on });
  return windows.map(({ code, name }) => ({ code, name }));
}

/** Ratings that came too late to count, within the actor's reach; never those of the own services. */
export async function latePageFor(deps: Deps, actor: Actor, query: LateQuery) {
  const after = decodeMomentCursor(query.cursor, /^[1-8]?\d{1,18}$/);
  const filter = { ...actor.scope, notStaff: ratedAs(actor), window: query.window };
  const [rows, count] = await Promise.all([
    listLate(deps.db.read, { ...filter, after, limit: query.limit + 1 }),
    countLate(deps.db.read, filter),
  ]);
  const page = pageOf(
    rows,
    query.limit,
    (row) => ({
      stepId: row.step_id,
      id: row.client_id,
      projectNo: row.project_no,
      serviceNumber: row.service_number,
      serviceTime: isoMoment(row.service_time),
      taskName: row.task_name,
      windowCode: row.window_code,
      satisfaction: row.satisfaction,
      tags: row.tags,
      source: row.source,
      shownAt: isoMoment(row.shown_at),
      deviceAt: row.device_at && isoMoment(row.device_at),
      receivedAt: isoMoment(row.received_at),
    }),
    (row) => [row.received_at.toISOString(), row.step_id],
  );
  return { ...page, count };
}
