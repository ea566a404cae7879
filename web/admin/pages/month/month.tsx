import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MonthRow } from '../../../../src/close/month/contract.ts';
import { FilterBar, useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { MonthState } from '../../parts/score-words.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import type { Search } from '../../search.ts';
import { MonthSelect } from '../scores/month-select.tsx';
import { dueMonth, monthsQuery } from '../scores/months.ts';
import { DeskActions } from './desk-actions.tsx';
import { DeskDays } from './desk-days.tsx';
import { DeskSteps } from './desk-steps.tsx';
import { DeskUnits, UnitSelect } from './desk-units.tsx';
import { MissingList } from './missing-list.tsx';
import { deskQuery } from './month-query.ts';

/** The month desk: where the month's end is, what is missing, who does what until when. */
export function MonthPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/month' });
  const months = useQuery(monthsQuery);
  return (
    <>
      <PageHead title={t('nav.month')} hint={t('desk.hint')} />
      <Loaded query={months}>
        {(all) => {
          const month = all.find((one) => one.month === search.month) ?? dueMonth(all);
          return month ? (
            <Month months={all} month={month} asked={search.month} unit={unitFor(search, month)} />
          ) : (
            <Empty title={t('scores.noMonth.title')} text={t('scores.noMonth.text')} />
          );
        }}
      </Loaded>
    </>
  );
}

interface MonthProps {
  months: readonly MonthRow[];
  month: MonthRow;
  asked: string | undefined;
  unit: string | undefined;
}

/** A hall belongs to the month of its address. */
function unitFor(search: Search, { month }: MonthRow): string | undefined {
  return search.month === month ? search.unit : undefined;
}

function Month({ months, month, asked, unit }: MonthProps) {
  const { t } = useTranslation();
  const change = useFilters();
  const desk = useQuery(deskQuery(month.month, unit));
  return (
    <>
      <FilterBar active={false}>
        <MonthSelect
          months={months}
          month={month}
          onPick={(picked) => change({ month: picked, unit: undefined })}
        />
        {desk.data ? <UnitSelect desk={desk.data} /> : null}
        <MonthState state={desk.data?.month.state ?? month.state} />
      </FilterBar>
      {asked !== undefined && asked !== month.month ? (
        <Alert
          className="yp-alert"
          type="warning"
          showIcon
          title={t('scores.noSuchMonth', { asked, shown: month.month })}
        />
      ) : null}
      <Loaded query={desk}>
        {(shown) => (
          <div className="yp-stack">
            <DeskSteps desk={shown} />
            <DeskActions desk={shown} />
            <DeskUnits desk={shown} />
            {shown.month.state === 'sealed' ? null : <MissingList desk={shown} />}
            <DeskDays desk={shown} />
          </div>
        )}
      </Loaded>
    </>
  );
}
