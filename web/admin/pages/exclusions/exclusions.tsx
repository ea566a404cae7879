import { Link, Outlet, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ExclusionRowView,
  exclusionPage,
  type RatedView,
  type UnverifiedRowView,
  unverifiedPage,
} from '../../../../src/handling/exclusion/contract.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { RatingLink } from '../../parts/rating-link.tsx';
import { Level, RatingTags } from '../../parts/rating-words.tsx';
import { StandIn } from '../../parts/stand-in.tsx';
import { useCan } from '../../session.ts';
import { ExclusionState } from './exclusion-words.tsx';
import { ProposalDialog } from './proposal-dialog.tsx';
import { UpheldDialog } from './upheld-dialog.tsx';
import { WaitingSteps } from './waiting-steps.tsx';

const states = ['waiting', 'proposed', 'approved', 'rejected', 'withdrawn'] as const;
type State = (typeof states)[number];

/** The verification desk: bad ratings that wait for a verdict, and what is proposed to be taken out. */
export function ExclusionsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/exclusions' });
  const state: State = states.find((one) => one === search.state) ?? 'waiting';
  return (
    <>
      <PageHead title={t('nav.exclusions')} hint={t('exclusions.hint')}>
        <StandIn />
      </PageHead>
      <FilterBar active={search.q !== undefined}>
        <SelectFilter
          name="state"
          value={state}
          label={t('exclusions.stateLabel')}
          choices={states.map((value) => ({ value, label: t(`exclusions.states.${value}`) }))}
        />
        <SearchFilter name="q" value={search.q} label={t('records.search')} />
      </FilterBar>
      {state === 'waiting' ? <Waiting q={search.q} cursor={search.cursor} /> : <Proposals state={state} />}
      <Outlet />
    </>
  );
}

function Waiting({ q, cursor }: { q: string | undefined; cursor: string | undefined }) {
  const { t } = useTranslation();
  const can = useCan();
  const [upholding, setUpholding] = useState<UnverifiedRowView>();
  const [proposing, setProposing] = useState<UnverifiedRowView>();
  const steps: TableColumnsType<UnverifiedRowView> = [
    {
      key: 'steps',
      title: t('exclusions.steps'),
      render: (_, row) => <WaitingSteps row={row} uphold={setUpholding} exclude={setProposing} />,
    },
  ];
  return (
    <>
      <List
        path="/unverified-ratings"
        schema={unverifiedPage}
        query={{ q }}
        cursor={cursor}
        columns={[
          ...ratedColumns<UnverifiedRowView>(t, (row) => row),
          ...(can('exclusion.propose') ? steps : []),
        ]}
        rowKey={(row) => row.stepId}
        label={t('exclusions.states.waiting')}
        empty={{ title: t('exclusions.empty.waiting'), text: t('exclusions.empty.text') }}
      />
      {upholding ? <UpheldDialog rating={upholding} onDone={() => setUpholding(undefined)} /> : null}
      {proposing ? <ProposalDialog rating={proposing} onDone={() => setProposing(undefined)} /> : null}
    </>
  );
}

function Proposals({ state }: { state: Exclude<State, 'waiting'> }) {
  const { t } = useTranslation();
  const { q, cursor } = useSearch({ from: '/office/exclusions' });
  return (
    <List
      path="/exclusions"
      schema={exclusionPage}
      query={{ state, q }}
      cursor={cursor}
      columns={proposalColumns(t)}
      rowKey={(row) => row.id}
      label={t('nav.exclusions')}
      empty={{ title: t('exclusions.empty.proposals'), text: t('exclusions.empty.text') }}
    />
  );
}

/** What a rating is about, in the columns that both lists share. */
function ratedColumns<Row>(t: TFunction, of: (row: Row) => RatedView): TableColumnsType<Row> {
  return [
    {
      key: 'record',
      title: t('field.projectNo'),
      className: 'yp-nowrap',
      render: (_, row) => {
        const { stepId, assessNumber, projectNo, serviceNumber } = of(row);
        const text = `${projectNo}-${serviceNumber}`;
        return <RatingLink stepId={stepId} assessNumber={assessNumber} text={text} />;
      },
    },
    { key: 'task', title: t('field.taskName'), render: (_, row) => of(row).taskName },
    {
      key: 'at',
      title: t('ratings.at'),
      className: 'yp-nowrap',
      render: (_, row) => moment(of(row).assessedAt),
    },
    { key: 'window', title: t('field.window'), render: (_, row) => of(row).windowCode },
    { key: 'staff', title: t('field.staff'), render: (_, row) => of(row).staffNo },
    {
      key: 'level',
      title: t('ratings.level'),
      render: (_, row) => (
        <>
          <Level level={of(row).satisfaction} /> <RatingTags tags={of(row).tags} />
        </>
      ),
    },
  ];
}

function proposalColumns(t: TFunction): TableColumnsType<ExclusionRowView> {
  return [
    ...ratedColumns<ExclusionRowView>(t, ({ rating }) => rating),
    {
      key: 'verdict',
      title: t('exclusions.verdict'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/exclusions/$id" params={{ id: row.id }} search={true}>
          {t('exclusions.asWhat', { verdict: t(`verdict.${row.verdict}`) })}
        </Link>
      ),
    },
    { key: 'reason', title: t('exclusions.reason'), dataIndex: 'reason' },
    {
      key: 'by',
      title: t('exclusions.proposer'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {row.proposedBy}
          <div className="yp-quiet">{moment(row.proposedAt)}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('exclusions.stateLabel'),
      render: (_, row) => <ExclusionState state={row.state} />,
    },
  ];
}
