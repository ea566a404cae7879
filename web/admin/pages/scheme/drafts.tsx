import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Table, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftRow, DraftState, SchemeVersion } from '../../../../src/ledger/scheme/draft-contract.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { draftsQuery } from './draft-queries.ts';
import { NewDraftDialog } from './new-draft-dialog.tsx';

/** Drafts of the scheme and the versions that came of them. */
export function DraftsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(draftsQuery());
  const [beginning, setBeginning] = useState(false);
  const begin = can('scheme.write') ? (
    <Button type="primary" onClick={() => setBeginning(true)}>
      {t('draft.begin')}
    </Button>
  ) : null;
  return (
    <>
      <PageHead title={t('nav.drafts')} hint={t('draft.listHint')}>
        {begin}
      </PageHead>
      <Loaded query={query}>
        {({ items, versions }) => (
          <div className="yp-stack">
            <Block title={t('draft.list')}>
              {items.length === 0 ? (
                <Empty title={t('draft.empty.title')} text={t('draft.empty.text')} />
              ) : (
                <Table<DraftRow>
                  aria-label={t('draft.list')}
                  size="small"
                  columns={draftColumns(t)}
                  dataSource={items}
                  rowKey={(row) => row.id}
                  pagination={false}
                  scroll={{ x: 'max-content' }}
                />
              )}
            </Block>
            <Block title={t('draft.versions')}>
              <Table<SchemeVersion>
                aria-label={t('draft.versions')}
                size="small"
                columns={versionColumns(t)}
                dataSource={versions}
                rowKey={(row) => row.effective_from}
                pagination={false}
                scroll={{ x: 'max-content' }}
              />
            </Block>
          </div>
        )}
      </Loaded>
      {beginning ? <NewDraftDialog onDone={() => setBeginning(false)} /> : null}
    </>
  );
}

function draftColumns(t: TFunction): TableColumnsType<DraftRow> {
  return [
    {
      key: 'title',
      title: t('draft.title'),
      render: (_, row) => (
        <Link to="/scheme-drafts/$id" params={{ id: row.id }}>
          {row.title}
        </Link>
      ),
    },
    { key: 'state', title: t('draft.state'), render: (_, row) => <DraftStateTag state={row.state} /> },
    {
      key: 'from',
      title: t('draft.effectiveFrom'),
      dataIndex: 'effective_from',
      className: 'yp-nowrap',
    },
    { key: 'changes', title: t('draft.changes'), dataIndex: 'changes', className: 'yp-num', align: 'right' },
    {
      key: 'changed',
      title: t('draft.changed'),
      className: 'yp-nowrap',
      render: (_, row) => `${row.changed_by} ${moment(row.changed_at)}`,
    },
    { key: 'proposed', title: t('draft.proposer'), dataIndex: 'proposed_by' },
    {
      key: 'decided',
      title: t('draft.decider'),
      className: 'yp-nowrap',
      render: (_, row) => (row.decided_by ? `${row.decided_by} ${moment(row.decided_at)}` : ''),
    },
  ];
}

function versionColumns(t: TFunction): TableColumnsType<SchemeVersion> {
  return [
    {
      key: 'from',
      title: t('draft.effectiveFrom'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/scheme" search={{ on: row.effective_from }}>
          {row.effective_from}
        </Link>
      ),
    },
    { key: 'name', title: t('draft.name'), dataIndex: 'name' },
    { key: 'by', title: t('draft.proposer'), dataIndex: 'proposed_by' },
    {
      key: 'approved',
      title: t('draft.approver'),
      render: (_, row) => row.approved_by ?? t('draft.installed'),
    },
    {
      key: 'at',
      title: t('draft.recordedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.recorded_at),
    },
    {
      key: 'hash',
      title: t('receipt.schemeHash'),
      render: (_, row) => <code title={row.hash}>{row.hash.slice(0, 16)}</code>,
    },
  ];
}

const colors = {
  draft: 'default',
  proposed: 'processing',
  in_force: 'success',
  rejected: 'warning',
  withdrawn: 'default',
} as const;

export function DraftStateTag({ state }: { state: DraftState }) {
  const { t } = useTranslation();
  return <Tag color={colors[state]}>{t(`draft.states.${state}`)}</Tag>;
}
