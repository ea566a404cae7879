import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { Figure } from '../../parts/figure.tsx';
import { overviewQuery } from '../orders/order-query.ts';

/** The open orders within the reader's scope: how many wait, and how many are due or overdue. */
export function OwnOrders() {
  const { t } = useTranslation();
  const { data } = useQuery(overviewQuery(undefined));
  if (!data || data.open === 0) return null;
  return (
    <Block title={t('nav.orders')} extra={<Link to="/orders">{t('home.openOrders')}</Link>}>
      <div className="yp-figures">
        <Figure name={t('orders.state.open')} value={count(data.open)} to="/orders" />
        <Figure
          name={t('orders.card.yellow')}
          value={count(data.yellow)}
          to="/orders"
          search={{ card: 'yellow' }}
        />
        <Figure
          name={t('orders.card.red')}
          value={count(data.red)}
          alarm={data.red > 0}
          to="/orders"
          search={{ card: 'red' }}
        />
      </div>
    </Block>
  );
}
