import { randomBytes, randomUUID } from 'node:crypto';
import { encodeBase32, groupBase32, normalizeBase32 } from '../../kernel/base32.ts';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { sha256 } from '../../platform/crypto.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { inReach } from '../region/index.ts';
import { placeOfWindow, windowsByCode } from '../window/index.ts';
import type { DeviceChange, DeviceKeys, DeviceKind, DeviceQuery, DeviceView, NewDevice } from './contract.ts';
import { pairingMinutes } from './rules.ts';
import {
  changeDevice,
  type DeviceRow,
  devicesAt,
  findByCredential,
  findChanged,
  insertDevice,
  listDevices,
  noteSeen,
  openPairing,
  revoke,
  setCredential,
  usePairing,
  type WindowDevice,
} from './store.ts';

/** Characters of a pairing code: 40 random bits are not guessed within its minutes. */
const CODE_LENGTH = 8;
const MINUTE_MS = 60_000;
/** A credential names its city, so that finding its device asks one shard. */
const CREDENTIAL = /^yd_([1-9]\d{5})_[A-Za-z0-9_-]{43}$/;

/** A device that may rate, as whoever asks by its credential learns of it. */
export interface PairedDevice {
  cityCode: string;
  deviceId: string;
  kind: DeviceKind;
  windowCode: string;
  name: string;
  /** Of a button device. */
  keys: DeviceKeys | null;
}

/**
 * The device behind a credential as it was sent (see `sentCredential`); null for one that is unknown or
 * revoked. One row is read each time: a revocation holds from the next request on.
 */
export async function pairedDevice(deps: Deps, credential: string): Promise<PairedDevice | null> {
  const found = await standingOf(deps, credential);
  return found === null || found.revoked ? null : found.device;
}

/** The same for the device's own calls. @throws Refusal `device.not_paired`, `device.revoked`. */
export async function requireDevice(deps: Deps, credential: string): Promise<PairedDevice> {
  const found = await standingOf(deps, credential);
  if (found === null) throw new Refusal('device.not_paired');
  if (found.revoked) throw new Refusal('device.revoked');
  return found.device;
}

async function standingOf(
  { db }: Deps,
  credential: string,
): Promise<{ device: PairedDevice; revoked: boolean } | null> {
  const cityCode = CREDENTIAL.exec(credential)?.[1];
  if (cityCode === undefined) return null;
  const row = await findByCredential(db.app, cityCode, hashOf(credential));
  if (row === undefined) return null;
  const { device_id: deviceId, kind, window_code: windowCode, name, keys } = row;
  return { device: { cityCode, deviceId, kind, windowCode, name, keys }, revoked: row.revoked_at !== null };
}

/**
 * Pairs the tablet that sends the code: of two with one code exactly one gets the credential.
 * @throws Refusal `device.code_unknown`
 */
export async function pair(deps: Deps, typed: string): Promise<{ credential: string; device: PairedDevice }> {
  const cityCode = deps.config.cityCode;
  const at = deps.clock.now();
  const code = normalizeBase32(typed, CODE_LENGTH);
  if (code === undefined) throw new Refusal('device.code_unknown', {}, { field: 'code' });
  const credential = newCredential(cityCode);
  const row = await inTx(deps.db, async (tx) => {
    const codeHash = codeHashOf(deps, code);
    const used = await usePairing(tx, cityCode, { codeHash, credentialHash: hashOf(credential), at });
    if (used === undefined) throw new Refusal('device.code_unknown', {}, { field: 'code' });
    await audit(tx, {
      actor: { kind: 'public', name: used.name },
      action: 'device.paired',
      subjectKind: 'device',
      subjectId: used.device_id,
      detail: { window: used.window_code, by: used.paired_by },
      cityCode,
      at,
    });
    return used;
  });
  const { device_id: deviceId, kind, window_code: windowCode, name, keys } = row;
  return { credential, device: { cityCode, deviceId, kind, windowCode, name, keys } };
}

/** Makes a device known; it rates once it is paired. */
export async function createDevice(deps: Deps, actor: Actor, given: NewDevice): Promise<DeviceView> {
  const id = randomUUID();
  return await changing(deps, actor, id, 'device.created', async (tx, { by, at }) => {
    await reachWindow(tx, actor, given.windowCode);
    const keys = keysFor(given.kind, given.keys);
    const { kind, windowCode, name } = given;
    await insertDevice(tx, actor.cityCode, { id, kind, windowCode, name, keys, by, at });
    return { name, window: windowCode };
  });
}

/** Renames a device, moves it to another window, changes what its keys mean. */
export async function updateDevice(
  deps: Deps,
  actor: Actor,
  id: string,
  given: DeviceChange,
): Promise<DeviceView> {
  return await changing(deps, actor, id, 'device.changed', async (tx) => {
    const device = await deviceBy(tx, actor, id);
    await reachWindow(tx, actor, given.windowCode);
    const keys = keysFor(device.kind, given.keys);
    const { windowCode, name } = given;
    const changed = await changeDevice(tx, actor.cityCode, { id, windowCode, name, keys });
    if (!changed) throw new Refusal('device.revoked_for_good');
    return { name, window: windowCode, before: device.window_code };
  });
}

/**
 * Opens a pairing code for a tablet; an earlier one is void. The tablet that is paired already goes on until
 * the code is used.
 */
export async function issueCode(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<{ code: string; until: string }> {
  const at = deps.clock.now();
  const until = new Date(at.getTime() + pairingMinutes(dayOf(at)) * MINUTE_MS);
  const code = encodeBase32(randomBytes((CODE_LENGTH * 5) / 8));
  await changing(deps, actor, id, 'device.code_issued', async (tx, { by }) => {
    const device = await deviceBy(tx, actor, id);
    if (device.kind !== 'tablet') throw new Refusal('device.wrong_kind');
    const codeHash = codeHashOf(deps, code);
    if (!(await openPairing(tx, actor.cityCode, { id, codeHash, until, by })))
      throw new Refusal('device.revoked_for_good');
    return { name: device.name, window: device.window_code };
  });
  return { code: groupBase32(code), until: isoMoment(until) };
}

/** Makes the credential of a button device, in place of an earlier one; it is answered once. */
export async function issueCredential(deps: Deps, actor: Actor, id: string): Promise<{ credential: string }> {
  const credential = newCredential(actor.cityCode);
  await changing(deps, actor, id, 'device.credential_issued', async (tx, { by, at }) => {
    const device = await deviceBy(tx, actor, id);
    if (device.kind !== 'button') throw new Refusal('device.wrong_kind');
    const given = { id, credentialHash: hashOf(credential), by, at };
    if (!(await setCredential(tx, actor.cityCode, given))) throw new Refusal('device.revoked_for_good');
    return { name: device.name, window: device.window_code };
  });
  return { credential };
}

/** Refuses a device from now on, for good. */
export async function revokeDevice(
  deps: Deps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<DeviceView> {
  const work = async (tx: Tx, { by, at }: Doing): Promise<Record<string, string>> => {
    const device = await deviceBy(tx, actor, id);
    if (!(await revoke(tx, actor.cityCode, { id, by, at }))) throw new Refusal('device.revoked_for_good');
    return { name: device.name, window: device.window_code };
  };
  return await changing(deps, actor, id, 'device.revoked', work, reason);
}

/** A page of devices within the actor's reach. */
export async function devicePageFor(deps: Deps, actor: Actor, query: DeviceQuery) {
  const { q, kind, state, cursor, limit } = query;
  const after = cursor === undefined ? undefined : (decodeCursor(cursor, 3) as [string, string, string]);
  if (after && !/^[0-9a-f-]{36}$/.test(after[2])) {
    throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
  }
  const rows = await listDevices(deps.db.read, { ...actor.scope, q, kind, state, after, limit: limit + 1 });
  return pageOf(rows, limit, viewOf, (row) => [row.window_code, row.name, row.device_id]);
}

/** Notes that a device spoke, and how many ratings wait on it. */
export async function deviceSeen(deps: Deps, device: PairedDevice, waiting: number): Promise<void> {
  const seen = { id: device.deviceId, at: deps.clock.now(), waiting };
  await noteSeen(deps.db.app, device.cityCode, seen);
}

/** What is in use at the windows, for whoever invites there. */
export async function devicesOf(
  deps: Deps,
  cityCode: string,
  windows: readonly string[],
): Promise<WindowDevice[]> {
  return await devicesAt(deps.db.app, cityCode, windows);
}

/** Those of the devices that were revoked or moved meanwhile. */
export async function changedDevices(
  deps: Deps,
  cityCode: string,
  devices: readonly PairedDevice[],
): Promise<Set<string>> {
  const known = devices.map(({ deviceId, windowCode }) => ({ id: deviceId, windowCode }));
  return new Set(await findChanged(deps.db.app, cityCode, known));
}

interface Doing {
  by: string;
  at: Date;
}

/** One change by the office: permission, work, audit with what the work tells of it; answers the device. */
async function changing(
  deps: Deps,
  actor: Actor,
  id: string,
  action: string,
  work: (tx: Tx, doing: Doing) => Promise<Record<string, string>>,
  reason?: string,
): Promise<DeviceView> {
  requirePermission(actor, 'registry.write');
  const at = deps.clock.now();
  const by = actor.kind === 'user' ? actor.username : actor.name;
  const row = await inTx(deps.db, async (tx) => {
    const detail = await work(tx, { by, at });
    await audit(tx, {
      actor,
      action,
      subjectKind: 'device',
      subjectId: id,
      detail,
      ...(reason === undefined ? {} : { reason }),
      cityCode: actor.cityCode,
      at,
    });
    return await deviceBy(tx, actor, id);
  });
  return viewOf(row);
}

async function deviceBy(tx: Tx, actor: Actor, id: string): Promise<DeviceRow> {
  const [row] = await listDevices(tx, { ...actor.scope, id, limit: 1 });
  if (row === undefined) throw new Refusal('device.unknown');
  return row;
}

async function reachWindow(tx: Tx, actor: Actor, code: string): Promise<void> {
  const place = placeOfWindow((await windowsByCode(tx, actor.cityCode, [code])).get(code));
  if (place === undefined || !inReach(actor.scope, place)) {
    throw new Refusal('window.unknown', {}, { field: 'windowCode' });
  }
}

function keysFor(kind: DeviceKind, keys: DeviceKeys | null | undefined): DeviceKeys | null {
  if (kind === 'button') {
    if (!keys) throw new Refusal('device.keys_needed', {}, { field: 'keys' });
    return keys;
  }
  if (keys) throw new Refusal('device.keys_of_tablet', {}, { field: 'keys' });
  return null;
}

function newCredential(cityCode: string): string {
  return `yd_${cityCode}_${randomBytes(32).toString('base64url')}`;
}

function viewOf(row: DeviceRow): DeviceView {
  const at = (moment: Date | null): string | null => moment && isoMoment(moment);
  return {
    id: row.device_id,
    kind: row.kind,
    windowCode: row.window_code,
    windowName: row.window_name,
    name: row.name,
    keys: row.keys,
    state: row.revoked_at ? 'revoked' : row.paired_at ? 'paired' : 'open',
    pairedAt: at(row.paired_at),
    pairedBy: row.paired_by,
    revokedAt: at(row.revoked_at),
    revokedBy: row.revoked_by,
    seenAt: at(row.seen_at),
    waiting: row.waiting,
  };
}

function hashOf(credential: string): Buffer {
  return sha256(credential);
}

/** Keyed, since a code is short. */
function codeHashOf({ keys }: Deps, code: string): Buffer {
  return keys.hash('device-pairing', code);
}
