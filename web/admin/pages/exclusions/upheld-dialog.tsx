import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type UnverifiedRowView, upheldAnswer } from '../../../../src/handling/exclusion/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Values {
  attribution?: 'staff' | 'window' | 'department';
  note: string;
}

/** The rating is genuine: its pending deduction will be posted. Without a tag the verifier says to whom. */
export function UpheldDialog({ rating, onDone }: { rating: UnverifiedRowView; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const uphold = useMutation({
    mutationFn: (body: Values) =>
      call(upheldAnswer, `/ratings/${rating.stepId}/${rating.assessNumber}/upheld`, { body }),
    onSuccess: async () => {
      message.success(t('exclusions.upheldDone'));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list'] });
    },
  });
  const choices = (['staff', 'window', 'department'] as const).filter(
    (one) => (one !== 'staff' || rating.staffNo !== null) && (one !== 'window' || rating.windowCode !== null),
  );
  return (
    <Modal
      open
      title={t('exclusions.upheldTitle', { record: `${rating.projectNo}-${rating.serviceNumber}` })}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      okText={t('exclusions.uphold')}
      cancelText={t('action.cancel')}
      confirmLoading={uphold.isPending}
      onOk={() => form.submit()}
    >
      <ProblemAlert error={uphold.error} />
      <p className="yp-hint">{t('exclusions.upheldEffect')}</p>
      <Form<Values> form={form} layout="vertical" onFinish={(values) => uphold.mutate(values)}>
        {rating.open ? (
          <Form.Item
            name="attribution"
            label={t('ratings.attribution')}
            extra={t('exclusions.attributionHint')}
          >
            <Radio.Group options={choices.map((value) => ({ value, label: t(`subject.${value}`) }))} />
          </Form.Item>
        ) : null}
        <Form.Item
          name="note"
          label={t('exclusions.upheldNote')}
          rules={[{ required: true, min: 4, max: 2000, message: t('exclusions.fourLetters') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
