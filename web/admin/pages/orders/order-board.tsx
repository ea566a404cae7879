import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ORDER_STATES, type OrderRowView, orderRows } from '../../../../src/handling/work-order/contract.ts';
import { call } from '../../api/call.ts';
import { Loaded } from '../../parts/states.tsx';
import type { Search } from '../../search.ts';
import { LIVE_MS } from './order-query.ts';
import { OrderDue, Supervised } from './order-words.tsx';

/** What one look at the board answers; the table pages through the rest. */
const SHOWN = 200;
const COLUMNS = ORDER_STATES.filter((state) => state !== 'closed' && state !== 'withdrawn');

/** The open orders by state, the most urgent on top. */
export function OrderBoard({ query }: { query: Search }) {
  const { t } = useTranslation();
  const asked = { ...query, state: 'open' };
  const orders = useQuery({
    queryKey: ['orders-board', asked],
    queryFn: ({ signal }) => call(orderRows, '/work-orders', { query: { ...asked, limit: SHOWN }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
  return (
    <Loaded query={orders}>
      {({ items, next }) => (
        <>
          {next ? <p className="yp-hint">{t('orders.boardCut', { count: SHOWN })}</p> : null}
          <div className="yp-board">
            {COLUMNS.map((state) => (
              <Column key={state} state={state} orders={items.filter((order) => order.state === state)} />
            ))}
          </div>
        </>
      )}
    </Loaded>
  );
}

function Column({ state, orders }: { state: (typeof COLUMNS)[number]; orders: OrderRowView[] }) {
  const { t } = useTranslation();
  return (
    <section className="yp-board-column" aria-label={t(`orders.state.${state}`)}>
      <h2>
        {t(`orders.state.${state}`)} <span className="yp-quiet">{orders.length}</span>
      </h2>
      {orders.length === 0 ? <p className="yp-quiet">{t('orders.none')}</p> : null}
      <ul>
        {orders.map((order) => (
          <li key={order.id} className="yp-board-card">
            <Link to="/orders/$id" params={{ id: order.id }} search={true} state={true}>
              {order.number}
            </Link>{' '}
            <span className="yp-quiet">{t(`orders.kind.${order.kind}`)}</span>
            <div>
              <OrderDue order={order} />
              <Supervised supervised={order.supervised} />
            </div>
            <div className="yp-quiet">{order.ownerName ?? (order.ownerDepartment || t('orders.nobody'))}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
