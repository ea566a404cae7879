import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** Somebody told the staff that no more messages are wanted. */
export function StopForm() {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ phone: string }>();
  const stop = useMutation({
    mutationFn: (body: { phone: string }) => call(z.undefined(), '/sms-opt-outs', { method: 'POST', body }),
    onSuccess: () => form.resetFields(),
  });
  return (
    <Block title={t('sms.stop.title')}>
      <p className="yp-quiet">{t('sms.stop.hint')}</p>
      <ProblemAlert error={stop.error} />
      {stop.isSuccess ? (
        <Alert className="yp-alert" type="success" showIcon title={t('sms.stop.done')} />
      ) : null}
      <Form
        form={form}
        layout="vertical"
        className="yp-inline-form yp-narrow"
        requiredMark={false}
        onFinish={(body) => stop.mutate(body)}
      >
        <Form.Item
          name="phone"
          label={t('sms.stop.phone')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input inputMode="tel" autoComplete="off" maxLength={20} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={stop.isPending}>
          {t('sms.stop.button')}
        </Button>
      </Form>
    </Block>
  );
}
