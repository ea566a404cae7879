import { Link, Outlet, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { identities, type StaffView, staffPage } from '../../../../src/registry/staff/contract.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { WindowLink } from '../../parts/registry-links.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { ImportLink } from './import-link.tsx';

/** Who works in the halls, whatever their identity, and at which windows today. */
export function StaffPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/staff' });
  const can = useCan();
  const query = filtersOf(search, ['q', 'department', 'window', 'identity']);
  return (
    <>
      <PageHead title={t('nav.staff')} hint={t('registry.staff.hint')}>
        <ImportLink kind="staff" />
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('registry.staff.search')} />
        <SearchFilter name="window" value={search.window} label={t('field.windowCode')} short />
        <SelectFilter
          name="identity"
          value={search.identity}
          label={t('registry.identity')}
          choices={identities.options.map((value) => ({ value, label: t(`identityGroup.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/registry/staff"
        schema={staffPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.staffNo}
        label={t('nav.staff')}
        empty={{ title: t('registry.empty.title'), text: t('registry.empty.text') }}
        exported={can('export.run')}
      />
      <Outlet />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<StaffView> {
  return [
    {
      key: 'name',
      title: t('users.name'),
      render: (_, row) => (
        <Link to="/staff/$staffNo" params={{ staffNo: row.staffNo }} search={true} state={true}>
          {row.name}
        </Link>
      ),
    },
    { key: 'staffNo', title: t('field.staffNo'), dataIndex: 'staffNo' },
    {
      key: 'identity',
      title: t('registry.identity'),
      render: (_, row) => t(`identityGroup.${row.identity}`),
    },
    {
      key: 'department',
      title: t('field.department'),
      render: (_, row) => (
        <Link to="/departments" search={{ q: row.departmentCode }}>
          {row.departmentName}
        </Link>
      ),
    },
    {
      key: 'windows',
      title: t('registry.windowsToday'),
      render: (_, row) =>
        row.windows.map((window) => (
          <div key={`${window.code} ${window.role}`}>
            <WindowLink code={window.code} name={window.name} />{' '}
            <span className="yp-quiet">{window.role === 'clerk' ? '' : t(`postingRole.${window.role}`)}</span>
          </div>
        )),
    },
  ];
}
