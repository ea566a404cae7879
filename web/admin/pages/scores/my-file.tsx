import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MonthRow } from '../../../../src/close/month/contract.ts';
import { FilterBar, useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { useMe } from '../../session.ts';
import { MonthSelect } from './month-select.tsx';
import { monthsQuery } from './months.ts';
import { NoticeLinks } from './notice-links.tsx';
import { OwnMonths } from './own-months.tsx';
import { OwnSpread } from './own-spread.tsx';
import { ScoreReceipt } from './score-receipt.tsx';

/** A clerk's own file: every line with its evidence, what is pending too, nobody else's and no rater. */
export function MyFilePage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = useSearch({ from: '/office/my-file' });
  const months = useQuery(monthsQuery);
  return (
    <>
      <PageHead title={t('nav.myFile')} hint={t('myFile.hint')} />
      <Loaded query={months}>
        {(all) => {
          // The running month comes first: it is the one that can still be worked on.
          const month = all.find((each) => each.month === search.month) ?? all[0];
          if (!me.staffNo) return <Empty title={t('myFile.noStaff.title')} text={t('myFile.noStaff.text')} />;
          if (!month) return <Empty title={t('scores.noMonth.title')} text={t('scores.noMonth.text')} />;
          return <File months={all} month={month} view={search.view} staffNo={me.staffNo} />;
        }}
      </Loaded>
    </>
  );
}

interface FileProps {
  months: readonly MonthRow[];
  month: MonthRow;
  view: string | undefined;
  staffNo: string;
}

function File({ months, month, view, staffNo }: FileProps) {
  const { t } = useTranslation();
  const change = useFilters();
  const running = month.month === months[0]?.month;
  const closed = month.closed_at !== null;
  const sealed = month.state === 'sealed';
  const live = !sealed && (!closed || view === 'live' || (running && view !== 'closed'));
  // The group's results are those of the last close: of this month, or of the newest before it.
  const spreadOf = closed
    ? month
    : months.find((each) => each.month < month.month && each.closed_at !== null);
  return (
    <>
      <FilterBar active={false}>
        <MonthSelect months={months} month={month} onPick={(month) => change({ month, view: undefined })} />
        {closed && !sealed ? (
          <Segmented
            aria-label={t('myFile.view')}
            value={live ? 'live' : 'closed'}
            options={(['live', 'closed'] as const).map((value) => ({ value, label: t(`myFile.${value}`) }))}
            onChange={(value) => change({ month: month.month, view: value })}
          />
        ) : null}
        {closed && !live ? <NoticeLinks month={month.month} kind="staff" code={staffNo} /> : null}
      </FilterBar>
      {live ? <Alert className="yp-alert" type="info" showIcon title={t('myFile.liveNote')} /> : null}
      <div className="yp-stack">
        <ScoreReceipt month={month.month} kind="staff" code={staffNo} live={live} />
        <OwnMonths year={month.month.slice(0, 4)} staffNo={staffNo} />
        {spreadOf ? <OwnSpread month={spreadOf.month} staffNo={staffNo} /> : null}
      </div>
    </>
  );
}
