import { useMutation } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import {
  type Me,
  meSchema,
  signInAnswerSchema,
  type signInSchema,
  type signInTotpSchema,
} from '../../../src/oversight/access/contract.ts';
import { call } from '../api/call.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { keepMe } from '../session.ts';
import { Gate } from '../shell/gate.tsx';

type Credentials = z.input<typeof signInSchema>;

/** Name and password, then the code of the second factor where there is one. */
export function SignInPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/sign-in' });
  const [needsCode, setNeedsCode] = useState(false);
  const enter = useEnter(search.next);
  return (
    <Gate title={t('signIn.title')} hint={needsCode ? t('signIn.codeHint') : t('signIn.hint')}>
      {search.ended && !needsCode ? (
        <Alert className="yp-alert" type="info" showIcon title={t('signIn.ended')} />
      ) : null}
      {needsCode ? (
        <CodeForm onEnter={enter} onBack={() => setNeedsCode(false)} />
      ) : (
        <PasswordForm onEnter={enter} onCode={() => setNeedsCode(true)} />
      )}
    </Gate>
  );
}

/** Goes where the reader wanted to go, if that is a place of this office. */
function useEnter(next: string | undefined): (me: Me) => void {
  const router = useRouter();
  return (me) => {
    keepMe(me);
    const wanted =
      next?.startsWith('/') && !next.startsWith('//') ? next.replace(/^\/admin(?=\/|$)/, '') : '/';
    void router.navigate({ href: `/admin${wanted === '' ? '/' : wanted}` });
  };
}

function PasswordForm({ onEnter, onCode }: { onEnter: (me: Me) => void; onCode: () => void }) {
  const { t } = useTranslation();
  const signIn = useMutation({
    mutationFn: (body: Credentials) => call(signInAnswerSchema, '/sign-in', { body }),
    onSuccess: (answer) => (answer.step === 'totp' ? onCode() : onEnter(answer.me)),
  });
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(body) => signIn.mutate(body)}>
      <ProblemAlert error={signIn.error} />
      <Form.Item name="username" label={t('signIn.username')} rules={required}>
        <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={100} />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={required}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t('signIn.go')}
      </Button>
    </Form>
  );
}

function CodeForm({ onEnter, onBack }: { onEnter: (me: Me) => void; onBack: () => void }) {
  const { t } = useTranslation();
  const confirm = useMutation({
    mutationFn: async (body: z.input<typeof signInTotpSchema>) => {
      const answer = await call(signInAnswerSchema, '/sign-in/totp', { body });
      return answer.step === 'signed_in' ? answer.me : call(meSchema, '/me');
    },
    onSuccess: onEnter,
  });
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={(body) => confirm.mutate(body)}>
      <ProblemAlert error={confirm.error} />
      <Form.Item
        name="code"
        label={t('signIn.code')}
        rules={[{ required: true, pattern: /^\d{6}$/, message: t('signIn.codeRule') }]}
      >
        <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form.Item>
      <div className="yp-actions">
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t('signIn.confirm')}
        </Button>
        <Button onClick={onBack}>{t('signIn.back')}</Button>
      </div>
    </Form>
  );
}
