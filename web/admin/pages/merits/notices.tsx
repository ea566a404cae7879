import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Modal, Table } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type MeritNotice,
  meritNotice,
  meritPublished,
} from '../../../../src/conduct/merit/claim-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';

/** The published list of a month: names masked. The office publishes what is confirmed. */
export function Notices({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const cache = useQueryClient();
  const [month, setMonth] = useState(() => dayjs().format('YYYY-MM'));
  const queryKey = ['merit-notices', month];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(meritNotice, '/merit-notices', { query: { month }, signal }),
  });
  const publish = useMutation({
    mutationFn: () => call(meritPublished, '/merit-notices', { body: { month } }),
    onSuccess: async ({ published }) => {
      message.success(t('merits.published', { count: published }));
      await cache.invalidateQueries({ queryKey });
    },
  });
  return (
    <Modal
      open
      width={720}
      title={t('merits.notices')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={
        can('merit.publish') ? (
          <Button type="primary" loading={publish.isPending} onClick={() => publish.mutate()}>
            {t('merits.publish')}
          </Button>
        ) : null
      }
    >
      <p className="yp-hint">{t('merits.noticesHint')}</p>
      <ProblemAlert error={query.error ?? publish.error} />
      <DatePicker
        picker="month"
        allowClear={false}
        aria-label={t('merits.month')}
        value={dayjs(`${month}-01`)}
        onChange={(chosen) => setMonth((chosen ?? dayjs()).format('YYYY-MM'))}
      />
      <Table<MeritNotice['items'][number]>
        aria-label={t('merits.notices')}
        size="small"
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: t('merits.noNotices') }}
        rowKey={(row) => row.id}
        dataSource={query.data?.items ?? []}
        columns={[
          { key: 'name', title: t('merits.staff'), dataIndex: 'name' },
          { key: 'department', title: t('field.department'), dataIndex: 'departmentName' },
          { key: 'rule', title: t('merits.rule'), render: (_, row) => t(`merits.rules.${row.rule}`) },
          { key: 'quantity', title: t('merits.quantity'), dataIndex: 'quantity', className: 'yp-num' },
          { key: 'day', title: t('merits.occurredOn'), dataIndex: 'occurredOn' },
        ]}
      />
    </Modal>
  );
}
