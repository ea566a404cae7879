import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signAnswer } from '../../../../src/intake/invitation/sign-contract.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import type { Search } from '../../search.ts';

export type SignStep = 'issue' | 'replace' | 'revoke';

interface Props {
  step: SignStep;
  windows: readonly string[];
  filter: Search;
  onDone: () => void;
}

/** Says what will happen to how many signs, and asks for the reason where one ends. */
export function SignDialog({ step, windows, filter, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const count = windows.length;
  const run = useMutation({
    mutationFn: () => {
      if (step !== 'issue') return call(signAnswer, `/signs/${step}`, { body: { windows, reason } });
      return call(signAnswer, '/signs', { body: count > 0 ? { windows } : filter });
    },
    onSuccess: async ({ done, unchanged }) => {
      message.success(t(`signs.done.${step}`, { done, unchanged }));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/signs'] });
    },
  });
  return (
    <ConfirmDialog
      title={t(`signs.dialog.${step}.title`)}
      verb={t(`signs.dialog.${step}.verb`)}
      busy={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate()}
      onCancel={onDone}
    >
      <p>{t(count > 0 ? `signs.dialog.${step}.text` : 'signs.dialog.issue.all', { count })}</p>
      {step === 'issue' ? null : (
        <Form layout="vertical">
          <Form.Item label={t('signs.reason')} htmlFor="sign-reason" required>
            <Input
              id="sign-reason"
              value={reason}
              maxLength={200}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
      )}
    </ConfirmDialog>
  );
}
