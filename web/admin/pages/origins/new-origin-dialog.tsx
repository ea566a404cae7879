import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { embedOriginList } from '../../../../src/intake/invitation/origin-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Entered {
  origin: string;
  keyName?: string;
  note: string;
}

/** Lets a site frame rating pages. */
export function NewOriginDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const add = useMutation({
    mutationFn: (body: Entered) => call(embedOriginList, '/embed-origins', { body }),
    onSuccess: onDone,
  });
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('origins.add')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={null}
    >
      <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => add.mutate(entered)}>
        <ProblemAlert error={add.error} />
        <Form.Item name="origin" label={t('origins.origin')} extra={t('origins.originHint')} rules={required}>
          <Input autoFocus maxLength={200} autoComplete="off" placeholder="https://portal.example.gov.cn" />
        </Form.Item>
        <Form.Item name="keyName" label={t('origins.key')} extra={t('origins.keyHint')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="note" label={t('origins.note')} extra={t('origins.noteHint')} rules={required}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <div className="yp-actions yp-dialog-end">
          <Button onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t('origins.add')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
