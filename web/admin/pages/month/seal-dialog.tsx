import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthEndSchema } from '../../../../src/close/month/contract.ts';
import type { Desk } from '../../../../src/close/month/desk-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { missingFacts } from './publish-dialog.tsx';

/** Seals the month for good. Where the notice hasn't run its time, or appeals are open, it wants a reason. */
export function SealDialog({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [waiver, setWaiver] = useState('');
  const [carry, setCarry] = useState('');
  const { month, staff, windows, departments } = desk.month;
  const appeals = desk.missing.some(({ holds, count }) => holds && count > 0);
  const notice = desk.steps.find(({ step }) => step === 'notice');
  const seal = useMutation({
    mutationFn: () =>
      call(monthEndSchema, `/months/${month}/seal`, {
        body: {
          ...(desk.needs_waiver ? { waiveNotice: waiver } : {}),
          ...(appeals ? { carryAppeals: carry } : {}),
        },
      }),
    onSuccess: async () => {
      message.success(t('desk.sealed', { month }));
      await cache.invalidateQueries();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t('desk.sealTitle', { month })}
      verb={t('desk.seal')}
      danger
      busy={seal.isPending}
      error={seal.error}
      onConfirm={() => seal.mutate()}
      onCancel={onDone}
    >
      <p>{t('desk.sealEffect', { month })}</p>
      <Facts
        facts={[
          [t('desk.toBeSealed'), t('scores.subjects', { staff, windows, departments })],
          [t('desk.noticeUntil'), notice?.state === 'done' ? moment(notice.until) : null],
          ...missingFacts(desk, t),
        ]}
      />
      <Form layout="vertical">
        {desk.needs_waiver ? (
          <Form.Item label={t('desk.waiver')} extra={t('desk.waiverHint')} required>
            <Input.TextArea
              rows={2}
              maxLength={500}
              aria-label={t('desk.waiver')}
              value={waiver}
              onChange={(event) => setWaiver(event.target.value)}
            />
          </Form.Item>
        ) : null}
        {appeals ? (
          <Form.Item label={t('desk.carry')} extra={t('desk.carryHint')} required>
            <Input.TextArea
              rows={2}
              maxLength={500}
              aria-label={t('desk.carry')}
              value={carry}
              onChange={(event) => setCarry(event.target.value)}
            />
          </Form.Item>
        ) : null}
      </Form>
    </ConfirmDialog>
  );
}
