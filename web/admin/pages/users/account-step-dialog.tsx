import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type User, userWithPasswordSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { SecretDialog } from '../../parts/secret-dialog.tsx';

export type AccountStep = 'disable' | 'enable' | 'reset' | 'end-sessions';

const resetAnswer = userWithPasswordSchema.pick({ password: true });

/** Says what the step does to this person, takes a reason, then does it. */
export function AccountStepDialog({
  user,
  step,
  onDone,
}: {
  user: User;
  step: AccountStep;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<{ reason?: string }>();
  const run = useMutation({
    mutationFn: async () => {
      const options = { body: { reason: form.getFieldValue('reason')?.trim() || undefined } };
      const path = `/users/${encodeURIComponent(user.id)}/${step}`;
      if (step === 'reset') return (await call(resetAnswer, path, options)).password;
      await call(z.unknown(), path, options);
      return undefined;
    },
    onSuccess: async (password) => {
      await cache.invalidateQueries({ queryKey: ['list', '/users'] });
      if (password !== undefined) return;
      message.success(t(`users.steps.${step}.done`));
      onDone();
    },
  });
  if (run.data) {
    return (
      <SecretDialog
        title={t('users.steps.reset.done')}
        text={t('users.passwordOnce')}
        secret={run.data}
        onDone={onDone}
      />
    );
  }
  return (
    <ConfirmDialog
      title={t(`users.steps.${step}.title`, { name: user.name })}
      verb={t(`users.steps.${step}.verb`)}
      busy={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate()}
      onCancel={onDone}
    >
      <p>{t(`users.steps.${step}.effect`, { sessions: user.sessions })}</p>
      <Form form={form} layout="vertical">
        <Form.Item name="reason" label={t('users.reason')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </ConfirmDialog>
  );
}
