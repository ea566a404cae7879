import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { draftSchema } from '../../../../src/ledger/scheme/draft-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Fields {
  title: string;
  effectiveFrom: Dayjs;
  reason?: string;
}

/** Begins a draft: what it is about and from when it is to hold. Its values come afterwards. */
export function NewDraftDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const begin = useMutation({
    mutationFn: ({ title, effectiveFrom, reason }: Fields) =>
      call(draftSchema, '/scheme/drafts', {
        body: { title, effectiveFrom: effectiveFrom.format('YYYY-MM-DD'), reason, changes: [] },
      }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['drafts'] });
      await navigate({ to: '/scheme-drafts/$id', params: { id } });
    },
  });
  return (
    <Modal
      open
      title={t('draft.begin')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="cancel" onClick={onDone}>
          {t('action.cancel')}
        </Button>,
        <Button key="go" type="primary" loading={begin.isPending} onClick={() => form.submit()}>
          {t('draft.begin')}
        </Button>,
      ]}
    >
      <ProblemAlert error={begin.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        className="yp-inline-form"
        initialValues={{ effectiveFrom: dayjs().add(1, 'month').startOf('month') }}
        onFinish={(fields) => begin.mutate(fields)}
      >
        <Form.Item
          name="title"
          label={t('draft.title')}
          rules={[{ required: true, min: 2, max: 100, message: t('draft.titleRule') }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="effectiveFrom"
          label={t('draft.effectiveFrom')}
          extra={t('draft.effectiveHint')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <DatePicker allowClear={false} />
        </Form.Item>
        <Form.Item name="reason" label={t('draft.reason')}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
