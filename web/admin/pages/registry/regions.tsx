import { Link, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type RegionView, regionLevels, regionPage } from '../../../../src/registry/region/contract.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { ImportLink } from './import-link.tsx';

/** Province, city, counties and townships by their twelve digits. */
export function RegionsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/regions' });
  const can = useCan();
  const query = filtersOf(search, ['q', 'level', 'parent']);
  return (
    <>
      <PageHead title={t('nav.regions')} hint={t('registry.regions.hint')}>
        <ImportLink kind="regions" />
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('registry.search')} />
        <SelectFilter
          name="level"
          value={search.level}
          label={t('registry.level')}
          choices={regionLevels.options.map((value) => ({ value, label: t(`regionLevel.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/registry/regions"
        schema={regionPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.code}
        label={t('nav.regions')}
        empty={{ title: t('registry.empty.title'), text: t('registry.empty.text') }}
        exported={can('export.run')}
      />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<RegionView> {
  return [
    { key: 'code', title: t('registry.code'), render: (_, row) => <code>{row.code}</code> },
    {
      key: 'name',
      title: t('registry.name'),
      render: (_, row) =>
        row.level === 'township' ? (
          row.name
        ) : (
          <Link to="/regions" search={{ parent: row.code }}>
            {row.name}
          </Link>
        ),
    },
    { key: 'level', title: t('registry.level'), render: (_, row) => t(`regionLevel.${row.level}`) },
    {
      key: 'parent',
      title: t('registry.parent'),
      render: (_, row) => (row.parentName ? `${row.parentName} ${row.parentCode ?? ''}` : ''),
    },
  ];
}
