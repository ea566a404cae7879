import { Link, Outlet, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { INDICATORS } from '../../../../src/kernel/assessment.ts';
import { APPEAL_STATES, type AppealRow, appealPageSchema } from '../../../../src/ledger/appeal/contract.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { AppealStateTag, Due, points, useWords } from './appeal-words.tsx';

const FILTERS = ['state', 'month', 'part', 'card', 'q', 'mine'] as const;

/** The appeals that concern the reader: the own ones, the department's, those to review, or all in scope. */
export function AppealsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/appeals' });
  const can = useCan();
  const words = useWords();
  const filters = filtersOf(search, FILTERS);
  return (
    <>
      <PageHead title={t('nav.appeals')} hint={t('appeals.hint')} />
      <FilterBar active={Object.keys(filters).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('appeals.search')} />
        <SelectFilter
          name="state"
          value={search.state}
          label={t('appeals.stateLabel')}
          choices={(['open', ...APPEAL_STATES] as const).map((value) => ({
            value,
            label: t(`appeals.state.${value}`),
          }))}
        />
        <SelectFilter
          name="part"
          value={search.part}
          label={t('appeals.part')}
          choices={INDICATORS.map((value) => ({ value, label: t(`indicator.${value}`) }))}
        />
        <SelectFilter
          name="card"
          value={search.card}
          label={t('appeals.cardLabel')}
          choices={(['yellow', 'red'] as const).map((value) => ({
            value,
            label: t(`appeals.card.${value}`),
          }))}
        />
        {can('appeal.review') ? (
          <SelectFilter
            name="mine"
            value={search.mine}
            label={t('appeals.mineLabel')}
            choices={[{ value: '1', label: t('appeals.mine') }]}
          />
        ) : null}
      </FilterBar>
      <List
        path="/appeals"
        schema={appealPageSchema}
        query={filters}
        cursor={search.cursor}
        columns={columns(t, words)}
        rowKey={(row) => row.id}
        label={t('nav.appeals')}
        empty={{ title: t('appeals.empty.title'), text: t('appeals.empty.text') }}
      />
      <Outlet />
    </>
  );
}

function columns(t: TFunction, words: ReturnType<typeof useWords>): TableColumnsType<AppealRow> {
  return [
    {
      key: 'number',
      title: t('appeals.number'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/appeals/$id" params={{ id: row.id }} search={true}>
          {row.number}
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('appeals.stateLabel'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          <AppealStateTag state={row.state} />
          {row.carried ? <span className="yp-quiet"> {t('appeals.carriedShort')}</span> : null}
        </>
      ),
    },
    {
      key: 'due',
      title: t('appeals.due'),
      className: 'yp-nowrap',
      render: (_, row) => <Due due={row.due} />,
    },
    { key: 'month', title: t('scores.month'), dataIndex: 'month', className: 'yp-nowrap' },
    {
      key: 'subject',
      title: t('appeals.subject'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.subjectName} <span className="yp-quiet">{row.subjectCode}</span>
        </>
      ),
    },
    {
      key: 'line',
      title: t('appeals.line'),
      className: 'yp-appeal-line',
      render: (_, row) => (
        <>
          {words(row.line.text)} <span className="yp-quiet">{words(row.line.partName)}</span>
        </>
      ),
    },
    {
      key: 'points',
      title: t('receipt.points'),
      className: 'yp-num',
      render: (_, row) => points(row.line.points),
    },
    {
      key: 'filed',
      title: t('appeals.filedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.filedAt),
    },
  ];
}
