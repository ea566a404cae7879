import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { RecordView } from '../../../../src/intake/case/contract.ts';
import { type correctionProposal, correctionView } from '../../../../src/intake/correction/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

type Proposal = z.input<typeof correctionProposal>;

interface Props {
  record: RecordView;
  onDone: () => void;
}

/** Proposes another clerk, window or phone; it takes effect once a second person agrees. */
export function CorrectionForm({ record, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const propose = useMutation({
    mutationFn: (body: Proposal) =>
      call(correctionView, `/service-records/${record.stepId}/corrections`, { body }),
    onSuccess: async () => {
      message.success(t('corrections.proposed'));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/corrections'] });
    },
  });
  const present = { staff: record.staffNo, window: record.windowCode, mobile: null };
  return (
    <Form<Proposal>
      layout="vertical"
      className="yp-inline-form"
      initialValues={{ field: 'staff', value: '' }}
      onFinish={(body) => propose.mutate({ ...body, value: body.value ?? '' })}
    >
      <p className="yp-hint">{t('corrections.fourEyes')}</p>
      <ProblemAlert error={propose.error} />
      <Form.Item name="field" label={t('corrections.field')}>
        <Radio.Group
          options={(['staff', 'window', 'mobile'] as const).map((value) => ({
            value,
            label: t(`corrections.fields.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before, after) => before.field !== after.field}>
        {({ getFieldValue }) => {
          const field = getFieldValue('field') as Proposal['field'];
          return (
            <Form.Item
              name="value"
              label={t(`corrections.to.${field}`)}
              extra={present[field] ? t('corrections.present', { value: present[field] }) : undefined}
              rules={field === 'mobile' ? [{ required: true, message: t('form.required') }] : []}
            >
              <Input maxLength={32} autoComplete="off" />
            </Form.Item>
          );
        }}
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('corrections.reason')}
        rules={[{ required: true, min: 4, max: 500, message: t('identity.reasonRule') }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <div className="yp-actions">
        <Button type="primary" htmlType="submit" loading={propose.isPending}>
          {t('corrections.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
