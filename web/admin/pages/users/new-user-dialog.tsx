import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { usernameSchema, userWithPasswordSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { SecretDialog } from '../../parts/secret-dialog.tsx';
import { type RoleEntered, RoleFields, roleBody } from './role-fields.tsx';

interface Entered extends RoleEntered {
  username: string;
  name: string;
}

/** Opens an account and shows its one-time password, once. */
export function NewUserDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const create = useMutation({
    mutationFn: (entered: Entered) =>
      call(userWithPasswordSchema, '/users', {
        body: { username: entered.username, name: entered.name.trim(), ...roleBody(entered) },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['list', '/users'] }),
  });
  if (create.data) {
    const { user, password } = create.data;
    return (
      <SecretDialog
        title={t('users.created', { name: user.username })}
        text={t('users.passwordOnce')}
        secret={password}
        onDone={onDone}
      />
    );
  }
  return (
    <Modal
      open
      title={t('users.create')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={null}
    >
      <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => create.mutate(entered)}>
        <ProblemAlert error={create.error} />
        <Form.Item
          name="username"
          label={t('users.username')}
          rules={[
            {
              validator: async (_, value) => {
                if (!usernameSchema.safeParse(value).success) throw new Error(t('users.usernameRule'));
              },
            },
          ]}
        >
          <Input autoFocus maxLength={30} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('users.name')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <RoleFields />
        <div className="yp-actions yp-dialog-end">
          <Button onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {t('users.create')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
