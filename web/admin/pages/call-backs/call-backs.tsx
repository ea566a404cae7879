import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import {
  CALL_ENDS,
  CALL_SOURCES,
  type CallLine,
  callFigures,
  callPage,
} from '../../../../src/feedback/follow-up/contract.ts';
import { call } from '../../api/call.ts';
import { count, moment, percent } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { CallCard, Outcome } from './call-words.tsx';

const FILTERS = ['state', 'source', 'card', 'outcome', 'q'] as const;

/** The caller's desk: whom to call next, by due time. */
export function CallBacksPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/call-backs' });
  const filters = filtersOf(search, FILTERS);
  const shown = filters.state || filters.q || filters.outcome ? filters : { state: 'open', ...filters };
  return (
    <>
      <PageHead title={t('nav.callBacks')} hint={t('callBacks.hint')} />
      <div className="yp-stack">
        <Figures />
        <div>
          <FilterBar active={Object.keys(filters).length > 0}>
            <SearchFilter name="q" value={search.q} label={t('callBacks.search')} />
            <SelectFilter
              name="state"
              value={shown.state}
              label={t('callBacks.stateLabel')}
              choices={(['open', 'closed'] as const).map((value) => ({
                value,
                label: t(`callBacks.state.${value}`),
              }))}
            />
            <SelectFilter
              name="source"
              value={search.source}
              label={t('callBacks.sourceLabel')}
              choices={CALL_SOURCES.map((value) => ({ value, label: t(`callBacks.source.${value}`) }))}
            />
            <SelectFilter
              name="card"
              value={search.card}
              label={t('callBacks.cardLabel')}
              choices={(['yellow', 'red'] as const).map((value) => ({
                value,
                label: t(`callBacks.card.${value}`),
              }))}
            />
            <SelectFilter
              name="outcome"
              value={search.outcome}
              label={t('callBacks.outcomeLabel')}
              choices={CALL_ENDS.map((value) => ({ value, label: t(`callBacks.outcome.${value}`) }))}
            />
          </FilterBar>
          <List
            path="/call-backs"
            schema={callPage}
            query={shown}
            cursor={search.cursor}
            columns={columns(t)}
            rowKey={(row) => row.id}
            label={t('nav.callBacks')}
            empty={{ title: t('callBacks.empty.title'), text: t('callBacks.empty.text') }}
          />
        </div>
      </div>
      <Outlet />
    </>
  );
}

/** The month's rates, each with its parts. */
function Figures() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['call-figures'],
    queryFn: ({ signal }) => call(callFigures, '/call-figures', { signal }),
  });
  if (!query.data) return null;
  const { all, from } = query.data;
  return (
    <section className="yp-figures" aria-label={t('callBacks.figures.title')}>
      <Figure name={t('callBacks.figures.closed')} value={count(all.closed)} small={from.slice(0, 7)} />
      {(['reached', 'satisfied', 'dissatisfied'] as const).map((name) => (
        <Figure
          key={name}
          name={t(`callBacks.figures.${name}`)}
          value={percent(all[name].numerator, all[name].denominator)}
          small={`${all[name].numerator} / ${all[name].denominator}`}
        />
      ))}
    </section>
  );
}

function columns(t: TFunction): TableColumnsType<CallLine> {
  return [
    {
      key: 'number',
      title: t('callBacks.number'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/call-backs/$id" params={{ id: row.id }} search={true}>
          {row.number}
        </Link>
      ),
    },
    {
      key: 'source',
      title: t('callBacks.sourceLabel'),
      className: 'yp-nowrap',
      render: (_, row) => t(`callBacks.source.${row.source}`),
    },
    {
      key: 'due',
      title: t('callBacks.due'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {moment(row.dueAt)} <CallCard card={row.card} />
        </>
      ),
    },
    {
      key: 'task',
      title: t('field.taskName'),
      render: (_, row) => (
        <>
          {row.taskName} <span className="yp-quiet">{row.projectNo}</span>
        </>
      ),
    },
    {
      key: 'window',
      title: t('field.windowCode'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.windowName} <span className="yp-quiet">{row.windowCode}</span>
        </>
      ),
    },
    { key: 'served', title: t('callBacks.servedOn'), dataIndex: 'servedOn', className: 'yp-nowrap' },
    { key: 'attempts', title: t('callBacks.attempts'), dataIndex: 'attempts', className: 'yp-num' },
    {
      key: 'outcome',
      title: t('callBacks.outcomeLabel'),
      className: 'yp-nowrap',
      render: (_, row) => <Outcome outcome={row.outcome} satisfied={row.satisfied} />,
    },
  ];
}
