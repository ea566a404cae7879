import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { DeviceKeys, DeviceKind } from './contract.ts';

export interface DeviceRow {
  device_id: string;
  kind: DeviceKind;
  window_code: string;
  window_name: string;
  region_code: string;
  department_code: string;
  name: string;
  keys: DeviceKeys | null;
  paired_by: string | null;
  paired_at: Date | null;
  revoked_by: string | null;
  revoked_at: Date | null;
  seen_at: Date | null;
  waiting: number | null;
}

export interface DeviceFilter {
  cityCode: string;
  regionPrefix?: string | undefined;
  departmentCode?: string | undefined;
  id?: string | undefined;
  q?: string | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  /** Window, name and id of the last row of the page before. */
  after?: readonly [window: string, name: string, id: string] | undefined;
  limit: number;
}

/** Devices by window and name. */
export async function listDevices(reader: Reader, filter: DeviceFilter): Promise<DeviceRow[]> {
  const conditions = [sql`d.city_code = ${filter.cityCode}`];
  const { q, after, state } = filter;
  if (filter.regionPrefix) conditions.push(sql`starts_with(w.region_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`w.department_code = ${filter.departmentCode}`);
  if (filter.id) conditions.push(sql`d.device_id = ${filter.id}::uuid`);
  if (filter.kind) conditions.push(sql`d.kind = ${filter.kind}`);
  if (state) conditions.push(sql`(d.revoked_at IS NOT NULL) = ${state === 'revoked'}`);
  if (state && state !== 'revoked') {
    conditions.push(sql`(d.paired_at IS NOT NULL) = ${state === 'paired'}`);
  }
  if (q) {
    conditions.push(sql`(strpos(d.name, ${q}) > 0 OR strpos(w.name, ${q}) > 0
      OR strpos(upper(d.window_code), upper(${q})) > 0)`);
  }
  if (after) {
    conditions.push(
      sql`(d.window_code, d.name, d.device_id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`,
    );
  }
  const { rows } = await sql<DeviceRow>`
    SELECT d.device_id, d.kind, d.window_code, w.name AS window_name, w.region_code, w.department_code,
      d.name, d.keys, d.paired_by, d.paired_at, d.revoked_by, d.revoked_at, d.seen_at, d.waiting
    FROM registry.device d
    JOIN registry.v_window w ON w.city_code = d.city_code AND w.code = d.window_code
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY d.window_code, d.name, d.device_id
    LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

export async function insertDevice(
  tx: Tx,
  cityCode: string,
  device: {
    id: string;
    kind: DeviceKind;
    windowCode: string;
    name: string;
    keys: DeviceKeys | null;
    by: string;
    at: Date;
  },
): Promise<void> {
  await sql`
    INSERT INTO registry.device (city_code, device_id, kind, window_code, name, keys, created_by, created_at)
    VALUES (${cityCode}, ${device.id}::uuid, ${device.kind}, ${device.windowCode}, ${device.name},
      ${device.keys === null ? null : JSON.stringify(device.keys)}::jsonb, ${device.by},
      ${device.at})`.execute(tx);
}

/** Renames and moves a device that isn't revoked; answers whether there was one. */
export async function changeDevice(
  tx: Tx,
  cityCode: string,
  device: { id: string; windowCode: string; name: string; keys: DeviceKeys | null },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE registry.device SET window_code = ${device.windowCode}, name = ${device.name},
      keys = ${device.keys === null ? null : JSON.stringify(device.keys)}::jsonb
    WHERE city_code = ${cityCode} AND device_id = ${device.id}::uuid AND revoked_at IS NULL
    RETURNING device_id`.execute(tx);
  return rows.length > 0;
}

/** Opens a pairing code in place of an earlier one; answers whether the device may be paired. */
export async function openPairing(
  tx: Tx,
  cityCode: string,
  pairing: { id: string; codeHash: Buffer; until: Date; by: string },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE registry.device SET pairing_code_hash = ${pairing.codeHash}, pairing_until = ${pairing.until},
      pairing_by = ${pairing.by}
    WHERE city_code = ${cityCode} AND device_id = ${pairing.id}::uuid AND revoked_at IS NULL
    RETURNING device_id`.execute(tx);
  return rows.length > 0;
}

/** Gives a device a credential without a code, in place of an earlier one. */
export async function setCredential(
  tx: Tx,
  cityCode: string,
  given: { id: string; credentialHash: Buffer; by: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE registry.device SET credential_hash = ${given.credentialHash}, paired_by = ${given.by},
      paired_at = ${given.at}
    WHERE city_code = ${cityCode} AND device_id = ${given.id}::uuid AND revoked_at IS NULL
    RETURNING device_id`.execute(tx);
  return rows.length > 0;
}

export interface PairedRow {
  device_id: string;
  kind: DeviceKind;
  window_code: string;
  name: string;
  keys: DeviceKeys | null;
  paired_by: string;
  revoked_at: Date | null;
}

/**
 * Uses up a code: the row is locked by whoever comes first, and whoever comes second finds the code gone.
 */
export async function usePairing(
  tx: Tx,
  cityCode: string,
  used: { codeHash: Buffer; credentialHash: Buffer; at: Date },
): Promise<PairedRow | undefined> {
  const { rows } = await sql<PairedRow>`
    UPDATE registry.device SET pairing_code_hash = NULL, pairing_until = NULL,
      credential_hash = ${used.credentialHash}, paired_by = pairing_by, paired_at = ${used.at},
      pairing_by = NULL, seen_at = ${used.at}
    WHERE city_code = ${cityCode} AND pairing_code_hash = ${used.codeHash}
      AND pairing_until > ${used.at} AND revoked_at IS NULL
    RETURNING device_id, kind, window_code, name, keys, paired_by, revoked_at`.execute(tx);
  return rows[0];
}

export async function revoke(
  tx: Tx,
  cityCode: string,
  revoked: { id: string; by: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE registry.device SET revoked_by = ${revoked.by}, revoked_at = ${revoked.at},
      pairing_code_hash = NULL, pairing_until = NULL, pairing_by = NULL
    WHERE city_code = ${cityCode} AND device_id = ${revoked.id}::uuid AND revoked_at IS NULL
    RETURNING device_id`.execute(tx);
  return rows.length > 0;
}

export async function findByCredential(
  reader: Reader,
  cityCode: string,
  credentialHash: Buffer,
): Promise<PairedRow | undefined> {
  const { rows } = await sql<PairedRow>`
    SELECT device_id, kind, window_code, name, keys, paired_by, revoked_at FROM registry.device
    WHERE city_code = ${cityCode} AND credential_hash = ${credentialHash}`.execute(reader);
  return rows[0];
}

/** Notes that a device spoke, with what waits on it. */
export async function noteSeen(
  reader: Reader,
  cityCode: string,
  seen: { id: string; at: Date; waiting: number },
): Promise<void> {
  await sql`
    UPDATE registry.device SET seen_at = ${seen.at}, waiting = ${seen.waiting}
    WHERE city_code = ${cityCode} AND device_id = ${seen.id}::uuid`.execute(reader);
}
/** Those of the devices that stand revoked or at another window than told. */
export async function findChanged(
  reader: Reader,
  cityCode: string,
  devices: readonly { id: string; windowCode: string }[],
): Promise<string[]> {
  const { rows } = await sql<{ device_id: string }>`
    SELECT d.device_id FROM jsonb_to_recordset(${JSON.stringify(devices)}::jsonb)
      AS k(id uuid, "windowCode" text)
    JOIN registry.device d ON d.city_code = ${cityCode} AND d.device_id = k.id
    WHERE d.revoked_at IS NOT NULL OR d.window_code <> k."windowCode"`.execute(reader);
  return rows.map((row) => row.device_id);
}

export interface WindowDevice {
  device_id: string;
  window_code: string;
  kind: DeviceKind;
  name: string;
  seen_at: Date | null;
  waiting: number | null;
}

/** Devices in use at the windows. */
export async function devicesAt(
  reader: Reader,
  cityCode: string,
  windows: readonly string[],
): Promise<WindowDevice[]> {
  const { rows } = await sql<WindowDevice>`
    SELECT device_id, window_code, kind, name, seen_at, waiting FROM registry.device
    WHERE city_code = ${cityCode} AND window_code = ANY(${[...windows]}::text[])
      AND paired_at IS NOT NULL AND revoked_at IS NULL
    ORDER BY window_code, name, device_id`.execute(reader);
  return rows;
}
