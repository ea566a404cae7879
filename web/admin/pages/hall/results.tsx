import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, Button, Input, Modal, Table, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type WaitingResult, waitingResult } from '../../../../src/intake/approval/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { CaseState } from './case-words.tsx';
import { caseQuery, desksQuery, refresh, resultsQuery } from './hall-query.ts';
import { SlipLink } from './slip-link.tsx';

/** The issuing window: results that wait, handed out once or given to the mail. */
export function ResultsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/results' });
  const query = useQuery(resultsQuery(search.q));
  const [mailed, setMailed] = useState<string>();
  const [done, setDone] = useState<string>();
  const give = useHandOut((projectNo) => {
    setMailed(undefined);
    setDone(projectNo);
  });
  return (
    <>
      <PageHead title={t('nav.results')} hint={t('hall.resultsHint')} />
      <FilterBar active={search.q !== undefined}>
        <SearchFilter name="q" value={search.q} label={t('hall.searchCase')} />
      </FilterBar>
      <ProblemAlert error={give.error} />
      {done ? <HandedOut projectNo={done} /> : null}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('hall.noResults')} text={t('hall.resultsHint')} />
          ) : (
            <Table<WaitingResult>
              aria-label={t('nav.results')}
              size="small"
              pagination={items.length > 50 ? { pageSize: 50 } : false}
              scroll={{ x: 'max-content' }}
              rowKey="projectNo"
              dataSource={items}
              columns={columns(
                t,
                (projectNo) => give.mutate({ projectNo, way: 'counter' }),
                (projectNo) => setMailed(projectNo),
              )}
            />
          )
        }
      </Loaded>
      {mailed ? (
        <MailForm
          onDone={() => setMailed(undefined)}
          onSend={(parcel) => give.mutate({ projectNo: mailed, way: 'mail', parcel })}
        />
      ) : null}
    </>
  );
}

function useHandOut(onDone: (projectNo: string) => void) {
  const cache = useQueryClient();
  const desks = useQuery(desksQuery);
  return useMutation({
    mutationFn: ({ projectNo, ...rest }: { projectNo: string; way: 'counter' | 'mail'; parcel?: string }) => {
      // The issuing window, where whoever sits here also has another one.
      const all = desks.data?.items ?? [];
      const window = (all.find(({ kind }) => kind === 'issue') ?? all[0])?.code ?? '';
      const path = `/results/${encodeURIComponent(projectNo)}/hand-out`;
      return call(waitingResult, path, { body: { window, ...rest } });
    },
    onSuccess: ({ projectNo }) => onDone(projectNo),
    onSettled: () => refresh(cache),
  });
}

function HandedOut({ projectNo }: { projectNo: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(caseQuery(projectNo));
  const line = data?.course.at(-1);
  return (
    <Alert
      className="yp-alert"
      type="success"
      role="status"
      showIcon
      title={
        <>
          {t('hall.handedOut', { projectNo })}{' '}
          {line?.slip ? <SlipLink projectNo={projectNo} number={line.number} /> : null}
        </>
      }
    />
  );
}

function MailForm({ onDone, onSend }: { onDone: () => void; onSend: (parcel: string) => void }) {
  const { t } = useTranslation();
  const [parcel, setParcel] = useState('');
  return (
    <Modal
      open
      title={t('hall.mail')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="send" type="primary" disabled={parcel.trim() === ''} onClick={() => onSend(parcel)}>
          {t('hall.mail')}
        </Button>,
      ]}
    >
      <Input
        aria-label={t('hall.parcel')}
        placeholder={t('hall.parcel')}
        value={parcel}
        maxLength={60}
        autoComplete="off"
        onChange={(event) => setParcel(event.target.value)}
      />
    </Modal>
  );
}

function columns(
  t: TFunction,
  give: (projectNo: string) => void,
  mail: (projectNo: string) => void,
): TableColumnsType<WaitingResult> {
  return [
    { key: 'project', title: t('field.projectNo'), className: 'yp-nowrap', dataIndex: 'projectNo' },
    { key: 'item', title: t('field.taskName'), dataIndex: 'itemName' },
    { key: 'department', title: t('field.department'), dataIndex: 'departmentName' },
    { key: 'state', title: t('hall.stateLabel'), render: (_, row) => <CaseState state={row.state} /> },
    {
      key: 'decided',
      title: t('hall.decidedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.decidedAt),
    },
    {
      key: 'give',
      fixed: 'right',
      title: t('hall.handOut'),
      render: (_, row) => (
        <div className="yp-actions">
          <Button size="small" type="primary" onClick={() => give(row.projectNo)}>
            {t('hall.handOut')}
          </Button>
          <Button size="small" onClick={() => mail(row.projectNo)}>
            {t('hall.mail')}
          </Button>
        </div>
      ),
    },
  ];
}
