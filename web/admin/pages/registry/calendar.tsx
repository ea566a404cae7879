import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { calendarPage } from '../../../../src/registry/calendar/contract.ts';
import { FilterBar, SearchFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { ImportLink } from './import-link.tsx';

/** Days that differ from the usual week: deadlines in working days run by them. */
export function CalendarPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/calendar' });
  const query = filtersOf(search, ['year']);
  return (
    <>
      <PageHead title={t('nav.calendar')} hint={t('registry.calendar.hint')}>
        <ImportLink kind="calendar" />
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="year" value={search.year} label={t('registry.year')} short />
      </FilterBar>
      <List
        path="/registry/calendar"
        schema={calendarPage}
        query={query}
        cursor={search.cursor}
        columns={[
          { key: 'day', title: t('receipt.date'), dataIndex: 'day' },
          { key: 'kind', title: t('registry.kind'), render: (_, row) => t(`dayKind.${row.kind}`) },
          { key: 'name', title: t('registry.name'), dataIndex: 'name' },
        ]}
        rowKey={(row) => row.day}
        label={t('nav.calendar')}
        empty={{ title: t('registry.empty.title'), text: t('registry.empty.text') }}
      />
    </>
  );
}
