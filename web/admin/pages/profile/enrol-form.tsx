import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { meSchema, totpBegunSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { keepMe } from '../../session.ts';

type Begun = z.output<typeof totpBegunSchema>;

/** Sets up the second factor: the password, then the QR code, then the first code as a proof. */
export function EnrolForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const begin = useMutation({
    mutationFn: (body: { password: string }) => call(totpBegunSchema, '/me/totp/begin', { body }),
  });
  if (begin.data) return <ProofForm begun={begin.data} onDone={onDone} />;
  return (
    <Form<{ password: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={(body) => begin.mutate(body)}
    >
      <ProblemAlert error={begin.error} />
      <Form.Item
        name="password"
        label={t('password.current')}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={begin.isPending}>
        {t('totp.begin')}
      </Button>
    </Form>
  );
}

function ProofForm({ begun, onDone }: { begun: Begun; onDone: () => void }) {
  const { t } = useTranslation();
  const confirm = useMutation({
    mutationFn: (body: { code: string }) => call(meSchema, '/me/totp/confirm', { body }),
    onSuccess: (me) => {
      keepMe(me);
      onDone();
    },
  });
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={(body) => confirm.mutate(body)}>
      <p className="yp-hint">{t('totp.scan')}</p>
      <p className="yp-qr">
        <img src={begun.qr} alt={t('totp.qr')} width={176} height={176} />
      </p>
      <p>
        {t('totp.secret')} <Typography.Text copyable>{begun.secret}</Typography.Text>
      </p>
      <ProblemAlert error={confirm.error} />
      <Form.Item
        name="code"
        label={t('signIn.code')}
        rules={[{ required: true, pattern: /^\d{6}$/, message: t('signIn.codeRule') }]}
      >
        <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={confirm.isPending}>
        {t('totp.confirm')}
      </Button>
    </Form>
  );
}
