import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { createdApiKeySchema, scopeCodeSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { SecretDialog } from '../../parts/secret-dialog.tsx';

interface Entered {
  name: string;
  scope: string;
}

/** Makes a key and shows it, once. */
export function NewKeyDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const create = useMutation({
    mutationFn: (body: Entered) => call(createdApiKeySchema, '/keys', { body }),
  });
  if (create.data) {
    const { apiKey, key } = create.data;
    return (
      <SecretDialog
        title={t('keys.created', { name: apiKey.name })}
        text={t('keys.once')}
        secret={key}
        onDone={onDone}
      />
    );
  }
  return (
    <Modal
      open
      title={t('keys.create')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={null}
    >
      <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => create.mutate(entered)}>
        <ProblemAlert error={create.error} />
        <Form.Item
          name="name"
          label={t('keys.name')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input autoFocus maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="scope"
          label={t('users.scope')}
          extra={t('keys.scopeHint')}
          rules={[
            {
              validator: async (_, value) => {
                if (!scopeCodeSchema.safeParse(value).success) throw new Error(t('users.scopeRule'));
              },
            },
          ]}
        >
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
        <div className="yp-actions yp-dialog-end">
          <Button onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {t('keys.create')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
