import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Grid, grid, MARKS } from '../../../../src/conduct/attendance/contract.ts';
import { call } from '../../api/call.ts';
import { ExportButtons } from '../../parts/export-buttons.tsx';
import { FilterBar, SearchFilter, SelectFilter, useFilters } from '../../parts/filters.tsx';
import { useDepartments } from '../../parts/place-choices.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan } from '../../session.ts';
import { MonthSelect } from '../scores/month-select.tsx';
import { monthsQuery } from '../scores/months.ts';
import { Marks, OwnMonth } from './marks.tsx';

const PAGE = 100;

/** A person a row and a day a column; whoever sees only the own month sees a calendar. */
export function MonthView({ search }: { search: Search }) {
  const months = useQuery(monthsQuery);
  const change = useFilters();
  return (
    <Loaded query={months}>
      {(all) => {
        const month = all.find((each) => each.month === search.month) ?? all[0];
        if (month === undefined) return null;
        return (
          <>
            <Filters search={search}>
              <MonthSelect months={all} month={month} onPick={(picked) => change({ month: picked })} />
            </Filters>
            <MonthGrid month={month.month} search={search} />
          </>
        );
      }}
    </Loaded>
  );
}

function Filters({ search, children }: { search: Search; children: React.ReactNode }) {
  const { t } = useTranslation();
  const can = useCan();
  if (!can('attendance.read')) return <FilterBar active={false}>{children}</FilterBar>;
  return (
    <FilterBar active={Object.keys(filtersOf(search, ['q', 'department', 'window'])).length > 0}>
      {children}
      <SearchFilter name="q" value={search.q} label={t('attendance.person')} />
      <DepartmentFilter value={search.department} />
      <SearchFilter short name="window" value={search.window} label={t('field.windowCode')} />
    </FilterBar>
  );
}

export function DepartmentFilter({ value }: { value: string | undefined }) {
  const { t } = useTranslation();
  const departments = useDepartments();
  return <SelectFilter name="department" value={value} label={t('field.department')} choices={departments} />;
}

function MonthGrid({ month, search }: { month: string; search: Search }) {
  const { t } = useTranslation();
  const can = useCan();
  const change = useFilters();
  const path = `/attendance/months/${month}`;
  const query = filtersOf(search, ['q', 'department', 'window']);
  const found = useQuery({
    queryKey: ['attendance', month, query, search.cursor ?? ''],
    queryFn: ({ signal }) =>
      call(grid, path, { query: { ...query, cursor: search.cursor, limit: PAGE }, signal }),
  });
  return (
    <Loaded query={found}>
      {(data) => {
        const [only] = data.items;
        if (only === undefined) {
          return <Empty title={t('attendance.noMonth.title')} text={t('attendance.noMonth.text')} />;
        }
        if (!can('attendance.read')) return <OwnMonth days={data.days} line={only} />;
        return (
          <div className="yp-list">
            <div className="yp-list-head">
              <Legend />
              {can('export.run') ? <ExportButtons path={path} query={query} /> : null}
            </div>
            <Sheet data={data} label={t('attendance.view.month')} />
            <div className="yp-pager yp-actions">
              {search.cursor ? (
                <Button size="small" onClick={() => change({})}>
                  {t('list.first')}
                </Button>
              ) : null}
              {data.next ? (
                <Button size="small" onClick={() => change({ cursor: data.next ?? undefined })}>
                  {t('list.next')}
                </Button>
              ) : null}
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="yp-legend">
      {MARKS.filter((mark) => mark !== 'rest').map((mark) => (
        <li key={mark}>
          <span className={`yp-mark yp-mark-${mark}`}>{t(`attendance.sign.${mark}`)}</span>{' '}
          {t(`attendance.mark.${mark}`)}
        </li>
      ))}
    </ul>
  );
}

function Sheet({ data, label }: { data: Grid; label: string }) {
  const { t } = useTranslation();
  return (
    <Scroll label={label}>
      <table className="yp-sheet">
        <thead>
          <tr>
            <th scope="col">{t('attendance.person')}</th>
            {data.days.map(({ day, isWorkday }) => (
              <th key={day} scope="col" className={isWorkday ? '' : 'yp-off'}>
                {Number(day.slice(8))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((line) => (
            <tr key={line.staffNo}>
              <th scope="row">
                {line.name} <span className="yp-quiet">{line.staffNo}</span>
              </th>
              {line.days.map((marks, at) => (
                <td
                  key={data.days[at]?.day}
                  className={data.days[at]?.isWorkday || marks.am !== 'rest' ? '' : 'yp-off'}
                >
                  <Marks marks={marks} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
