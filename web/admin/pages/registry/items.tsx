import { Link, useSearch } from '@tanstack/react-router';
import { type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type ItemView, itemPage, promises } from '../../../../src/registry/service-item/contract.ts';
import { ExportButtons } from '../../parts/export-buttons.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { ImportLink } from './import-link.tsx';

const types = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '20', '99'] as const;

/** The service items with their types and promised times. */
export function ItemsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/items' });
  const can = useCan();
  const query = filtersOf(search, ['q', 'department', 'type', 'promise']);
  return (
    <>
      <PageHead title={t('nav.items')} hint={t('registry.items.hint')}>
        <ImportLink kind="items" />
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('registry.search')} />
        <SelectFilter
          name="type"
          value={search.type}
          label={t('registry.type')}
          choices={types.map((value) => ({ value, label: t(`itemType.${value}`) }))}
        />
        <SelectFilter
          name="promise"
          value={search.promise}
          label={t('registry.promise')}
          choices={promises.options.map((value) => ({ value, label: t(`promise.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/registry/items"
        schema={itemPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.code}
        label={t('nav.items')}
        empty={{ title: t('registry.empty.title'), text: t('registry.empty.text') }}
        exported={can('export.run')}
      />
      {can('export.run') ? (
        <div className="yp-actions">
          <span className="yp-quiet">{t('registry.items.materials')}</span>
          <ExportButtons path="/registry/materials" query={{}} />
          <span className="yp-quiet">{t('registry.items.steps')}</span>
          <ExportButtons path="/registry/item-steps" query={{}} />
        </div>
      ) : null}
    </>
  );
}

function columns(t: TFunction): TableColumnsType<ItemView> {
  const typeName = (type: string) => {
    const known = types.find((each) => each === type);
    return known ? t(`itemType.${known}`) : type;
  };
  return [
    { key: 'name', title: t('field.taskName'), width: 320, dataIndex: 'name' },
    {
      key: 'code',
      title: t('field.taskCode'),
      render: (_, row) => (
        <>
          <code>{row.code}</code> {row.otherOwner ? <Tag>{t('registry.otherOwner')}</Tag> : null}
        </>
      ),
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
      key: 'type',
      title: t('registry.type'),
      className: 'yp-nowrap',
      render: (_, row) => typeName(row.type),
    },
    {
      key: 'promise',
      title: t('registry.promise'),
      className: 'yp-nowrap',
      render: (_, row) =>
        row.promisedDays === null
          ? t(`promise.${row.promise}`)
          : t('records.days', { count: row.promisedDays }),
    },
    {
      key: 'ratable',
      title: t('registry.ratable'),
      render: (_, row) => t(row.ratable ? 'registry.yes' : 'registry.no'),
    },
  ];
}
