import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { User } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { type RoleEntered, RoleFields, roleBody } from './role-fields.tsx';

/** Gives the account another role, scope or staff number; its open sessions end. */
export function RoleForm({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (entered: RoleEntered) =>
      call(z.unknown(), `/users/${encodeURIComponent(user.id)}/role`, { body: roleBody(entered) }),
    onSuccess: async () => {
      message.success(t('users.roleChanged'));
      await cache.invalidateQueries({ queryKey: ['list', '/users'] });
      onDone();
    },
  });
  return (
    <Form<RoleEntered>
      layout="vertical"
      requiredMark={false}
      className="yp-inline-form"
      initialValues={{ role: user.role, scope: user.scope ?? '', staffNo: user.staffNo ?? '' }}
      onFinish={(entered) => change.mutate(entered)}
    >
      <ProblemAlert error={change.error} />
      <p className="yp-hint">{t('users.roleEffect', { sessions: user.sessions })}</p>
      <RoleFields />
      <div className="yp-actions">
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('users.saveRole')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
