import { useQueryClient } from '@tanstack/react-query';
import { Button, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CLOCK_RULES,
  type ClockFinding,
  FINDING_STATES,
  findingPage,
} from '../../../../src/conduct/attendance/contract.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan } from '../../session.ts';
import { DecisionDialog, ProtestDialog } from './finding-dialogs.tsx';
import { DepartmentFilter } from './month.tsx';
import { OwnFindings } from './own-findings.tsx';
import { STATE_COLORS } from './state-colors.ts';

type Step = { kind: 'protest'; row: ClockFinding } | { kind: 'confirm' | 'withdraw'; ids: string[] };

/** What the clock says by rule: for its subject to protest against, for a second person to confirm. */
export function FindingsView({ search }: { search: Search }) {
  const { t } = useTranslation();
  const can = useCan();
  const cache = useQueryClient();
  const [step, take] = useState<Step>();
  const [chosen, choose] = useState<string[]>([]);
  const filters = filtersOf(search, ['state', 'rule', 'subject', 'department', 'from', 'to']);
  const mayConfirm = can('attendance.confirm');
  const done = async () => {
    take(undefined);
    choose([]);
    await cache.invalidateQueries({ queryKey: ['list', '/attendance/findings'] });
  };
  return (
    <>
      <Filters search={search} active={Object.keys(filters).length > 0} />
      {mayConfirm && chosen.length > 0 ? (
        <div className="yp-actions yp-inline-form">
          <Button type="primary" onClick={() => take({ kind: 'confirm', ids: chosen })}>
            {t('attendance.confirmMany', { count: chosen.length })}
          </Button>
          <Button onClick={() => take({ kind: 'withdraw', ids: chosen })}>
            {t('attendance.withdrawMany', { count: chosen.length })}
          </Button>
        </div>
      ) : null}
      {can('attendance.read') ? (
        <List
          path="/attendance/findings"
          schema={findingPage}
          query={filters}
          cursor={search.cursor}
          columns={columns(t, take)}
          rowKey={(row) => row.id}
          label={t('attendance.view.findings')}
          empty={{ title: t('attendance.noFindings.title'), text: t('attendance.noFindings.text') }}
          exported={can('export.run')}
          {...(mayConfirm
            ? {
                selection: {
                  keys: chosen,
                  onChange: choose,
                  label: (row: ClockFinding) =>
                    t('attendance.choose', { name: row.subjectName ?? row.subjectCode, day: row.day }),
                },
              }
            : {})}
        />
      ) : (
        <OwnFindings
          query={search.cursor ? { ...filters, cursor: search.cursor } : filters}
          protest={(row) => take({ kind: 'protest', row })}
        />
      )}
      {step?.kind === 'protest' ? (
        <ProtestDialog finding={step.row} onDone={done} onCancel={() => take(undefined)} />
      ) : null}
      {step && step.kind !== 'protest' ? (
        <DecisionDialog
          ids={step.ids}
          confirm={step.kind === 'confirm'}
          onDone={done}
          onCancel={() => take(undefined)}
        />
      ) : null}
    </>
  );
}

function Filters({ search, active }: { search: Search; active: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <FilterBar active={active}>
      {can('attendance.read') ? (
        <>
          <SearchFilter name="subject" value={search.subject} label={t('attendance.subject')} />
          <DepartmentFilter value={search.department} />
        </>
      ) : null}
      <SelectFilter
        name="state"
        value={search.state}
        label={t('attendance.stateLabel')}
        choices={FINDING_STATES.map((value) => ({ value, label: t(`attendance.state.${value}`) }))}
      />
      <SelectFilter
        name="rule"
        value={search.rule}
        label={t('attendance.rule')}
        choices={CLOCK_RULES.map((value) => ({ value, label: t(`attendance.rules.${value}`) }))}
      />
      <DayRangeFilter
        {...(search.from ? { from: search.from } : {})}
        {...(search.to ? { to: search.to } : {})}
        labels={[t('list.from'), t('list.to')]}
      />
    </FilterBar>
  );
}

function columns(t: TFunction, take: (step: Step) => void): TableColumnsType<ClockFinding> {
  return [
    {
      key: 'subject',
      title: t('attendance.subject'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.subjectName} <span className="yp-quiet">{row.subjectCode}</span>
        </>
      ),
    },
    {
      key: 'rule',
      title: t('attendance.rule'),
      className: 'yp-nowrap',
      render: (_, row) => t(`attendance.rules.${row.rule}`),
    },
    { key: 'evidence', title: t('attendance.evidence'), dataIndex: 'evidence' },
    {
      key: 'state',
      title: t('attendance.stateLabel'),
      render: (_, row) => (
        <>
          <Tag color={STATE_COLORS[row.state]}>{t(`attendance.state.${row.state}`)}</Tag>
          {row.overtaken ? <Tag color="warning">{t('attendance.overtaken')}</Tag> : null}
          <span className="yp-quiet">
            {row.state === 'proposed' ? t('attendance.until', { day: row.protestUntil }) : null}
            {row.decidedBy} {row.note}
          </span>
        </>
      ),
    },
    {
      key: 'protest',
      title: t('attendance.protest'),
      render: (_, row) =>
        row.protest ? t('attendance.protestOf', { by: row.protestedBy ?? '', text: row.protest }) : null,
    },
    {
      key: 'action',
      title: t('attendance.action'),
      className: 'yp-nowrap',
      render: (_, row) => <FindingActions row={row} take={take} />,
    },
  ];
}

function FindingActions({ row, take }: { row: ClockFinding; take: (step: Step) => void }) {
  const { t } = useTranslation();
  return (
    <div className="yp-actions">
      {row.mayProtest ? (
        <Button size="small" type="primary" onClick={() => take({ kind: 'protest', row })}>
          {t('attendance.protestStep')}
        </Button>
      ) : null}
      {row.mayConfirm ? (
        <Button size="small" onClick={() => take({ kind: 'confirm', ids: [row.id] })}>
          {t('attendance.confirm')}
        </Button>
      ) : null}
      {row.mayWithdraw ? (
        <Button size="small" onClick={() => take({ kind: 'withdraw', ids: [row.id] })}>
          {t('attendance.withdraw')}
        </Button>
      ) : null}
    </div>
  );
}
