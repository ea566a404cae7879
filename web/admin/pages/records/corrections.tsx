import { Link, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CorrectionView, correctionPage } from '../../../../src/intake/correction/contract.ts';
import { moment } from '../../format.ts';
import { FilterBar, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useCan } from '../../session.ts';
import { Change, CorrectionState } from './correction-list.tsx';
import { DecisionDialog } from './decision-dialog.tsx';

const states = ['proposed', 'approved', 'rejected'] as const;

function correctionState(text: string): (typeof states)[number] {
  return states.find((one) => one === text) ?? 'proposed';
}

/** Proposed corrections wait here for the second pair of eyes; decided ones stay readable. */
export function CorrectionsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/corrections' });
  const can = useCan();
  const [deciding, setDeciding] = useState<CorrectionView>();
  const state = search.state ?? 'proposed';
  return (
    <>
      <PageHead title={t('nav.corrections')} hint={t('corrections.hint')} />
      <FilterBar active={false}>
        <SelectFilter
          name="state"
          value={state}
          label={t('corrections.stateLabel')}
          choices={states.map((value) => ({
            value,
            label: t(`corrections.state.${value}`),
          }))}
        />
      </FilterBar>
      <List
        path="/corrections"
        schema={correctionPage}
        query={{ state }}
        cursor={search.cursor}
        columns={columns(t, can('record.approve') ? setDeciding : undefined)}
        rowKey={(row) => row.id}
        label={t('nav.corrections')}
        empty={{ title: t(`corrections.empty.${correctionState(state)}`), text: t('corrections.empty.text') }}
      />
      {deciding ? <DecisionDialog correction={deciding} onDone={() => setDeciding(undefined)} /> : null}
    </>
  );
}

function columns(t: TFunction, decide?: (row: CorrectionView) => void): TableColumnsType<CorrectionView> {
  const shown: TableColumnsType<CorrectionView> = [
    {
      key: 'record',
      title: t('field.projectNo'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/records/$stepId" params={{ stepId: row.stepId }}>
          {row.projectNo}-{row.serviceNumber}
        </Link>
      ),
    },
    { key: 'change', title: t('corrections.what'), render: (_, row) => <Change correction={row} /> },
    { key: 'reason', title: t('corrections.reason'), dataIndex: 'reason' },
    { key: 'by', title: t('corrections.proposer'), dataIndex: 'proposedBy', className: 'yp-nowrap' },
    {
      key: 'at',
      title: t('corrections.proposedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.proposedAt),
    },
    {
      key: 'state',
      title: t('corrections.stateLabel'),
      render: (_, row) => <CorrectionState state={row.state} />,
    },
    {
      key: 'decided',
      title: t('corrections.decider'),
      render: (_, row) => (
        <>
          {row.decidedBy} {moment(row.decidedAt)}
          {row.note ? <div className="yp-quiet">{row.note}</div> : null}
        </>
      ),
    },
  ];
  if (!decide) return shown;
  return [
    ...shown,
    {
      key: 'decide',
      title: t('corrections.decide'),
      render: (_, row) =>
        row.state === 'proposed' ? (
          <Button size="small" onClick={() => decide(row)}>
            {t('corrections.decide')}
          </Button>
        ) : null,
    },
  ];
}
