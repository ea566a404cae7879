import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Table, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RobotView, robotList, robotTested } from '../../../../src/oversight/message/robot-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { reachable } from '../../parts/reachable.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { RobotDialog } from './robot-dialog.tsx';

const KEY = ['robots'];

/** Group robots of DingTalk and WeCom: what each tells, of which part of the hall, and whether it works. */
export function RobotsPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [editing, edit] = useState<RobotView | 'new'>();
  const [removing, remove] = useState<RobotView>();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call(robotList, '/robots', { signal }),
  });
  const test = useTest();
  const add = (
    <Button type="primary" onClick={() => edit('new')}>
      {t('robots.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('nav.robots')} hint={t('robots.hint')}>
        <Link to="/deliveries">{t('nav.deliveries')}</Link>
        {add}
      </PageHead>
      <ProblemAlert error={test.error} />
      <Loaded query={query}>
        {({ items }) => (
          <div className="yp-list" ref={reachable}>
            {items.length === 0 ? (
              <Empty title={t('robots.empty.title')} text={t('robots.empty.text')} />
            ) : (
              <Table<RobotView>
                aria-label={t('nav.robots')}
                size="small"
                pagination={false}
                scroll={{ x: 'max-content' }}
                rowKey="id"
                dataSource={items}
                columns={columns(t, { test: (row) => test.mutate(row.id), edit, remove })}
              />
            )}
          </div>
        )}
      </Loaded>
      {editing === undefined ? null : (
        <RobotDialog
          robot={editing === 'new' ? undefined : editing}
          onDone={(list) => {
            if (list) cache.setQueryData(KEY, list);
            edit(undefined);
          }}
        />
      )}
      {removing ? <RemoveDialog robot={removing} onDone={() => remove(undefined)} /> : null}
    </>
  );
}

function useTest() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(robotTested, `/robots/${id}/test`, { method: 'POST' }),
    onSuccess: ({ accepted, code }) => {
      if (accepted) void message.success(t('robots.tested'));
      else void message.error(t('robots.testFailed', { code: code ?? '' }));
      void cache.invalidateQueries({ queryKey: KEY });
    },
  });
}

interface Steps {
  test: (row: RobotView) => void;
  edit: (row: RobotView) => void;
  remove: (row: RobotView) => void;
}

function columns(t: TFunction, { test, edit, remove }: Steps): TableColumnsType<RobotView> {
  return [
    {
      key: 'name',
      title: t('robots.name'),
      render: (_, row) => (
        <>
          {row.name} <Tag>{t(`robots.providers.${row.provider}`)}</Tag>
        </>
      ),
    },
    { key: 'scope', title: t('users.scope'), render: (_, row) => row.scope ?? t('profile.wholeCity') },
    {
      key: 'groups',
      title: t('robots.groups'),
      render: (_, row) =>
        row.groups.map((group) => t(`messages.groups.${group as 'order'}`)).join(t('robots.comma')),
    },
    {
      key: 'address',
      title: t('robots.address'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          <code>{row.address}</code> {row.signed ? t('robots.signed') : ''}
        </>
      ),
    },
    {
      key: 'state',
      title: t('robots.state'),
      render: (_, row) => (
        <>
          <StateTag on={row.enabled} />{' '}
          {row.lastError === null ? null : (
            <span className="yp-danger">
              {t('robots.failed', { code: row.lastError, at: moment(row.lastErrorAt) })}
            </span>
          )}
          {row.lastError === null && row.sentAt !== null ? (
            <span className="yp-quiet">{t('robots.sent', { at: moment(row.sentAt) })}</span>
          ) : null}
        </>
      ),
    },
    {
      key: 'steps',
      title: t('robots.steps'),
      render: (_, row) => <RowSteps row={row} steps={{ test, edit, remove }} />,
    },
  ];
}

function StateTag({ on }: { on: boolean }) {
  const { t } = useTranslation();
  return <Tag color={on ? 'success' : 'default'}>{t(on ? 'robots.on' : 'robots.off')}</Tag>;
}

function RowSteps({ row, steps: { test, edit, remove } }: { row: RobotView; steps: Steps }) {
  const { t } = useTranslation();
  return (
    <span className="yp-actions">
      <Button
        size="small"
        aria-label={t('robots.testOne', { name: row.name })}
        disabled={!row.enabled}
        onClick={() => test(row)}
      >
        {t('robots.test')}
      </Button>
      <Button size="small" aria-label={t('robots.editOne', { name: row.name })} onClick={() => edit(row)}>
        {t('robots.edit')}
      </Button>
      <Button size="small" aria-label={t('robots.removeOne', { name: row.name })} onClick={() => remove(row)}>
        {t('robots.remove')}
      </Button>
    </span>
  );
}

function RemoveDialog({ robot, onDone }: { robot: RobotView; onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call(robotList, `/robots/${robot.id}/remove`, { method: 'POST' }),
    onSuccess: (list) => {
      cache.setQueryData(KEY, list);
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t('robots.removeTitle')}
      verb={t('robots.remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onDone}
    >
      <p>{t('robots.removeText', { name: robot.name })}</p>
    </ConfirmDialog>
  );
}
