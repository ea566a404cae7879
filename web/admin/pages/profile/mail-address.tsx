import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChoiceView, choiceView } from '../../../../src/oversight/message/choice-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { CHOICE } from './choice-query.ts';

/** The reader's e-mail address: named, confirmed by the code that was sent there, taken away. */
export function MailAddress({ choice }: { choice: ChoiceView }) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  const remove = useStep('/me/address/remove');
  if (!choice.mail) return <Alert type="info" showIcon title={t('messageChoice.noMail')} />;
  return (
    <div>
      <ProblemAlert error={remove.error} />
      {choice.address === null ? null : (
        <p>
          {t('messageChoice.address')} <strong className="yp-pre">{choice.address}</strong>
        </p>
      )}
      {choice.waiting === null ? null : <CodeForm address={choice.waiting} />}
      {choice.address === null || changing ? (
        <AddressForm onDone={() => setChanging(false)} />
      ) : (
        <p className="yp-actions yp-inline-form">
          <Button onClick={() => setChanging(true)}>{t('messageChoice.change')}</Button>
          <Button loading={remove.isPending} onClick={() => remove.mutate({})}>
            {t('messageChoice.remove')}
          </Button>
        </p>
      )}
    </div>
  );
}

function useStep(path: string, onDone?: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => call(choiceView, path, { method: 'POST', body }),
    onSuccess: (choice) => {
      cache.setQueryData(CHOICE, choice);
      onDone?.();
    },
  });
}

function AddressForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const send = useStep('/me/address', onDone);
  return (
    <Form<{ address: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ address }) => send.mutate({ address: address.trim() })}
    >
      <ProblemAlert error={send.error} />
      <Form.Item
        name="address"
        label={t('messageChoice.newAddress')}
        extra={t('messageChoice.codeHint')}
        rules={[{ required: true, type: 'email', message: t('messageChoice.addressRule') }]}
      >
        <Input type="email" maxLength={200} autoComplete="email" />
      </Form.Item>
      <Button htmlType="submit" loading={send.isPending}>
        {t('messageChoice.sendCode')}
      </Button>
    </Form>
  );
}

function CodeForm({ address }: { address: string }) {
  const { t } = useTranslation();
  const confirm = useStep('/me/address/confirm');
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => confirm.mutate({ code })}
    >
      <ProblemAlert error={confirm.error} />
      <Form.Item
        name="code"
        label={t('messageChoice.code', { address })}
        rules={[{ required: true, pattern: /^\d{6}$/, message: t('messageChoice.codeRule') }]}
      >
        <Input className="yp-short" inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={confirm.isPending}>
        {t('messageChoice.confirm')}
      </Button>
    </Form>
  );
}
