import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { VisitLine } from '../../../../src/conduct/inspection/visit-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Plan {
  windowCode: string;
  days: [Dayjs, Dayjs];
  purpose: string;
  visitor: string;
}

/** Plans a visit that the hall doesn't hear of. */
export function VisitPlanForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Plan>();
  const [id] = useState(() => crypto.randomUUID());
  const { save, footer } = useSaving(onDone, form.submit, t('visits.plan'));
  const rules = [{ required: true, message: t('form.required') }];
  return (
    <Frame title={t('visits.plan')} onDone={onDone} footer={footer}>
      <p className="yp-hint">{t('visits.secret')}</p>
      <ProblemAlert error={save.error} />
      <Form<Plan>
        form={form}
        layout="vertical"
        initialValues={{ days: [dayjs(), dayjs().add(7, 'day')] }}
        onFinish={({ days: [from, to], ...rest }) =>
          save.mutate({
            path: '/visits',
            body: { ...rest, id, from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') },
          })
        }
      >
        <Form.Item name="windowCode" label={t('field.windowCode')} rules={rules}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="days" label={t('visits.days')} rules={rules}>
          <DatePicker.RangePicker />
        </Form.Item>
        <Form.Item name="purpose" label={t('visits.purpose')} rules={rules}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Form.Item name="visitor" label={t('visits.visitor')} rules={rules}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      </Form>
    </Frame>
  );
}

/** Reports a visit, also when all was well. */
export function VisitReportForm({ visit, onDone }: { visit: VisitLine; onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ report: string }>();
  const { save, footer } = useSaving(onDone, form.submit, t('visits.writeReport'));
  return (
    <Frame title={t('visits.writeReport')} onDone={onDone} footer={footer}>
      <p className="yp-hint">{t('visits.reportHint')}</p>
      <ProblemAlert error={save.error} />
      <Form
        form={form}
        layout="vertical"
        onFinish={(body) => save.mutate({ path: `/visits/${visit.id}/report`, body })}
      >
        <Form.Item
          name="report"
          label={t('visits.report')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input.TextArea rows={5} maxLength={2000} />
        </Form.Item>
      </Form>
    </Frame>
  );
}

function useSaving(onDone: () => void, submit: () => void, label: string) {
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: ({ path, body }: { path: string; body: object }) => call(z.undefined(), path, { body }),
    onSuccess: async () => {
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/visits'] });
    },
  });
  const footer = (
    <Button type="primary" loading={save.isPending} onClick={submit}>
      {label}
    </Button>
  );
  return { save, footer };
}

interface FrameProps {
  title: string;
  onDone: () => void;
  footer: ReactNode;
  children: ReactNode;
}

function Frame({ title, onDone, footer, children }: FrameProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={footer}
    >
      {children}
    </Modal>
  );
}
