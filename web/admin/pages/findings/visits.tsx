import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import {
  VISIT_STATES,
  type VisitLine,
  visitPage,
} from '../../../../src/conduct/inspection/visit-contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { FilterBar, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { VisitPlanForm, VisitReportForm } from './visit-forms.tsx';

const COLORS = {
  planned: 'processing',
  reported: 'warning',
  confirmed: 'success',
  cancelled: 'default',
} as const;

/** Mystery visits: a secret of those who plan them until a second person has confirmed the report. */
export function VisitsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/visits' });
  const can = useCan();
  const cache = useQueryClient();
  const [planning, setPlanning] = useState(false);
  const [reporting, setReporting] = useState<VisitLine>();
  const step = useMutation({
    mutationFn: ({ id, name }: { id: string; name: 'confirm' | 'cancel' }) =>
      call(z.undefined(), `/visits/${id}/${name}`, { method: 'POST' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['list', '/visits'] }),
  });
  const query = filtersOf(search, ['state']);
  return (
    <>
      <PageHead title={t('nav.visits')} hint={t('visits.hint')}>
        {can('visit.plan') ? (
          <Button type="primary" onClick={() => setPlanning(true)}>
            {t('visits.plan')}
          </Button>
        ) : null}
      </PageHead>
      <ProblemAlert error={step.error} />
      <FilterBar active={Object.keys(query).length > 0}>
        <SelectFilter
          name="state"
          value={search.state}
          label={t('findings.stateLabel')}
          choices={VISIT_STATES.map((value) => ({ value, label: t(`visits.state.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/visits"
        schema={visitPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t, {
          report: setReporting,
          step: (id, name) => step.mutate({ id, name }),
        })}
        rowKey={(row) => row.id}
        label={t('nav.visits')}
        empty={{ title: t('visits.empty.title'), text: t('visits.empty.text') }}
        exported={can('export.run')}
      />
      {planning ? <VisitPlanForm onDone={() => setPlanning(false)} /> : null}
      {reporting ? <VisitReportForm visit={reporting} onDone={() => setReporting(undefined)} /> : null}
    </>
  );
}

interface Deeds {
  report: (row: VisitLine) => void;
  step: (id: string, name: 'confirm' | 'cancel') => void;
}

function columns(t: TFunction, deeds: Deeds): TableColumnsType<VisitLine> {
  return [
    {
      key: 'window',
      title: t('field.window'),
      render: (_, row) => (
        <>
          {row.windowName} <span className="yp-quiet">{row.windowCode}</span>
        </>
      ),
    },
    {
      key: 'days',
      title: t('visits.days'),
      className: 'yp-nowrap',
      render: (_, row) => `${row.from} – ${row.to}`,
    },
    { key: 'purpose', title: t('visits.purpose'), dataIndex: 'purpose' },
    { key: 'visitor', title: t('visits.visitor'), render: (_, row) => row.visitor },
    { key: 'report', title: t('visits.report'), render: (_, row) => row.report },
    { key: 'findings', title: t('visits.findings'), dataIndex: 'findings', className: 'yp-num' },
    {
      key: 'state',
      title: t('findings.stateLabel'),
      render: (_, row) => (
        <>
          <Tag color={COLORS[row.state]}>{t(`visits.state.${row.state}`)}</Tag>{' '}
          {join([row.reportedBy, row.confirmedBy])}
        </>
      ),
    },
    {
      key: 'action',
      title: t('visits.action'),
      render: (_, row) => (
        <div className="yp-actions">
          {row.may.includes('report') ? (
            <Button size="small" onClick={() => deeds.report(row)}>
              {t('visits.writeReport')}
            </Button>
          ) : null}
          {row.may.includes('cancel') ? (
            <Button size="small" onClick={() => deeds.step(row.id, 'cancel')}>
              {t('visits.cancel')}
            </Button>
          ) : null}
          {row.may.includes('confirm') ? (
            <Button size="small" type="primary" onClick={() => deeds.step(row.id, 'confirm')}>
              {t('visits.confirm')}
            </Button>
          ) : null}
        </div>
      ),
    },
  ];
}
