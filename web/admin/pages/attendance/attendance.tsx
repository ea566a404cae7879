import { useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useCan } from '../../session.ts';
import { ClockView } from './clock.tsx';
import { FindingsView } from './findings.tsx';
import { MonthView } from './month.tsx';
import { ShiftsView } from './shifts.tsx';

const VIEWS = ['month', 'findings', 'clock', 'shifts'] as const;

/** The clock: the month as it was, what it says against somebody, the files, and the hours. */
export function AttendancePage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/attendance' });
  const change = useFilters();
  const can = useCan();
  const open = VIEWS.filter((view) => {
    if (view === 'clock') return can('attendance.write');
    return view !== 'shifts' || can('attendance.read');
  });
  const view = open.find((one) => one === search.view) ?? 'month';
  return (
    <>
      <PageHead
        title={t('nav.attendance')}
        hint={t(can('attendance.read') ? `attendance.hint.${view}` : 'attendance.hint.own')}
      >
        <Segmented
          aria-label={t('attendance.views')}
          value={view}
          options={open.map((value) => ({ value, label: t(`attendance.view.${value}`) }))}
          onChange={(chosen) => change({ view: chosen === 'month' ? undefined : chosen })}
        />
      </PageHead>
      {view === 'month' ? <MonthView search={search} /> : null}
      {view === 'findings' ? <FindingsView search={search} /> : null}
      {view === 'clock' ? <ClockView /> : null}
      {view === 'shifts' ? <ShiftsView /> : null}
    </>
  );
}
