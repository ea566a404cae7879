import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Segmented, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type WhatIf, type WhatIfRow, whatIfSchema } from '../../../../src/close/month/what-if-contract.ts';
import type { Draft } from '../../../../src/ledger/scheme/draft-contract.ts';
import { call } from '../../api/call.ts';
import { ExportButtons } from '../../parts/export-buttons.tsx';
import { FilterBar, SelectFilter, useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useGradeName } from '../../parts/score-words.tsx';
import { Empty, Failure, Loaded, Loading } from '../../parts/states.tsx';
import { MonthSelect } from '../scores/month-select.tsx';
import { monthsQuery, shownMonth } from '../scores/months.ts';
import { draftQuery } from './draft-queries.ts';
import { whatIfColumns } from './what-if-columns.tsx';
import { WhatIfSummary } from './what-if-summary.tsx';

const subjects = ['staff', 'window', 'department'] as const;

/** Tries a draft on a month: who would move, by how much, whose grade and pay would change. */
export function WhatIfPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/scheme-drafts/$id/what-if' });
  const search = useSearch({ from: '/office/scheme-drafts/$id/what-if' });
  const change = useFilters();
  const draft = useQuery(draftQuery(id));
  const months = useQuery(monthsQuery);
  const month = months.data && shownMonth(months.data, search.month);
  const subject = subjects.find((one) => one === search.subject) ?? 'staff';
  return (
    <>
      <PageHead
        title={t('whatIf.title')}
        hint={
          <Link to="/scheme-drafts/$id" params={{ id }}>
            {draft.data?.title ?? t('draft.one')}
          </Link>
        }
      />
      <FilterBar active={false}>
        {month && months.data ? (
          <MonthSelect months={months.data} month={month} onPick={(picked) => change({ month: picked })} />
        ) : null}
        <Segmented
          aria-label={t('whatIf.subject')}
          value={subject}
          options={subjects.map((value) => ({ value, label: t(`whatIf.subjects.${value}`) }))}
          onChange={(picked) => change({ subject: picked })}
        />
        {draft.data ? <DaySelect draft={draft.data} value={search.on} /> : null}
      </FilterBar>
      <Loaded query={months}>
        {() =>
          month ? (
            <Result id={id} query={{ month: month.month, subject, on: search.on }} />
          ) : (
            <Empty title={t('whatIf.noMonth')} />
          )
        }
      </Loaded>
    </>
  );
}

/** A draft whose values start on different days can be tried as it stands on each of them. */
function DaySelect({ draft, value }: { draft: Draft; value: string | undefined }) {
  const { t } = useTranslation();
  const days = [...new Set([draft.effective_from, ...draft.changes.map(({ from }) => from)])].sort();
  if (days.length < 2) return null;
  return (
    <SelectFilter
      name="on"
      value={value ?? draft.effective_from}
      label={t('whatIf.on')}
      choices={days.map((on) => ({ value: on, label: t('whatIf.valuesOf', { on }) }))}
    />
  );
}

interface Wanted {
  month: string;
  subject: (typeof subjects)[number];
  on: string | undefined;
}

function Result({ id, query }: { id: string; query: Wanted }) {
  const path = `/scheme/drafts/${id}/what-if`;
  const result = useQuery({
    queryKey: ['what-if', id, query],
    queryFn: ({ signal }) => call(whatIfSchema, path, { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  if (result.error) return <Failure error={result.error} retry={() => void result.refetch()} />;
  if (!result.data) return <Loading />;
  return <Tried whatIf={result.data} path={path} query={query} busy={result.isPlaceholderData} />;
}

interface TriedProps {
  whatIf: WhatIf;
  path: string;
  query: Wanted;
  busy: boolean;
}

function Tried({ whatIf, path, query, busy }: TriedProps) {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  const { items, subject } = whatIf;
  return (
    <div className="yp-stack" aria-busy={busy}>
      <WhatIfSummary whatIf={whatIf} />
      <div className="yp-list">
        <div className="yp-list-head">
          <span className="yp-quiet">{t('whatIf.listed', { count: items.length })}</span>
          {items.length > 0 ? <ExportButtons path={path} query={{ ...query }} /> : null}
        </div>
        {items.length === 0 ? (
          <Empty title={t('whatIf.nobody.title')} text={t('whatIf.nobody.text')} />
        ) : (
          <Table<WhatIfRow>
            aria-label={t('whatIf.title')}
            size="small"
            columns={whatIfColumns(t, gradeName, subject, whatIf.month)}
            dataSource={items}
            rowKey={(row) => row.subject_code}
            pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
            scroll={{ x: 'max-content' }}
          />
        )}
      </div>
    </div>
  );
}
