import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { monthEndSchema } from '../../../../src/close/month/contract.ts';
import type { Desk } from '../../../../src/close/month/desk-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { deskName } from './month-query.ts';
import { missingFacts } from './publish-dialog.tsx';

interface Reasons {
  waiveNotice?: string;
  carryAppeals?: string;
}

/** Seals the month for good. Where the notice hasn't run its time, or appeals are open, it wants a reason. */
export function SealDialog({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<Reasons>();
  const { month, staff, windows, departments } = desk.month;
  const name = deskName(desk);
  const appeals = desk.missing.some(({ holds, count }) => holds && count > 0);
  const notice = desk.steps.find(({ step }) => step === 'notice');
  const seal = useMutation({
    // Only the reasons that were asked for have a field.
    mutationFn: (body: Reasons) =>
      call(monthEndSchema, `/months/${month}/seal`, { query: { unit: desk.unit }, body }),
    onSuccess: async () => {
      message.success(t('desk.sealed', { month: name }));
      await cache.invalidateQueries();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t('desk.sealTitle', { month: name })}
      verb={t('desk.seal')}
      busy={seal.isPending}
      error={seal.error}
      onConfirm={() => form.submit()}
      onCancel={onDone}
    >
      <p>{t('desk.sealEffect', { month: name })}</p>
      <Facts
        facts={[
          [t('desk.toBeSealed'), t('scores.subjects', { staff, windows, departments })],
          [t('desk.noticeUntil'), notice?.state === 'done' ? moment(notice.until) : null],
          ...missingFacts(desk, t),
        ]}
      />
      <Form<Reasons> form={form} layout="vertical" onFinish={(reasons) => seal.mutate(reasons)}>
        {desk.needs_waiver ? (
          <Reason name="waiveNotice" label={t('desk.waiver')} hint={t('desk.waiverHint')} />
        ) : null}
        {appeals ? <Reason name="carryAppeals" label={t('desk.carry')} hint={t('desk.carryHint')} /> : null}
      </Form>
    </ConfirmDialog>
  );
}

function Reason({ name, label, hint }: { name: keyof Reasons; label: string; hint: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={hint}
      rules={[{ required: true, whitespace: true, min: 4, message: t('desk.reasonRule') }]}
    >
      <Input.TextArea rows={2} maxLength={500} />
    </Form.Item>
  );
}
