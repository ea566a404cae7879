import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DETECTORS, type FindingView, findingPage } from '../../../../src/handling/integrity/contract.ts';
import { moment } from '../../format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StandIn } from '../../parts/stand-in.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { FindingState, subjectWords } from './finding-words.tsx';
import { RunDialog } from './run-dialog.tsx';

const filters = ['detector', 'state', 'subject', 'from', 'to'] as const;
const states = ['undecided', 'open', 'proposed', 'no_fault', 'induced', 'faked'] as const;

/** What the detectors found in the ratings, and how far its review is. */
export function FindingsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/integrity' });
  const can = useCan();
  const [running, setRunning] = useState(false);
  const query = filtersOf(search, filters);
  return (
    <>
      <PageHead title={t('nav.integrity')} hint={t('integrity.hint')}>
        <StandIn />
        {can('integrity.run') ? <Button onClick={() => setRunning(true)}>{t('integrity.run')}</Button> : null}
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SelectFilter
          name="detector"
          value={search.detector}
          label={t('integrity.detector')}
          choices={DETECTORS.map((value) => ({ value, label: t(`integrity.detectors.${value}`) }))}
        />
        <SelectFilter
          name="state"
          value={search.state}
          label={t('integrity.stateLabel')}
          choices={states.map((value) => ({ value, label: t(`integrity.states.${value}`) }))}
        />
        <DayRangeFilter
          {...(search.from ? { from: search.from } : {})}
          {...(search.to ? { to: search.to } : {})}
          labels={[t('list.from'), t('list.to')]}
        />
        <SearchFilter name="subject" value={search.subject} label={t('integrity.subject')} short />
      </FilterBar>
      <List
        path="/integrity/findings"
        schema={findingPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.id}
        label={t('nav.integrity')}
        empty={{ title: t('integrity.empty.title'), text: t('integrity.empty.text') }}
      />
      <Outlet />
      {running ? <RunDialog onDone={() => setRunning(false)} /> : null}
    </>
  );
}

function columns(t: TFunction): TableColumnsType<FindingView> {
  const lang = currentLanguage();
  return [
    {
      key: 'detector',
      title: t('integrity.detector'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/integrity/$id" params={{ id: row.id }} search={true}>
          {t(`integrity.detectors.${row.detector}`)}
        </Link>
      ),
    },
    { key: 'subject', title: t('integrity.subject'), render: (_, row) => subjectWords(t, row) },
    { key: 'words', title: t('integrity.explanation'), render: (_, row) => row.explanation[lang] },
    { key: 'ratings', title: t('integrity.ratings'), align: 'right', dataIndex: 'ratings' },
    {
      key: 'at',
      title: t('integrity.period'),
      render: (_, row) => (
        <>
          <span className="yp-nowrap">{moment(row.fromAt)}</span>
          {row.toAt === row.fromAt ? null : <div className="yp-nowrap yp-quiet">{moment(row.toAt)}</div>}
        </>
      ),
    },
    {
      key: 'state',
      title: t('integrity.stateLabel'),
      render: (_, row) => <FindingState state={row.state} />,
    },
  ];
}
