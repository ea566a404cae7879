import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { App, Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type DrawLine, drawCheck, drawPage } from '../../../../src/feedback/follow-up/contract.ts';
import { call, download } from '../../api/call.ts';
import { count, moment } from '../../format.ts';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';

/** The weekly draws, each with what it takes to repeat it. */
export function CallDrawsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/call-draws' });
  const can = useCan();
  const { message } = App.useApp();
  const check = useMutation({
    mutationFn: (week: string) => call(drawCheck, `/call-draws/${week}/check`, { body: {} }),
    onSuccess: ({ week, reproduced, sampled }) =>
      reproduced
        ? message.success(t('callDraws.reproduced', { week, count: sampled }))
        : message.error(t('callDraws.differs', { week })),
  });
  const list = useMutation({ mutationFn: (week: string) => download(`/call-draws/${week}/list`, {}) });
  const action: TableColumnsType<DrawLine>[number] = {
    key: 'action',
    title: t('callDraws.action'),
    render: (_, { week }) => (
      <div className="yp-actions">
        <Button
          size="small"
          loading={check.isPending && check.variables === week}
          onClick={() => check.mutate(week)}
        >
          {t('callDraws.check')}
        </Button>
        {can('export.run') ? (
          <Button size="small" loading={list.isPending} onClick={() => list.mutate(week)}>
            {t('callDraws.list')}
          </Button>
        ) : null}
      </div>
    ),
  };
  return (
    <>
      <PageHead title={t('nav.callDraws')} hint={t('callDraws.hint')}>
        <Button href="/public/call-backs" target="_blank">
          {t('callDraws.public')}
        </Button>
      </PageHead>
      <ProblemAlert error={check.error ?? list.error} />
      <List
        path="/call-draws"
        schema={drawPage}
        query={{}}
        cursor={search.cursor}
        columns={[...columns(t), action]}
        rowKey={(row) => row.week}
        label={t('nav.callDraws')}
        empty={{ title: t('callDraws.empty.title'), text: t('callDraws.empty.text') }}
      />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<DrawLine> {
  const number = (key: 'finished' | 'others' | 'unreachable' | 'listed' | 'sampled') => ({
    key,
    title: t(`callDraws.${key}`),
    className: 'yp-num',
    render: (_: unknown, row: DrawLine) => count(row[key]),
  });
  return [
    { key: 'week', title: t('callDraws.week'), dataIndex: 'week', className: 'yp-nowrap' },
    {
      key: 'drawnAt',
      title: t('callDraws.drawnAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.drawnAt),
    },
    number('finished'),
    number('others'),
    number('unreachable'),
    number('listed'),
    number('sampled'),
    {
      key: 'seed',
      title: t('callDraws.seed'),
      render: (_, row) => <code className="yp-hash">{row.seed}</code>,
    },
    {
      key: 'hash',
      title: t('callDraws.listHash'),
      render: (_, row) => <code className="yp-hash">{row.listHash}</code>,
    },
  ];
}
