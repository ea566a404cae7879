import { Link, Outlet, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type RecordView, recordPage } from '../../../../src/intake/case/contract.ts';
import { moment, until } from '../../format.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PersonLink, WindowLink } from '../../parts/registry-links.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';

const filters = ['q', 'from', 'to', 'window', 'staff', 'department', 'channel'] as const;

/** Service records with their filters; the detail opens over the list. */
export function RecordsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/records' });
  const can = useCan();
  const query = filtersOf(search, filters);
  return (
    <>
      <PageHead title={t('nav.records')} hint={t('records.hint')} />
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('records.search')} />
        <DayRangeFilter from={search.from} to={search.to} labels={[t('list.from'), t('list.to')]} />
        <SearchFilter name="window" value={search.window} label={t('field.windowCode')} short />
        <SearchFilter name="staff" value={search.staff} label={t('field.staffNo')} short />
        <SelectFilter
          name="channel"
          value={search.channel}
          label={t('field.proChannel')}
          choices={(['1', '2'] as const).map((value) => ({ value, label: t(`proChannel.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/service-records"
        schema={recordPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.stepId}
        label={t('nav.records')}
        empty={{ title: t('records.empty.title'), text: t('records.empty.text') }}
        exported={can('export.run')}
      />
      <Outlet />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<RecordView> {
  return [
    {
      key: 'projectNo',
      title: t('field.projectNo'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/records/$stepId" params={{ stepId: row.stepId }} search={true} state={true}>
          {row.projectNo}
        </Link>
      ),
    },
    { key: 'serviceNumber', title: t('field.serviceNumber'), align: 'right', dataIndex: 'serviceNumber' },
    {
      key: 'serviceTime',
      title: t('field.serviceTime'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.serviceTime),
    },
    {
      key: 'taskName',
      title: t('field.taskName'),
      width: 300,
      render: (_, row) => (
        <>
          {row.taskName} <span className="yp-quiet">{row.serviceName}</span>
        </>
      ),
    },
    {
      key: 'status',
      title: t('field.proStatus'),
      className: 'yp-nowrap',
      render: (_, row) => t(`proStatus.${row.proStatus as 1 | 2 | 3}`),
    },
    {
      key: 'window',
      title: t('field.window'),
      width: 190,
      render: (_, row) => <WindowLink code={row.windowCode} name={row.windowName} />,
    },
    {
      key: 'staff',
      title: t('field.staff'),
      render: (_, row) => <PersonLink staffNo={row.staffNo} name={row.staffName} />,
    },
    {
      key: 'dept',
      title: t('field.department'),
      width: 180,
      render: (_, row) => row.deptName ?? row.deptCode,
    },
    {
      key: 'channel',
      title: t('field.proChannel'),
      className: 'yp-nowrap',
      render: (_, row) => t(`proChannel.${row.proChannel as 1 | 2}`),
    },
    {
      key: 'until',
      title: t('field.ratableUntil'),
      className: 'yp-nowrap',
      render: (_, row) => until(row.ratableUntil),
    },
  ];
}
