import { isoMoment } from '../../kernel/day.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { ORDER_STATES } from './order.ts';
import type { OrderOverview, OverviewQuery } from './overview-contract.ts';
import { countOpen, type OpenCount } from './overview-store.ts';

/** First days of the ages after the first: how the screen groups them, no rule of the field. */
const AGE_BOUNDS = [2, 6, 16];

/** How many open orders there are by card, state, age and department, within the reader's scope. */
export async function overviewOf(deps: Deps, actor: Actor, { kind }: OverviewQuery): Promise<OrderOverview> {
  requirePermission(actor, 'order.read');
  const now = deps.clock.now();
  const rows = await countOpen(deps.db.read, actor.scope, { kind, bounds: AGE_BOUNDS, now });
  const codes = [...new Set(rows.map(({ owner_department: code }) => code ?? ''))];
  const names = await departmentsByCode(
    deps.db.read,
    actor.cityCode,
    codes.filter((code) => code !== ''),
  );
  const departments = codes.map((code) => {
    const own = rows.filter((row) => (row.owner_department ?? '') === code);
    const oldest = Math.min(...own.map((row) => row.oldest_at.getTime()));
    const oldestAt = isoMoment(new Date(oldest));
    return { code, name: names.get(code)?.name ?? null, ...cardsOf(own), oldestAt };
  });
  return {
    ...cardsOf(rows),
    supervised: sumOf(rows, 'supervised'),
    states: ORDER_STATES.flatMap((state) => {
      const open = sumOf(
        rows.filter((row) => row.state === state),
        'open',
      );
      return open === 0 ? [] : [{ state, open }];
    }),
    ages: [0, ...AGE_BOUNDS].map((from, at) => ({
      from,
      to: at < AGE_BOUNDS.length ? (AGE_BOUNDS[at] ?? 0) - 1 : null,
      ...cardsOf(rows.filter((row) => row.age === at)),
    })),
    departments: departments.sort(
      (one, other) => other.red - one.red || other.yellow - one.yellow || other.open - one.open,
    ),
  };
}

function cardsOf(rows: readonly OpenCount[]): { open: number; yellow: number; red: number } {
  const of = (card: OpenCount['card']) =>
    sumOf(
      rows.filter((row) => row.card === card),
      'open',
    );
  return { open: sumOf(rows, 'open'), yellow: of('yellow'), red: of('red') };
}

function sumOf(rows: readonly OpenCount[], part: 'open' | 'supervised'): number {
  return rows.reduce((sum, row) => sum + row[part], 0);
}
