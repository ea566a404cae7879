import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FilterBar, useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { useMe } from '../../session.ts';
import { MonthSelect } from './month-select.tsx';
import { monthsQuery, shownMonth } from './months.ts';
import { ScoreReceipt } from './score-receipt.tsx';

/** A clerk's own file: every line with its evidence, what is pending too, nobody else's and no rater. */
export function MyFilePage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = useSearch({ from: '/office/my-file' });
  const change = useFilters();
  const months = useQuery(monthsQuery);
  return (
    <>
      <PageHead title={t('nav.myFile')} hint={t('myFile.hint')} />
      <Loaded query={months}>
        {(all) => {
          const month = shownMonth(all, search.month);
          if (!me.staffNo) return <Empty title={t('myFile.noStaff.title')} text={t('myFile.noStaff.text')} />;
          if (!month) return <Empty title={t('scores.noMonth.title')} text={t('scores.noMonth.text')} />;
          return (
            <>
              <FilterBar active={false}>
                <MonthSelect months={all} month={month} onPick={(picked) => change({ month: picked })} />
              </FilterBar>
              {month.closed_at ? (
                <ScoreReceipt month={month.month} kind="staff" code={me.staffNo} />
              ) : (
                <Empty title={t('scores.open.title')} text={t('scores.open.text')} />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
