import { useSearch } from '@tanstack/react-router';
import { Button, Segmented, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  LEAVE_KINDS,
  LEAVE_STATES,
  type LeaveLine,
  leavePage,
} from '../../../../src/conduct/attendance/leave-contract.ts';
import { join } from '../../format.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter, useFilters } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan, useMe } from '../../session.ts';
import { DepartmentFilter } from '../attendance/month.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { LeaveForm } from './leave-form.tsx';
import { LEAVE_COLORS, useSpanText } from './leave-words.ts';
import { OwnLeaves } from './own-leaves.tsx';

interface Step {
  row: LeaveLine;
  kind: 'approve' | 'refuse' | 'withdraw';
}

/** The own leave, and that of the others for whom one decides. */
export function LeavesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/leave' });
  const can = useCan();
  const { staffNo } = useMe();
  const change = useFilters();
  const span = useSpanText();
  const [writing, write] = useState(false);
  const [step, take] = useState<Step>();
  const keys = ['state', 'kind', 'staff', 'department', 'from', 'to', 'own'];
  const filters = filtersOf(search, keys);
  const mayWrite = (can('leave.ask') && staffNo !== null) || can('leave.enter');
  return (
    <>
      <PageHead title={t('nav.leaves')} hint={t('leave.hint')}>
        {staffNo === null ? null : (
          <Segmented
            aria-label={t('leave.whose')}
            value={search.own === '1' ? 'own' : 'all'}
            options={(['all', 'own'] as const).map((value) => ({ value, label: t(`leave.${value}`) }))}
            onChange={(chosen) => change({ own: chosen === 'own' ? '1' : undefined })}
          />
        )}
        {mayWrite ? (
          <Button type="primary" onClick={() => write(true)}>
            {t(can('leave.enter') ? 'leave.enter' : 'leave.ask')}
          </Button>
        ) : null}
      </PageHead>
      <Filters search={search} active={Object.keys(filters).length > 0} />
      {can('leave.read') ? (
        <List
          path="/leaves"
          schema={leavePage}
          query={filters}
          cursor={search.cursor}
          columns={columns(t, span, take)}
          rowKey={(row) => row.id}
          label={t('nav.leaves')}
          empty={{ title: t('leave.empty.title'), text: t('leave.empty.text') }}
          exported={can('export.run')}
        />
      ) : (
        <OwnLeaves
          query={search.cursor ? { ...filters, cursor: search.cursor } : filters}
          actions={(row) => <Actions row={row} take={take} />}
        />
      )}
      {writing ? <LeaveForm onDone={() => write(false)} /> : null}
      {step ? <LeaveDialog {...step} onDone={() => take(undefined)} /> : null}
    </>
  );
}

function Filters({ search, active }: { search: Search; active: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <FilterBar active={active}>
      {can('leave.read') ? (
        <>
          <SearchFilter name="staff" value={search.staff} label={t('attendance.person')} />
          <DepartmentFilter value={search.department} />
        </>
      ) : null}
      <SelectFilter
        name="state"
        value={search.state}
        label={t('leave.stateLabel')}
        choices={LEAVE_STATES.map((value) => ({ value, label: t(`leave.state.${value}`) }))}
      />
      <SelectFilter
        name="kind"
        value={search.kind}
        label={t('leave.kind')}
        choices={LEAVE_KINDS.map((value) => ({ value, label: t(`leave.kinds.${value}`) }))}
      />
      <DayRangeFilter
        {...(search.from ? { from: search.from } : {})}
        {...(search.to ? { to: search.to } : {})}
        labels={[t('list.from'), t('list.to')]}
      />
    </FilterBar>
  );
}

function columns(
  t: TFunction,
  span: (row: LeaveLine) => string,
  take: (step: Step) => void,
): TableColumnsType<LeaveLine> {
  return [
    {
      key: 'staff',
      title: t('attendance.person'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.staffName} <span className="yp-quiet">{row.staffNo}</span>
        </>
      ),
    },
    {
      key: 'kind',
      title: t('leave.kind'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {t(`leave.kinds.${row.kind}`)} {row.onPaper ? <Tag>{t('leave.onPaper')}</Tag> : null}
        </>
      ),
    },
    {
      key: 'days',
      title: t('leave.days'),
      render: (_, row) => (
        <>
          {span(row)} <span className="yp-quiet">{t('leave.halves', { count: row.halves })}</span>
        </>
      ),
    },
    {
      key: 'cover',
      title: t('leave.cover'),
      className: 'yp-nowrap',
      render: (_, row) => join([row.coverName, row.coverStaff], ' '),
    },
    { key: 'reason', title: t('leave.reason'), dataIndex: 'reason' },
    {
      key: 'state',
      title: t('leave.stateLabel'),
      render: (_, row) => (
        <>
          <Tag color={LEAVE_COLORS[row.state]}>{t(`leave.state.${row.state}`)}</Tag>
          <span className="yp-quiet">
            {join([row.withdrawnBy ?? row.decidedBy, row.withdrawalReason ?? row.note])}
          </span>
        </>
      ),
    },
    {
      key: 'action',
      title: t('attendance.action'),
      className: 'yp-nowrap',
      render: (_, row) => <Actions row={row} take={take} />,
    },
  ];
}

function Actions({ row, take }: { row: LeaveLine; take: (step: Step) => void }) {
  const { t } = useTranslation();
  const kinds = [
    ...(row.mayDecide ? (['approve', 'refuse'] as const) : []),
    ...(row.mayWithdraw ? (['withdraw'] as const) : []),
  ];
  return (
    <div className="yp-actions">
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="small"
          type={kind === 'approve' ? 'primary' : 'default'}
          onClick={() => take({ row, kind })}
        >
          {t(`leave.step.${kind}`)}
        </Button>
      ))}
    </div>
  );
}
