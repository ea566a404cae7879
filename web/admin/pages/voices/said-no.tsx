import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, DatePicker, Form, Input, Modal, type TableColumnsType } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type SaidNoRow, saidNoPage } from '../../../../src/feedback/stuck-matter/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';

/** Every no that was said at a window, with its ground; never to whom. */
export function SaidNoPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/refusals' });
  const can = useCan();
  const [writing, setWriting] = useState(false);
  return (
    <>
      <PageHead title={t('nav.refusals')} hint={t('refusals.hint')}>
        {can('refusal.write') ? (
          <Button type="primary" onClick={() => setWriting(true)}>
            {t('refusals.report')}
          </Button>
        ) : null}
      </PageHead>
      <List
        path={can('refusal.read') ? '/refusals' : '/refusals/own'}
        schema={saidNoPage}
        query={{}}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.id}
        label={t('nav.refusals')}
        empty={{ title: t('refusals.empty'), text: t('refusals.hint') }}
        exported={can('refusal.read') && can('export.run')}
      />
      {writing ? <SaidNoForm onDone={() => setWriting(false)} /> : null}
    </>
  );
}

function columns(t: TFunction): TableColumnsType<SaidNoRow> {
  return [
    {
      key: 'at',
      title: t('refusals.at'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.occurredAt),
    },
    { key: 'window', title: t('field.windowCode'), render: (_, row) => row.windowCode },
    { key: 'department', title: t('field.department'), render: (_, row) => row.departmentName },
    { key: 'item', title: t('refusals.item'), render: (_, row) => row.itemName },
    { key: 'reason', title: t('refusals.reason'), render: (_, row) => row.reason },
    { key: 'ground', title: t('refusals.ground'), render: (_, row) => row.ground },
    { key: 'by', title: t('voices.recordedBy'), render: (_, row) => row.recordedBy },
  ];
}

interface Values {
  occurredAt: Dayjs;
  windowCode: string;
  itemName: string;
  reason: string;
  ground: string;
}

function SaidNoForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const save = useMutation({
    mutationFn: ({ occurredAt, ...rest }: Values) => {
      const body = { ...rest, id, occurredAt: occurredAt.format('YYYY-MM-DD HH:mm') };
      return call(z.unknown(), '/refusals', { body });
    },
    onSuccess: async () => {
      onDone();
      await cache.invalidateQueries({ queryKey: ['list'] });
    },
  });
  const rules = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('refusals.report')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="save" type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('refusals.report')}
        </Button>,
      ]}
    >
      <p className="yp-hint">{t('refusals.noNames')}</p>
      <ProblemAlert error={save.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ occurredAt: dayjs() }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="occurredAt" label={t('refusals.at')} rules={rules}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
        </Form.Item>
        <Form.Item name="windowCode" label={t('field.windowCode')} rules={rules}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="itemName" label={t('refusals.item')} rules={rules}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="reason" label={t('refusals.reason')} rules={rules}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="ground" label={t('refusals.ground')} rules={rules}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
