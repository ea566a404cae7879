import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OrderOverview as Overview } from '../../../../src/handling/work-order/overview-contract.ts';
import { count, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { Figure } from '../../parts/figure.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Loaded } from '../../parts/states.tsx';
import { overviewQuery } from './order-query.ts';
import { OrderRates } from './order-rates.tsx';

/** How all open orders stand: by card, by age, by department; each number leads to its orders. */
export function OrderOverview({ kind }: { kind: string | undefined }) {
  const query = useQuery(overviewQuery(kind));
  return (
    <Loaded query={query}>
      {(overview) => (
        <div className="yp-stack">
          <Cards overview={overview} />
          <OrderRates />
          <Ages overview={overview} />
          <Departments overview={overview} />
        </div>
      )}
    </Loaded>
  );
}

function Cards({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  return (
    <div className="yp-figures">
      <Figure name={t('orders.state.open')} value={count(overview.open)} to="/orders" />
      <Figure
        name={t('orders.card.red')}
        value={count(overview.red)}
        alarm={overview.red > 0}
        to="/orders"
        search={{ card: 'red' }}
      />
      <Figure
        name={t('orders.card.yellow')}
        value={count(overview.yellow)}
        to="/orders"
        search={{ card: 'yellow' }}
      />
      <Figure
        name={t('orders.supervised')}
        value={count(overview.supervised)}
        to="/orders"
        search={{ supervised: 'true' }}
      />
    </div>
  );
}

function Ages({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  return (
    <Block title={t('orders.ages')}>
      <Scroll label={t('orders.ages')}>
        <table className="yp-lines">
          <thead>
            <tr>
              <th scope="col">{t('orders.age')}</th>
              <CardHeads />
            </tr>
          </thead>
          <tbody>
            {overview.ages.map(({ from, to, open, yellow, red }) => (
              <tr key={from}>
                <th scope="row">
                  {to === null ? t('orders.ageOver', { from }) : t('orders.ageOf', { from, to })}
                </th>
                <CardCells cards={{ open, yellow, red }} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Block>
  );
}

function CardHeads() {
  const { t } = useTranslation();
  return (
    <>
      <th scope="col" className="yp-num">
        {t('orders.state.open')}
      </th>
      <th scope="col" className="yp-num">
        {t('orders.card.yellow')}
      </th>
      <th scope="col" className="yp-num">
        {t('orders.card.red')}
      </th>
    </>
  );
}

function CardCells({ cards }: { cards: Pick<Overview, 'open' | 'yellow' | 'red'> }) {
  return (
    <>
      <td className="yp-num">{count(cards.open)}</td>
      <td className="yp-num">{count(cards.yellow)}</td>
      <td className={cards.red > 0 ? 'yp-num yp-danger' : 'yp-num'}>{count(cards.red)}</td>
    </>
  );
}

function Departments({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  if (overview.departments.length === 0) return null;
  return (
    <Block title={t('orders.byDepartment')}>
      <Scroll label={t('orders.byDepartment')}>
        <table className="yp-lines">
          <thead>
            <tr>
              <th scope="col">{t('orders.owner')}</th>
              <CardHeads />
              <th scope="col">{t('orders.oldest')}</th>
            </tr>
          </thead>
          <tbody>
            {overview.departments.map(({ code, name, oldestAt, ...cards }) => (
              <tr key={code}>
                <th scope="row">
                  {code === '' ? (
                    <Link to="/orders" search={{ state: 'unassigned' }}>
                      {t('orders.nobody')}
                    </Link>
                  ) : (
                    <Link to="/orders" search={{ department: code }}>
                      {name ?? code}
                    </Link>
                  )}
                </th>
                <CardCells cards={cards} />
                <td className="yp-nowrap">{moment(oldestAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Block>
  );
}
