import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { meSchema, type totpDisableSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { keepMe } from '../../session.ts';

type Entered = z.input<typeof totpDisableSchema>;

/** Takes the second factor away, by password and one last code. */
export function RemoveForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const remove = useMutation({
    mutationFn: (body: Entered) => call(meSchema, '/me/totp/disable', { body }),
    onSuccess: (me) => {
      keepMe(me);
      onDone();
    },
  });
  return (
    <Form<Entered> layout="vertical" requiredMark={false} onFinish={(body) => remove.mutate(body)}>
      <ProblemAlert error={remove.error} />
      <Form.Item
        name="password"
        label={t('password.current')}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('signIn.code')}
        rules={[{ required: true, pattern: /^\d{6}$/, message: t('signIn.codeRule') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form.Item>
      <Button htmlType="submit" loading={remove.isPending}>
        {t('totp.remove')}
      </Button>
    </Form>
  );
}
