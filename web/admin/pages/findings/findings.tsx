import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import {
  FINDING_STATES,
  FINDING_WAYS,
  type FindingLine,
  findingPage,
} from '../../../../src/conduct/inspection/desk-contract.ts';
import { join, moment } from '../../format.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { useRuleName } from './rule-name.ts';

const FILTERS = ['state', 'way', 'kind', 'subject', 'from', 'to'] as const;
const KINDS = ['staff', 'window', 'department'] as const;

/** What patrols, visits and checks have found: each waits for a second person before it counts. */
export function FindingsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/findings' });
  const can = useCan();
  const nameOf = useRuleName();
  const query = filtersOf(search, FILTERS);
  return (
    <>
      <PageHead title={t('nav.findings')} hint={t('findings.hint')}>
        {can('inspect.write') ? (
          <Button type="primary" href="/admin/patrol/">
            {t('findings.patrol')}
          </Button>
        ) : null}
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter short name="subject" value={search.subject} label={t('findings.subject')} />
        <SelectFilter
          name="state"
          value={search.state}
          label={t('findings.stateLabel')}
          choices={FINDING_STATES.map((value) => ({ value, label: t(`findings.state.${value}`) }))}
        />
        <SelectFilter
          name="way"
          value={search.way}
          label={t('findings.wayLabel')}
          choices={FINDING_WAYS.map((value) => ({ value, label: t(`findings.way.${value}`) }))}
        />
        <SelectFilter
          name="kind"
          value={search.kind}
          label={t('findings.kindLabel')}
          choices={KINDS.map((value) => ({ value, label: t(`findings.kind.${value}`) }))}
        />
        <DayRangeFilter from={search.from} to={search.to} labels={[t('list.from'), t('list.to')]} />
      </FilterBar>
      <List
        path="/findings"
        schema={findingPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t, nameOf)}
        rowKey={(row) => row.id}
        label={t('nav.findings')}
        empty={{ title: t('findings.empty.title'), text: t('findings.empty.text') }}
        exported={can('export.run')}
      />
      <Outlet />
    </>
  );
}

const COLORS = { open: 'processing', confirmed: 'success', rejected: 'default' } as const;

export function FindingState({ state }: { state: FindingLine['state'] }) {
  const { t } = useTranslation();
  return <Tag color={COLORS[state]}>{t(`findings.state.${state}`)}</Tag>;
}

function columns(t: TFunction, nameOf: (row: FindingLine) => string): TableColumnsType<FindingLine> {
  return [
    {
      key: 'rule',
      title: t('findings.rule'),
      render: (_, row) => (
        <Link to="/findings/$id" params={{ id: row.id }} search={true}>
          {nameOf(row)}
        </Link>
      ),
    },
    { key: 'day', title: t('findings.day'), dataIndex: 'occurredOn', className: 'yp-nowrap' },
    {
      key: 'subject',
      title: t('findings.subject'),
      render: (_, row) => (
        <>
          {row.subjectName} <span className="yp-quiet">{row.subjectCode}</span>
        </>
      ),
    },
    { key: 'department', title: t('field.department'), render: (_, row) => row.departmentName },
    { key: 'evidence', title: t('findings.evidence'), dataIndex: 'evidence' },
    {
      key: 'way',
      title: t('findings.wayLabel'),
      className: 'yp-nowrap',
      render: (_, row) => (row.way ? t(`findings.way.${row.way}`) : t('findings.byFile')),
    },
    {
      key: 'by',
      title: t('findings.recordedBy'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.recordedBy} <span className="yp-quiet">{moment(row.recordedAt)}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('findings.stateLabel'),
      render: (_, row) => (
        <>
          <FindingState state={row.state} /> {join([row.decidedBy, row.note])}
        </>
      ),
    },
  ];
}
