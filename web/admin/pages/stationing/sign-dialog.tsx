import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Radio } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findingDetail } from '../../../../src/conduct/inspection/desk-contract.ts';
import { type DutyLine, STATIONING_SIGNS } from '../../../../src/conduct/stationing/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Values {
  rule: (typeof STATIONING_SIGNS)[number];
  evidence: string;
  windowCode?: string;
}

/** Records what a check of a duty has found; a second person confirms it. */
export function SignDialog({ duty, onDone }: { duty: DutyLine; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const save = useMutation({
    mutationFn: ({ rule, evidence, windowCode }: Values) => {
      const subject = windowCode
        ? { subjectKind: 'window', subjectCode: windowCode }
        : { subjectKind: 'department', subjectCode: duty.departmentCode };
      const claimedAt = dayjs().format('YYYY-MM-DD HH:mm');
      return call(findingDetail, '/findings', {
        body: { id, way: 'stationing', ...subject, rule, evidence, claimedAt },
      });
    },
    onSuccess: () => {
      message.success(t('stationing.recorded'));
      onDone();
    },
  });
  const rules = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('stationing.checkTitle', { name: duty.departmentName })}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('stationing.record')}
        </Button>
      }
    >
      <p className="yp-hint">{t('stationing.checkHint')}</p>
      <ProblemAlert error={save.error} />
      <Form<Values> form={form} layout="vertical" onFinish={(values) => save.mutate(values)}>
        <Form.Item name="rule" label={t('findings.rule')} rules={rules}>
          <Radio.Group
            options={STATIONING_SIGNS.map((value) => ({ value, label: t(`stationing.sign.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="windowCode" label={t('stationing.atWindow')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="evidence" label={t('findings.evidence')} rules={rules}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
