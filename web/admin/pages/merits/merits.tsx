import { useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MERIT_RULES, type MeritLine, meritPage } from '../../../../src/conduct/merit/contract.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { ClaimDialog } from './claim-dialog.tsx';
import { MeritDialog } from './merit-dialog.tsx';
import { Notices } from './notices.tsx';

const COLORS = { open: 'processing', confirmed: 'success', rejected: 'default' } as const;

/** Merits that wait for a second person, and what became of the others. */
export function MeritsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/merits' });
  const [chosen, choose] = useState<MeritLine>();
  const [opened, open] = useState<'claim' | 'notices'>();
  const can = useCan();
  const filters = filtersOf(search, ['state', 'rule', 'staff']);
  const shown = Object.keys(filters).length > 0 ? filters : can('merit.confirm') ? { state: 'open' } : {};
  return (
    <>
      <PageHead title={t('nav.merits')} hint={t('merits.hint')}>
        <Button onClick={() => open('notices')}>{t('merits.notices')}</Button>
        {can('merit.claim') ? (
          <Button type="primary" onClick={() => open('claim')}>
            {t('merits.claim')}
          </Button>
        ) : null}
      </PageHead>
      <FilterBar active={Object.keys(filters).length > 0}>
        <SearchFilter short name="staff" value={search.staff} label={t('merits.staff')} />
        <SelectFilter
          name="state"
          value={shown.state}
          label={t('merits.stateLabel')}
          choices={(['open', 'confirmed', 'rejected'] as const).map((value) => ({
            value,
            label: t(`merits.state.${value}`),
          }))}
        />
        <SelectFilter
          name="rule"
          value={search.rule}
          label={t('merits.rule')}
          choices={MERIT_RULES.map((value) => ({ value, label: t(`merits.rules.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/merits"
        schema={meritPage}
        query={shown}
        cursor={search.cursor}
        columns={columns(t, choose)}
        rowKey={(row) => row.id}
        label={t('nav.merits')}
        empty={{ title: t('merits.empty.title'), text: t('merits.empty.text') }}
        exported={can('export.run')}
      />
      {opened === 'claim' ? <ClaimDialog onDone={() => open(undefined)} /> : null}
      {opened === 'notices' ? <Notices onDone={() => open(undefined)} /> : null}
      {chosen ? <MeritDialog merit={chosen} onDone={() => choose(undefined)} /> : null}
    </>
  );
}

function columns(t: TFunction, choose: (row: MeritLine) => void): TableColumnsType<MeritLine> {
  return [
    {
      key: 'staff',
      title: t('merits.staff'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.staffName} <span className="yp-quiet">{row.staffNo}</span>
        </>
      ),
    },
    {
      key: 'rule',
      title: t('merits.rule'),
      className: 'yp-nowrap',
      render: (_, row) => t(`merits.rules.${row.rule}`),
    },
    { key: 'quantity', title: t('merits.quantity'), dataIndex: 'quantity', className: 'yp-num' },
    { key: 'day', title: t('merits.occurredOn'), dataIndex: 'occurredOn', className: 'yp-nowrap' },
    { key: 'evidence', title: t('merits.evidence'), dataIndex: 'evidence' },
    {
      key: 'by',
      title: t('merits.recordedBy'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.recordedBy} <span className="yp-quiet">{moment(row.recordedAt)}</span>
        </>
      ),
    },
    {
      key: 'opinion',
      title: t('merits.opinion'),
      render: (_, row) => (row.opinion ? t(`merits.opinions.${row.opinion}`) : row.claimed ? '—' : ''),
    },
    {
      key: 'state',
      title: t('merits.stateLabel'),
      render: (_, row) => (
        <>
          <Tag color={COLORS[row.state]}>{t(`merits.state.${row.state}`)}</Tag> {row.decidedBy} {row.note}
        </>
      ),
    },
    {
      key: 'action',
      title: t('merits.action'),
      className: 'yp-nowrap',
      render: (_, row) =>
        row.mayDecide || row.mayOpine || row.claimed ? (
          <Button size="small" onClick={() => choose(row)}>
            {t(row.mayDecide ? 'merits.decide' : row.mayOpine ? 'merits.opine' : 'merits.open')}
          </Button>
        ) : null,
    },
  ];
}
