import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { meSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { keepMe } from '../../session.ts';

interface Entered {
  current: string;
  next: string;
  again: string;
}

/** The own password, changed by who knows the present one. What a new one must hold, the server says. */
export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Entered>();
  const change = useMutation({
    mutationFn: ({ current, next }: Entered) => call(meSchema, '/me/password', { body: { current, next } }),
    onSuccess: (me) => {
      form.resetFields();
      keepMe(me);
      onDone();
    },
  });
  const required = { required: true, message: t('form.required') };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(entered) => change.mutate(entered)}
    >
      <ProblemAlert error={change.error} />
      <Form.Item name="current" label={t('password.current')} rules={[required]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="next" label={t('password.next')} extra={t('password.rule')} rules={[required]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['next']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value && value !== getFieldValue('next')) throw new Error(t('password.differ'));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('password.change')}
      </Button>
    </Form>
  );
}
