import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MonthRow } from '../../../../src/close/month/contract.ts';
import { count, percent } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { MonthState, useGradeName } from '../../parts/score-words.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { monthsQuery } from '../scores/months.ts';
import { liveQuery, scoreQuery } from '../scores/score-query.ts';

/** A clerk's running month, as it stands now. */
export function OwnScore({ staffNo }: { staffNo: string }) {
  const { t } = useTranslation();
  const months = useQuery(monthsQuery);
  return (
    <Loaded query={months}>
      {(all) => {
        const month = all[0];
        if (!month) {
          return (
            <div className="yp-list">
              <Empty title={t('scores.open.title')} text={t('home.ownLater')} />
            </div>
          );
        }
        return <Month month={month} staffNo={staffNo} />;
      }}
    </Loaded>
  );
}

function Month({ month: { month, state: now }, staffNo }: { month: MonthRow; staffNo: string }) {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  const live = now !== 'sealed';
  const score = useQuery(live ? liveQuery(month, staffNo) : scoreQuery(month, 'staff', staffNo));
  return (
    <Loaded query={score}>
      {({ total, grade, state, counts, pending }) => (
        <section aria-labelledby="own-score">
          <h2 id="own-score" className="yp-month-line">
            {t('home.month', { month })} <MonthState state={state} />
          </h2>
          <div className="yp-figures">
            <Figure
              name={t('scores.total')}
              value={total}
              small={gradeName(grade)}
              to="/my-file"
              search={{ month }}
            />
            <Figure
              name={t('scores.goodRate')}
              value={percent(counts.good, counts.rated)}
              small={`${count(counts.good)}/${count(counts.rated)}`}
            />
            <Figure
              name={t('home.ratingRate')}
              value={percent(counts.rated, counts.ratable)}
              small={`${count(counts.rated)}/${count(counts.ratable)}`}
            />
            <Figure
              name={t('receipt.pending')}
              value={count(pending.length)}
              to="/my-file"
              search={{ month }}
            />
          </div>
        </section>
      )}
    </Loaded>
  );
}
