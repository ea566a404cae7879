import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Params } from './kind.ts';

export type Channel = 'mail' | 'robot';

export interface NewDelivery {
  readonly delivery_id: string;
  readonly channel: Channel;
  readonly target: string;
  readonly kind: string;
  readonly fact_key: string;
  readonly params: Params;
  readonly link: string;
  readonly due_at: string;
}

/** Adds what is to go out; what a target was to be told before is left out. */
export async function insertDeliveries(
  tx: Tx,
  cityCode: string,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO oversight.delivery (city_code, delivery_id, channel, target, kind, fact_key, params, link,
      due_at, created_at)
    SELECT ${cityCode}, d.delivery_id, d.channel, d.target, d.kind, d.fact_key, d.params, d.link, d.due_at,
      ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) AS d(delivery_id uuid, channel text,
      target text, kind text, fact_key text, params jsonb, link text, due_at timestamptz)
    ON CONFLICT (city_code, channel, target, kind, fact_key) DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export interface DeliveryRow {
  readonly delivery_id: string;
  readonly channel: Channel;
  readonly target: string;
  readonly kind: string;
  readonly params: Params;
  readonly link: string;
  readonly batch_id: string | null;
  readonly attempts: number;
}

/** What is due, held until the transaction ends; what another worker holds is left to it. */
export async function lockDue(tx: Tx, cityCode: string, now: Date, limit: number): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    SELECT delivery_id, channel, target, kind, params, link, batch_id, attempts FROM oversight.delivery
    WHERE city_code = ${cityCode} AND state IN ('waiting', 'sending') AND due_at <= ${now}
    ORDER BY due_at, created_at, delivery_id LIMIT ${limit} FOR UPDATE SKIP LOCKED`.execute(tx);
  return rows;
}

/** Whether anything waits whose time has come. */
export async function hasDue(reader: Reader, cityCode: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM oversight.delivery WHERE city_code = ${cityCode}
      AND state IN ('waiting', 'sending') AND due_at <= ${now}) AS found`.execute(reader);
  return rows[0]?.found ?? false;
}

/** These go out together; an attempt that hasn't ended by then is given up. */
export async function markSending(
  tx: Tx,
  cityCode: string,
  batch: { readonly id: string; readonly ids: readonly string[]; readonly until: Date },
): Promise<void> {
  await sql`UPDATE oversight.delivery SET state = 'sending', batch_id = ${batch.id}::uuid,
      attempts = attempts + 1, due_at = ${batch.until}
    WHERE city_code = ${cityCode} AND delivery_id = ANY(${[...batch.ids]}::uuid[])`.execute(tx);
}

/** What is to go by e-mail and was read in the inbox meanwhile needn't go any more. */
export async function dropRead(tx: Tx, cityCode: string, now: Date): Promise<void> {
  await sql`UPDATE oversight.delivery d SET state = 'dropped', ended_at = ${now}
    FROM oversight.message m
    WHERE d.city_code = ${cityCode} AND d.channel = 'mail' AND d.state = 'waiting' AND d.due_at <= ${now}
      AND m.city_code = ${cityCode} AND m.user_id = d.target AND m.kind = d.kind
      AND m.fact_key = d.fact_key AND m.read_at IS NOT NULL`.execute(tx);
}

/** The end of a batch, for good; only of one that is still being sent. */
export async function endBatch(
  tx: Tx,
  cityCode: string,
  end: {
    readonly id: string;
    readonly state: 'sent' | 'dropped' | 'dead';
    readonly error: string | null;
    readonly at: Date;
  },
): Promise<void> {
  await sql`UPDATE oversight.delivery SET state = ${end.state}, last_error = ${end.error},
      ended_at = ${end.at}
    WHERE city_code = ${cityCode} AND batch_id = ${end.id}::uuid AND state = 'sending'`.execute(tx);
}

/** A batch waits for another time; one that wasn't attempted doesn't count as an attempt. */
export async function postponeBatch(
  tx: Tx,
  cityCode: string,
  later: {
    readonly id: string;
    readonly at: Date;
    readonly error: string | null;
    readonly attempted: boolean;
  },
): Promise<void> {
  const { id, at, error, attempted } = later;
  await sql`UPDATE oversight.delivery SET state = 'waiting', due_at = ${at},
      last_error = coalesce(${error}, last_error), attempts = attempts - ${attempted ? 0 : 1}::int,
      batch_id = CASE WHEN ${attempted} OR attempts > 1 THEN batch_id END
    WHERE city_code = ${cityCode} AND batch_id = ${id}::uuid AND state = 'sending'`.execute(tx);
}

export interface ListedDelivery extends DeliveryRow {
  readonly state: string;
  readonly due_at: Date;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly target_name: string | null;
}

/** What went out or didn't, the newest first; never to which address. */
export async function listDeliveries(
  reader: Reader,
  cityCode: string,
  filter: {
    readonly state?: string | undefined;
    readonly after?: { readonly at: Date; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<ListedDelivery[]> {
  const { state, after, limit } = filter;
  const conditions = [
    sql`d.city_code = ${cityCode}`,
    ...(state === undefined ? [] : [sql`d.state = ${state}`]),
    ...(after === undefined
      ? []
      : [sql`(d.created_at, d.delivery_id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const { rows } = await sql<ListedDelivery>`
    SELECT d.delivery_id, d.channel, d.target, d.kind, d.params, d.link, d.batch_id, d.attempts, d.state,
      d.due_at, d.last_error, d.created_at, coalesce(u.username, r.name) AS target_name
    FROM oversight.delivery d
    LEFT JOIN oversight."user" u ON d.channel = 'mail' AND u.city_code = d.city_code AND u.id = d.target
    LEFT JOIN oversight.robot r ON d.channel = 'robot' AND r.city_code = d.city_code
      AND r.robot_id::text = d.target
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY d.created_at DESC, d.delivery_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/** Gives what was given up another round; false when it wasn't given up. */
export async function reviveDelivery(tx: Tx, cityCode: string, id: string, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    UPDATE oversight.delivery SET state = 'waiting', attempts = 0, due_at = ${now}, ended_at = NULL
    WHERE city_code = ${cityCode} AND delivery_id = ${id}::uuid AND state = 'dead'`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** What came to its end, or should have, before an instant. */
export async function deleteDeliveries(tx: Tx, cityCode: string, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM oversight.delivery WHERE city_code = ${cityCode} AND created_at < ${before}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
