import { Link, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type DepartmentView, departmentPage } from '../../../../src/registry/department/contract.ts';
import { count } from '../../format.ts';
import { FilterBar, SearchFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { ImportLink } from './import-link.tsx';

/** The departments, each number leading to what it counts. */
export function DepartmentsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/departments' });
  const can = useCan();
  const query = filtersOf(search, ['q', 'region']);
  return (
    <>
      <PageHead title={t('nav.departments')} hint={t('registry.departments.hint')}>
        <ImportLink kind="departments" />
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('registry.search')} />
      </FilterBar>
      <List
        path="/registry/departments"
        schema={departmentPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.code}
        label={t('nav.departments')}
        empty={{ title: t('registry.empty.title'), text: t('registry.empty.text') }}
        exported={can('export.run')}
      />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<DepartmentView> {
  const number = (to: '/windows' | '/staff' | '/items', code: string, value: number) =>
    value === 0 ? (
      '0'
    ) : (
      <Link to={to} search={{ department: code }}>
        {count(value)}
      </Link>
    );
  return [
    { key: 'name', title: t('registry.name'), dataIndex: 'name' },
    { key: 'code', title: t('registry.uscc'), render: (_, row) => <code>{row.code}</code> },
    { key: 'region', title: t('field.areaCode'), dataIndex: 'regionName' },
    {
      key: 'stationed',
      title: t('registry.stationed'),
      render: (_, row) => t(row.stationed ? 'registry.yes' : 'registry.no'),
    },
    {
      key: 'windows',
      title: t('nav.windows'),
      align: 'right',
      render: (_, row) => number('/windows', row.code, row.windows),
    },
    {
      key: 'staff',
      title: t('nav.staff'),
      align: 'right',
      render: (_, row) => number('/staff', row.code, row.staff),
    },
    {
      key: 'items',
      title: t('nav.items'),
      align: 'right',
      render: (_, row) => number('/items', row.code, row.items),
    },
  ];
}
