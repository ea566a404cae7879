import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RateLine } from '../../../../src/handling/rectification/rate-contract.ts';
import { dayOf } from '../../../../src/kernel/day.ts';
import { monthOf } from '../../../../src/kernel/month.ts';
import { now } from '../../../ui/clock.ts';
import { rate } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { DayRangeFilter } from '../../parts/filters.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { daysOf } from '../../parts/stats.ts';
import { ratesQuery } from './order-query.ts';

/** How bad ratings of a span were answered: this month's, unless other days are asked for. */
export function OrderRates() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/orders' });
  const month = daysOf(monthOf(dayOf(now())));
  const span = { from: search.from ?? month.from, to: search.to ?? month.to };
  const whole = useQuery(ratesQuery(span, 'city'));
  const parts = useQuery(ratesQuery(span, 'department'));
  return (
    <Block
      title={t('orders.rates')}
      extra={<DayRangeFilter from={span.from} to={span.to} labels={[t('list.from'), t('list.to')]} />}
    >
      <p className="yp-hint">{t('orders.ratesHint')}</p>
      <Scroll label={t('orders.rates')}>
        <table className="yp-lines">
          <thead>
            <tr>
              <th scope="col">{t('orders.owner')}</th>
              <th scope="col" className="yp-num">
                {t('orders.answeredRate')}
              </th>
              <th scope="col" className="yp-num">
                {t('orders.calledBackRate')}
              </th>
              <th scope="col" className="yp-num">
                {t('orders.satisfactionRate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {whole.data?.map((line) => (
              <Line key={line.code} name={t('orders.whole')} line={line} />
            ))}
            {parts.data?.map((line) => (
              <Line key={line.code} name={line.name || line.code || t('orders.nobody')} line={line} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </Block>
  );
}

function Line({ name, line }: { name: string; line: RateLine }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="yp-num">{rate(line.answered_rate)}</td>
      <td className="yp-num">{rate(line.called_back_rate)}</td>
      <td className="yp-num">{rate(line.satisfaction_rate)}</td>
    </tr>
  );
}
