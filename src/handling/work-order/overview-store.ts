import { sql } from 'kysely';
import type { Scope } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { OrderKind, OrderState } from './order.ts';
import { withinScope } from './store.ts';

export interface OpenCount {
  readonly owner_department: string | null;
  readonly state: OrderState;
  readonly card: 'none' | 'yellow' | 'red';
  /** which of the ages: how many of the bounds the order has reached */
  readonly age: number;
  readonly open: number;
  readonly supervised: number;
  readonly oldest_at: Date;
}

/** Open orders within a scope, counted by owner, state, card and age in one look. */
export async function countOpen(
  reader: Reader,
  scope: Scope,
  { kind, bounds, now }: { kind: OrderKind | undefined; bounds: readonly number[]; now: Date },
): Promise<OpenCount[]> {
  const { rows } = await sql<OpenCount>`
    SELECT o.owner_department, o.state,
      CASE WHEN o.red_from <= ${now} THEN 'red' WHEN o.yellow_from <= ${now} THEN 'yellow' ELSE 'none' END
        AS card,
      width_bucket(extract(epoch FROM ${now}::timestamptz - o.opened_at) / 86400,
        ${[...bounds]}::numeric[]) AS age,
      count(*)::int AS open, (count(*) FILTER (WHERE o.supervised))::int AS supervised,
      min(o.opened_at) AS oldest_at
    FROM handling.work_order o
    WHERE o.city_code = ${scope.cityCode} AND o.state NOT IN ('closed', 'withdrawn')
      AND ${withinScope(scope)} AND (${kind ?? null}::text IS NULL OR o.kind = ${kind ?? null})
    GROUP BY 1, 2, 3, 4`.execute(reader);
  return rows;
}
