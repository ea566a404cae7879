import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import type { Found } from './found.ts';
import { evidence, place } from './found-store.ts';
import type { Span } from './gather-store.ts';

export interface BurstLimits {
  readonly ratings: number;
  readonly minutes: number;
  readonly ratings_a_day: number;
}

/**
 * Devices that rate too often within minutes or a day. Only ratings that came by a link: tablets and
 * buttons of the hall serve everybody.
 */
export async function deviceBursts(tx: Tx, span: Span, limits: BurstLimits): Promise<Found[]> {
  const keyed = sql`
    SELECT l.*, encode(l.device_mark, 'hex') AS key, true AS by_day FROM looked_at l
    WHERE l.device_mark IN (SELECT device_mark FROM looked_at
      WHERE ${counted(span)} AND device_mark IS NOT NULL
      GROUP BY device_mark HAVING count(*) >= ${Math.min(limits.ratings, limits.ratings_a_day)}::int)
      AND ${counted(span)}`;
  return await bursts(tx, { kind: 'device', keyed, limits, more: sql`true` });
}

/**
 * Addresses that rate too often, beyond what one device did. An address that many devices use on a day is a
 * public network, where a whole hall may sit: there only single windows are looked at, and no day is.
 */
export async function addressBursts(
  tx: Tx,
  span: Span,
  limits: BurstLimits & { readonly shared_from_devices: number },
): Promise<Found[]> {
  const keyed = sql`
    SELECT l.*, encode(l.address_hash, 'hex') || CASE WHEN a.shared THEN ' ' || coalesce(l.window_code, '')
        ELSE '' END AS key, NOT a.shared AS by_day
    FROM looked_at l JOIN (
      SELECT address_hash, day, count(device_mark) >= ${limits.shared_from_devices}::int AS shared
      FROM (SELECT address_hash, day, device_mark, count(*) AS ratings FROM looked_at
        WHERE ${counted(span)} AND address_hash IS NOT NULL GROUP BY 1, 2, 3) d
      GROUP BY 1, 2 HAVING sum(ratings) >= ${Math.min(limits.ratings, limits.ratings_a_day)}::int
    ) a USING (address_hash, day)
    LEFT JOIN (
      SELECT address_hash, day, window_code, true AS busy FROM looked_at
      WHERE ${counted(span)} AND address_hash IS NOT NULL
      GROUP BY 1, 2, 3 HAVING count(*) >= ${limits.ratings}::int
    ) w USING (address_hash, day, window_code)
    WHERE ${counted(span)} AND (NOT a.shared OR w.busy)`;
  // What one device alone did is told of the device.
  const more = sql`count(DISTINCT device_mark) <> 1`;
  return await bursts(tx, { kind: 'address', keyed, limits, more });
}

function counted(span: Span): RawBuilder<unknown> {
  return sql`source = 'citizen' AND given_at >= ${span.from} AND given_at < ${span.to}`;
}

interface Bursts {
  kind: 'device' | 'address';
  keyed: RawBuilder<unknown>;
  limits: BurstLimits;
  /** what else holds of a group that is found */
  more: RawBuilder<unknown>;
}

/** A rating is in a burst when it is among so many in a row that lie within the minutes. */
async function bursts(tx: Tx, { kind, keyed, limits, more }: Bursts): Promise<Found[]> {
  const { ratings, minutes, ratings_a_day: aDay } = limits;
  const { rows } = await sql<Found>`
    WITH keyed AS (${keyed}), ended AS (
      SELECT *, given_at
          - lag(given_at, ${ratings - 1}::int) OVER (PARTITION BY key ORDER BY given_at)
          <= make_interval(mins => ${minutes}::int) AS ends
      FROM keyed
    ), marked AS (
      SELECT *, coalesce(bool_or(ends) OVER (PARTITION BY key ORDER BY given_at
          ROWS BETWEEN CURRENT ROW AND ${ratings - 1}::int FOLLOWING), false) AS in_burst,
        CASE WHEN by_day THEN count(*) OVER (PARTITION BY key, day) ELSE 0 END AS that_day
      FROM ended
    )
    SELECT ${kind} AS subject_kind, key AS subject, day::text AS period, ${place}, count(*)::int AS ratings,
      jsonb_build_object('day_ratings', count(*), 'burst', count(*) FILTER (WHERE in_burst),
        'windows', count(DISTINCT window_code), 'devices', count(DISTINCT device_mark),
        'good', count(*) FILTER (WHERE satisfaction >= 3)) AS numbers, ${evidence}
    FROM marked WHERE in_burst OR that_day >= ${aDay}::int
    GROUP BY key, day HAVING ${more}
    ORDER BY key, day`.execute(tx);
  return rows;
}
