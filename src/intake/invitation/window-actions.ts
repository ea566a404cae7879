import { randomUUID } from 'node:crypto';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import {
  claimShowing,
  findPress,
  findWindowInvitations,
  insertWindowInvitation,
  lastAsked,
  noteAnswers,
  type WindowInvitationRow,
  waitingAt,
} from './window-store.ts';

defineRefusals({
  'invitation.unknown': {
    status: 404,
    zh: '没有这条评价邀请，没有记录。请窗口重新邀请。',
    en: 'There is no such invitation to rate, so nothing was recorded. Have the window ask again.',
  },
  'invitation.over': {
    status: 410,
    zh: '这条评价邀请已过时或已在另一台设备上显示。请窗口重新邀请。',
    en: 'This invitation is over, or another device shows it. Have the window ask again.',
  },
  'invitation.never_shown': {
    status: 422,
    zh: '这条评价邀请没有在任何设备上显示过，没有记录。请窗口重新邀请。',
    en: 'This invitation was never shown on a device, so nothing was recorded. Have the window ask again.',
  },
  'invitation.none': {
    status: 409,
    zh: '窗口现在没有等待评价的邀请，没有记录。请工作人员先发出邀请。',
    en: 'No invitation waits at this window, so nothing was recorded. Have the clerk ask first.',
  },
});

const DAY_MS = 86_400_000;

/** A device at its window. */
export interface WindowDevice {
  cityCode: string;
  deviceId: string;
  windowCode: string;
}

/** An invitation that a device shows, with its service. */
export type ShownInvitation = WindowInvitationRow & { device_id: string; shown_at: Date };

/** Asks for a rating of the service at the window; the next device there that asks will show it. */
export async function askAtWindow(
  tx: Tx,
  cityCode: string,
  asked: { stepId: string; windowCode: string; by: string; at: Date },
): Promise<string> {
  const id = randomUUID();
  await insertWindowInvitation(tx, cityCode, { id, ...asked });
  return id;
}

/** By window, the invitation that waits for a device, at most `seconds` after it was asked for. */
export async function waitingInvitations(
  deps: Deps,
  cityCode: string,
  at: { windows: readonly string[]; seconds: number },
): Promise<Map<string, string>> {
  const after = new Date(deps.clock.now().getTime() - at.seconds * 1000);
  return await waitingAt(deps.db.app, cityCode, { windows: at.windows, after });
}

/**
 * Gives a device an invitation to show and writes down that it does: nothing is shown that isn't in the log.
 * The same device may ask again after a lost answer.
 * @throws Refusal `invitation.unknown`, `invitation.over`.
 */
export async function showInvitation(
  deps: Deps,
  device: WindowDevice,
  asked: { id: string; seconds: number },
): Promise<ShownInvitation> {
  const { cityCode, deviceId, windowCode } = device;
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const found = (await findWindowInvitations(tx, cityCode, [asked.id])).get(asked.id);
    if (found === undefined || found.window_code !== windowCode) throw new Refusal('invitation.unknown');
    if (isShown(found) && found.device_id === deviceId) return found;
    const waits = found.asked_at.getTime() > at.getTime() - asked.seconds * 1000;
    if (!waits || at >= found.ratable_until) throw new Refusal('invitation.over');
    const claimed = await claimShowing(tx, cityCode, { id: asked.id, deviceId, pressId: null, at });
    if (!claimed) throw new Refusal('invitation.over');
    return { ...found, device_id: deviceId, shown_at: at };
  });
}

/**
 * The invitation that a press of a key answers: the one that waits at the window, or, for a press that is
 * repeated after a lost answer, the one it has answered within a day.
 * @throws Refusal `invitation.none`.
 */
export async function pressInvitation(
  deps: Deps,
  device: WindowDevice,
  press: { pressId: string; seconds: number },
): Promise<ShownInvitation> {
  const { cityCode, deviceId, windowCode } = device;
  const { pressId } = press;
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const after = new Date(at.getTime() - DAY_MS);
    const known = await findPress(tx, cityCode, { deviceId, pressId, after });
    const windows = [windowCode];
    const since = new Date(at.getTime() - press.seconds * 1000);
    const id = known ?? (await waitingAt(tx, cityCode, { windows, after: since })).get(windowCode);
    if (id === undefined) throw new Refusal('invitation.none');
    if (known === undefined && !(await claimShowing(tx, cityCode, { id, deviceId, pressId, at })))
      throw new Refusal('invitation.none');
    const found = (await findWindowInvitations(tx, cityCode, [id])).get(id);
    if (found === undefined || !isShown(found)) throw new Refusal('invitation.none');
    return found;
  });
}

/** Invitations by id, as far as they are in the log. */
export async function invitationsById(
  reader: Reader,
  cityCode: string,
  ids: readonly string[],
): Promise<Map<string, WindowInvitationRow>> {
  return await findWindowInvitations(reader, cityCode, ids);
}

export function isShown(row: WindowInvitationRow): row is ShownInvitation {
  return row.device_id !== null && row.shown_at !== null;
}

/** Writes down which invitations have been answered, with milliseconds from display to tap. */
export async function answered(
  deps: Deps,
  cityCode: string,
  answers: readonly { id: string; ms: number | null }[],
): Promise<void> {
  if (answers.length > 0) await noteAnswers(deps.db.app, cityCode, answers, deps.clock.now());
}

/** When each of the services was last asked about at a window; the others are missing. */
export async function lastAskedAt(
  reader: Reader,
  cityCode: string,
  stepIds: readonly string[],
): Promise<Map<string, { asked_at: Date; shown_at: Date | null }>> {
  return await lastAsked(reader, cityCode, stepIds);
}
