import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MonthRow } from '../../../../src/close/month/contract.ts';
import type { PayLine } from '../../../../src/uses/pay/contract.ts';
import { moment } from '../../format.ts';
import { ExportButtons } from '../../parts/export-buttons.tsx';
import { FilterBar, useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { MonthState } from '../../parts/score-words.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { MonthSelect } from '../scores/month-select.tsx';
import { monthsQuery, shownMonth } from '../scores/months.ts';
import { usePayColumns } from './pay-columns.tsx';
import { PayFigures } from './pay-figures.tsx';
import { payQuery } from './pay-query.ts';

/** The month's pay sheet: what it comes to, and each person's amount with how it came about. */
export function PayPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/pay' });
  const change = useFilters();
  const months = useQuery(monthsQuery);
  return (
    <>
      <PageHead title={t('nav.pay')} hint={t('pay.hint')} />
      <Loaded query={months}>
        {(all) => {
          const month = shownMonth(all, search.month);
          if (!month) return <Nothing words="noneYet" />;
          return (
            <>
              {search.month !== undefined && search.month !== month.month ? (
                <Alert
                  className="yp-alert"
                  type="warning"
                  showIcon
                  title={t('pay.noSuchMonth', { asked: search.month, shown: month.month })}
                />
              ) : null}
              <FilterBar active={false}>
                <MonthSelect months={all} month={month} onPick={(picked) => change({ month: picked })} />
              </FilterBar>
              <Month month={month} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Nothing({ words }: { words: 'empty' | 'open' | 'noneYet' }) {
  const { t } = useTranslation();
  return (
    <div className="yp-list">
      <Empty title={t(`pay.${words}.title`)} text={t(`pay.${words}.text`)} />
    </div>
  );
}

function Month({ month }: { month: MonthRow }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="yp-quiet yp-month-line">
        <MonthState state={month.state} />{' '}
        {month.closed_at
          ? t('scores.closedBy', { at: moment(month.closed_at), by: month.closed_by ?? '' })
          : t('scores.neverClosed')}
      </p>
      {month.closed_at ? <Sheet month={month} /> : <Nothing words="open" />}
    </>
  );
}

function Sheet({ month: { month, state } }: { month: MonthRow }) {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const columns = usePayColumns();
  const sheet = useQuery(payQuery(month, i18n.language));
  return (
    <Loaded query={sheet}>
      {(lines) =>
        lines.length === 0 ? (
          <Nothing words="empty" />
        ) : (
          <div className="yp-stack">
            <Alert
              type={state === 'sealed' ? 'success' : 'info'}
              showIcon
              title={t(state === 'sealed' ? 'pay.final' : 'pay.preview')}
            />
            <PayFigures lines={lines} />
            <div className="yp-list">
              <div className="yp-list-head">
                <span className="yp-quiet">{t('list.total', { count: lines.length })}</span>
                {can('export.run') ? <ExportButtons path="/pay" query={{ month }} /> : null}
              </div>
              <Table<PayLine>
                key={month}
                aria-label={t('nav.pay')}
                size="small"
                columns={columns}
                dataSource={lines}
                rowKey={(row) => row.staff_no}
                showSorterTooltip={false}
                pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
                // Cells wrap until all columns fit an office screen; what is narrower scrolls.
                scroll={{ x: 1080 }}
              />
            </div>
          </div>
        )
      }
    </Loaded>
  );
}
