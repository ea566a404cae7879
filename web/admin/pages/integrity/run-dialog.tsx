import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, DatePicker, Form, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { runAnswer } from '../../../../src/handling/integrity/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Values {
  days: [Dayjs, Dayjs];
}

/** Runs the detectors over days of one's choice, besides their nightly run. */
export function RunDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const run = useMutation({
    mutationFn: ({ days: [from, to] }: Values) =>
      call(runAnswer, '/integrity/runs', {
        body: { from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') },
      }),
    onSuccess: async ({ found, opened }) => {
      message.success(t('integrity.ran', { found, opened }));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/integrity/findings'] });
    },
  });
  const today = dayjs();
  return (
    <Modal
      open
      title={t('integrity.run')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      okText={t('integrity.runNow')}
      cancelText={t('action.cancel')}
      confirmLoading={run.isPending}
      onOk={() => form.submit()}
    >
      <ProblemAlert error={run.error} />
      <p className="yp-hint">{t('integrity.runHint')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ days: [today.startOf('month'), today] }}
        onFinish={(values) => run.mutate(values)}
      >
        <Form.Item
          name="days"
          label={t('integrity.days')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <DatePicker.RangePicker />
        </Form.Item>
      </Form>
    </Modal>
  );
}
