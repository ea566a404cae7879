import { useSearch } from '@tanstack/react-router';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { calendarPage } from '../../../../src/registry/calendar/contract.ts';
import { FilterBar, SearchFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ImportLink } from './import-link.tsx';

/** Days that differ from the usual week: deadlines in working days run by them. */
export function CalendarPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/calendar' });
  // Twenty years are kept: what is asked for first is this one.
  const year = search.year ?? dayjs().format('YYYY');
  return (
    <>
      <PageHead title={t('nav.calendar')} hint={t('registry.calendar.hint')}>
        <ImportLink kind="calendar" />
      </PageHead>
      <FilterBar active={search.year !== undefined}>
        <SearchFilter name="year" value={year} label={t('registry.year')} short />
      </FilterBar>
      <List
        path="/registry/calendar"
        schema={calendarPage}
        query={{ year }}
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
