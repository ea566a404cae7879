import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MeritLine } from '../../../../src/conduct/merit/contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** Lets the second person confirm a merit or turn it down. */
export function MeritDialog({ merit, onDone }: { merit: MeritLine; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<{ note?: string }>();
  const decide = useMutation({
    mutationFn: (confirm: boolean) =>
      call(z.undefined(), `/merits/${encodeURIComponent(merit.id)}/decision`, {
        body: { confirm, note: form.getFieldValue('note') ?? '' },
      }),
    onSuccess: async (_, confirm) => {
      message.success(t(`merits.done.${confirm ? 'confirmed' : 'rejected'}`));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/merits'] });
    },
  });
  const button = (confirm: boolean) => (
    <Button
      key={String(confirm)}
      type={confirm ? 'primary' : 'default'}
      loading={decide.isPending && decide.variables === confirm}
      onClick={() => decide.mutate(confirm)}
    >
      {t(`merits.${confirm ? 'confirm' : 'reject'}`)}
    </Button>
  );
  return (
    <Modal
      open
      title={t('merits.title', { id: merit.id })}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[button(false), button(true)]}
    >
      <ProblemAlert error={decide.error} />
      <Facts
        facts={[
          [t('merits.staff'), join([merit.staffName, merit.staffNo], ' ')],
          [t('merits.rule'), t(`merits.rules.${merit.rule}`)],
          [t('merits.occurredOn'), merit.occurredOn],
          [t('merits.evidence'), merit.evidence],
          [t('merits.recordedBy'), merit.recordedBy],
        ]}
      />
      <p className="yp-hint">{t('merits.effect')}</p>
      <Form form={form} layout="vertical" className="yp-inline-form">
        <Form.Item name="note" label={t('merits.note')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
