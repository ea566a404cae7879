import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MonthRow } from '../../../../src/close/month/contract.ts';
import { count, moment, percent } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { MonthState } from '../../parts/score-words.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { daysOf, statsQuery } from '../../parts/stats.ts';
import { useCan } from '../../session.ts';
import { monthsQuery } from '../scores/months.ts';

/**
 * The two newest months in figures, for those who read ratings: each with its numerator and denominator and a
 * way to its records.
 */
export function MonthFigures() {
  const { t } = useTranslation();
  const months = useQuery(monthsQuery);
  return (
    <Loaded query={months}>
      {(all) =>
        all.length === 0 ? (
          <div className="yp-list">
            <Empty title={t('scores.noMonth.title')} text={t('scores.noMonth.text')} />
          </div>
        ) : (
          all.slice(0, 2).map((month) => <Month key={month.month} month={month} />)
        )
      }
    </Loaded>
  );
}

function Month({ month }: { month: MonthRow }) {
  const { t } = useTranslation();
  const can = useCan();
  // The month's own row holds the figures of its last close; the live ones are newer.
  const live = useQuery(statsQuery(month.month));
  const counts = live.data ?? month;
  const days = daysOf(month.month);
  const parts = (numerator: number, denominator: number) => `${count(numerator)}/${count(denominator)}`;
  return (
    <section aria-labelledby={`month-${month.month}`}>
      <h2 id={`month-${month.month}`} className="yp-month-line">
        {t('home.month', { month: month.month })} <MonthState state={month.state} />
      </h2>
      <div className="yp-figures">
        <Figure
          name={t('home.goodRate')}
          value={percent(counts.good, counts.rated)}
          small={parts(counts.good, counts.rated)}
          to="/ratings"
          search={days}
        />
        <Figure
          name={t('home.ratingRate')}
          value={percent(counts.rated, counts.ratable)}
          small={parts(counts.rated, counts.ratable)}
          {...(can('record.read') ? { to: '/records', search: days } : {})}
        />
        <Figure
          name={t('scores.bad')}
          value={count(counts.bad)}
          small={month.closed_at ? t('home.pending', { count: month.pending }) : null}
          to="/ratings"
          search={{ ...days, verdict: 'none' }}
        />
        <Figure
          name={t('nav.scores')}
          value={count(month.staff)}
          small={
            month.closed_at ? t('home.closedAt', { at: moment(month.closed_at) }) : t('scores.neverClosed')
          }
          to="/scores"
          search={{ month: month.month }}
        />
      </div>
    </section>
  );
}
