import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { deskVoiceView } from '../../../../src/handling/resolution/desk-contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Values {
  staffNo: string;
  evidence: string;
}

/** Praise of somebody, proposed as a merit that another person confirms. */
export function VoicePraise({ id }: { id: string }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const send = useMutation({
    mutationFn: (body: Values) => call(deskVoiceView, `/voices/${id}/praise`, { body }),
    onSuccess: () => form.resetFields(),
  });
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Block title={t('voices.praise')}>
      <Form<Values>
        form={form}
        name="praise"
        layout="vertical"
        className="yp-inline-form"
        onFinish={(values) => send.mutate(values)}
      >
        <p className="yp-hint" role="status">
          {t(send.isSuccess ? 'voices.praiseSent' : 'voices.praiseHint')}
        </p>
        <ProblemAlert error={send.error} />
        <Form.Item name="staffNo" label={t('voices.praiseStaff')} rules={required}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="evidence" label={t('voices.praiseEvidence')} rules={required}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('voices.proposePraise')}
        </Button>
      </Form>
    </Block>
  );
}
