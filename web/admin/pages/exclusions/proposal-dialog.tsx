import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { exclusionView, type RatedView } from '../../../../src/handling/exclusion/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** What has to be known of a rating. */
type Proposed = Pick<RatedView, 'stepId' | 'assessNumber' | 'projectNo' | 'serviceNumber'>;

interface Values {
  verdict: 'mistaken' | 'malicious';
  reason: string;
  evidence: string;
}

/** Proposes that a rating be taken out; nothing changes before a second person agrees. */
export function ProposalDialog({ rating, onDone }: { rating: Proposed; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const propose = useMutation({
    mutationFn: (values: Values) => {
      const { stepId, assessNumber } = rating;
      return call(exclusionView, '/exclusions', { body: { ...values, stepId, assessNumber } });
    },
    onSuccess: async ({ id }) => {
      message.success(t('exclusions.proposedDone'));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list'] });
      await navigate({ to: '/exclusions/$id', params: { id }, search: { state: 'proposed' } });
    },
  });
  const needed = [{ required: true, min: 4, max: 2000, message: t('exclusions.fourLetters') }];
  return (
    <Modal
      open
      title={t('exclusions.proposeTitle', { record: `${rating.projectNo}-${rating.serviceNumber}` })}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      okText={t('exclusions.propose')}
      cancelText={t('action.cancel')}
      confirmLoading={propose.isPending}
      onOk={() => form.submit()}
    >
      <ProblemAlert error={propose.error} />
      <p className="yp-hint">{t('exclusions.twoPeople')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ verdict: 'mistaken' }}
        onFinish={(values) => propose.mutate(values)}
      >
        <Form.Item name="verdict" label={t('exclusions.verdict')}>
          <Radio.Group
            options={(['mistaken', 'malicious'] as const).map((value) => ({
              value,
              label: t(`verdict.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="reason" label={t('exclusions.reason')} rules={needed}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item
          name="evidence"
          label={t('exclusions.evidence')}
          extra={t('exclusions.evidenceHint')}
          rules={needed}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
