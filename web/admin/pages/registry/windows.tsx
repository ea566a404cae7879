import { Link, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type WindowView, windowKinds, windowPage } from '../../../../src/registry/window/contract.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { ImportLink } from './import-link.tsx';

/** The windows of the halls. */
export function WindowsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/windows' });
  const can = useCan();
  const query = filtersOf(search, ['q', 'department', 'region', 'kind']);
  return (
    <>
      <PageHead title={t('nav.windows')} hint={t('registry.windows.hint')}>
        <ImportLink kind="windows" />
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('registry.search')} />
        <SelectFilter
          name="kind"
          value={search.kind}
          label={t('registry.kind')}
          choices={windowKinds.options.map((value) => ({ value, label: t(`windowKind.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/registry/windows"
        schema={windowPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t, can('record.read'))}
        rowKey={(row) => row.code}
        label={t('nav.windows')}
        empty={{ title: t('registry.empty.title'), text: t('registry.empty.text') }}
        exported={can('export.run')}
      />
    </>
  );
}

function columns(t: TFunction, withRecords: boolean): TableColumnsType<WindowView> {
  return [
    { key: 'code', title: t('field.windowCode'), className: 'yp-nowrap', dataIndex: 'code' },
    { key: 'name', title: t('registry.name'), dataIndex: 'name' },
    { key: 'kind', title: t('registry.kind'), render: (_, row) => t(`windowKind.${row.kind}`) },
    {
      key: 'department',
      title: t('field.department'),
      render: (_, row) => (
        <Link to="/departments" search={{ q: row.departmentCode }}>
          {row.departmentName}
        </Link>
      ),
    },
    { key: 'region', title: t('field.areaCode'), dataIndex: 'regionName' },
    { key: 'floor', title: t('registry.floor'), dataIndex: 'floor' },
    { key: 'hours', title: t('registry.hours'), className: 'yp-nowrap', dataIndex: 'hours' },
    ...(withRecords
      ? [
          {
            key: 'records',
            title: t('nav.records'),
            render: (_: unknown, row: WindowView) => (
              <Link to="/records" search={{ window: row.code }}>
                {t('action.view')}
              </Link>
            ),
          },
        ]
      : []),
  ];
}
