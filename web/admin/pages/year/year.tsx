import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { subjectKindSchema } from '../../../../src/close/statement/contract.ts';
import { type YearPage as Answer, yearPageSchema } from '../../../../src/close/year/contract.ts';
import { IDENTITIES } from '../../../../src/kernel/assessment.ts';
import { call } from '../../api/call.ts';
import { FilterBar, SearchFilter, SelectFilter, useFilters } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Loaded } from '../../parts/states.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan } from '../../session.ts';
import { monthsQuery } from '../scores/months.ts';
import { useYearColumns } from './year-columns.tsx';

/** A year of staff, windows or departments. */
export function YearPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/year' });
  const months = useQuery(monthsQuery);
  return (
    <>
      <PageHead title={t('nav.year')} hint={t('year.hint')} />
      <Loaded query={months}>
        {(all) => {
          const newest =
            (all.find(({ closed_at: at }) => at !== null) ?? all[0])?.month.slice(0, 4) ?? '2026';
          return <Year year={search.year ?? newest} search={search} />;
        }}
      </Loaded>
    </>
  );
}

function Year({ year, search }: { year: string; search: Search }) {
  const { t } = useTranslation();
  const can = useCan();
  const subject = subjectKindSchema.catch('staff').parse(search.subject);
  const filters = filtersOf(search, ['q', 'identity', 'result']);
  const head = useQuery({
    queryKey: ['year-head', year, subject],
    queryFn: ({ signal }) => call(yearPageSchema, `/years/${year}`, { query: { subject, limit: 1 }, signal }),
  });
  const final = head.data?.final ?? false;
  const columns = useYearColumns(subject, year, final);
  return (
    <>
      <Filters year={year} years={head.data?.years ?? [Number(year)]} subject={subject} search={search} />
      {head.data ? <Head head={head.data} staff={subject === 'staff'} /> : null}
      <List
        path={`/years/${year}`}
        schema={yearPageSchema}
        query={{ ...filters, subject, sort: search.sort, order: search.order }}
        cursor={search.cursor}
        columns={columns}
        rowKey={(row) => row.subject_code}
        label={t('nav.year')}
        empty={{ title: t('year.empty.title'), text: t('year.empty.text') }}
        exported={can('export.run')}
        sorting={{ sort: search.sort ?? 'mean', order: search.order === 'asc' ? 'asc' : 'desc' }}
      />
    </>
  );
}

interface FiltersProps {
  year: string;
  years: readonly number[];
  subject: 'staff' | 'window' | 'department';
  search: Search;
}

function Filters({ year, years, subject, search }: FiltersProps) {
  const { t } = useTranslation();
  const change = useFilters();
  const filters = filtersOf(search, ['q', 'identity', 'result']);
  return (
    <FilterBar active={Object.keys(filters).length > 0}>
      <Select
        aria-label={t('year.year')}
        value={year}
        style={{ minWidth: 96 }}
        options={years.map((one) => ({ value: String(one), label: String(one) }))}
        onChange={(picked) => change({ year: picked })}
      />
      <Segmented
        value={subject}
        aria-label={t('year.subject')}
        options={subjectKindSchema.options.map((value) => ({ value, label: t(`subject.${value}`) }))}
        onChange={(value) => change({ subject: value, identity: undefined, result: undefined })}
      />
      <SearchFilter name="q" value={search.q} label={t('year.search')} />
      {subject === 'staff' ? (
        <>
          <SelectFilter
            name="identity"
            value={search.identity}
            label={t('year.identity')}
            choices={IDENTITIES.map((value) => ({ value, label: t(`identityGroup.${value}`) }))}
          />
          <SelectFilter
            name="result"
            value={search.result}
            label={t('year.result')}
            choices={[
              { value: 'excellent', label: t('year.excellent') },
              { value: 'not_excellent', label: t('year.notExcellent') },
            ]}
          />
        </>
      ) : null}
    </FilterBar>
  );
}

/** How far the year has come, and the places of each group. */
function Head({ head, staff }: { head: Answer; staff: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="yp-quiet yp-month-line">{t(head.final ? 'year.final' : 'year.provisional')}</p>
      {staff && head.groups.length > 0 ? (
        <details className="yp-block">
          <summary>{t('year.groups')}</summary>
          <Scroll label={t('year.groups')}>
            <table className="yp-lines">
              <thead>
                <tr>
                  <th scope="col">{t('year.unit')}</th>
                  <th scope="col">{t('year.group')}</th>
                  <th scope="col" className="yp-num">
                    {t('year.people')}
                  </th>
                  <th scope="col" className="yp-num">
                    {t('year.places')}
                  </th>
                  <th scope="col" className="yp-num">
                    {t('year.taken')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {head.groups.map((group) => (
                  <tr key={`${group.unit_code}/${group.identity}`}>
                    <td>{group.unit_name}</td>
                    <td>{t(`identityGroup.${group.identity}`)}</td>
                    <td className="yp-num">{group.people}</td>
                    <td className="yp-num">{group.places}</td>
                    <td className="yp-num">{group.taken}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <p className="yp-quiet">{t('year.sources', head.sources)}</p>
        </details>
      ) : null}
    </>
  );
}
