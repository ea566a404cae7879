import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface NetworkRow {
  readonly network: string;
  readonly note: string;
  readonly added_by: string;
  readonly added_at: Date;
}

/** A city's office networks by address. */
export async function listNetworks(reader: Reader, cityCode: string): Promise<NetworkRow[]> {
  const { rows } = await sql<NetworkRow>`
    SELECT network::text, note, added_by, added_at FROM oversight.office_network
    WHERE city_code = ${cityCode} ORDER BY oversight.office_network.network`.execute(reader);
  return rows;
}

/** Answers the network as it is kept, or undefined when it stands already. */
export async function insertNetwork(tx: Tx, cityCode: string, row: NetworkRow): Promise<string | undefined> {
  const { rows } = await sql<{ network: string }>`
    INSERT INTO oversight.office_network (city_code, network, note, added_by, added_at)
    VALUES (${cityCode}, ${row.network}::cidr, ${row.note}, ${row.added_by}, ${row.added_at})
    ON CONFLICT (city_code, network) DO NOTHING RETURNING network::text`.execute(tx);
  return rows[0]?.network;
}

/** Whether it was there. */
export async function deleteNetwork(tx: Tx, cityCode: string, network: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    DELETE FROM oversight.office_network
    WHERE city_code = ${cityCode} AND network = ${network}::cidr`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}
