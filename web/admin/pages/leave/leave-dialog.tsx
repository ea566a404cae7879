import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { LeaveLine } from '../../../../src/conduct/attendance/leave-contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { useSpanText } from './leave-words.ts';

interface Props {
  row: LeaveLine;
  kind: 'approve' | 'refuse' | 'withdraw';
  onDone: () => void;
}

/** Approves a leave, refuses it or takes it back. */
export function LeaveDialog({ row, kind, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const span = useSpanText();
  const [note, setNote] = useState('');
  const run = useMutation({
    mutationFn: () =>
      kind === 'withdraw'
        ? call(z.unknown(), `/leaves/${row.id}/withdraw`, { body: { reason: note } })
        : call(z.unknown(), `/leaves/${row.id}/decision`, { body: { approve: kind === 'approve', note } }),
    onSuccess: async () => {
      message.success(t(`leave.done.${kind}`));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/leaves'] });
    },
  });
  return (
    <ConfirmDialog
      title={t(`leave.step.${kind}`)}
      verb={t(`leave.step.${kind}`)}
      busy={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate()}
      onCancel={onDone}
    >
      <Facts
        facts={[
          [t('attendance.person'), join([row.staffName, row.staffNo], ' ')],
          [t('leave.kind'), t(`leave.kinds.${row.kind}`)],
          [t('leave.days'), span(row)],
          [t('leave.cover'), join([row.coverName, row.coverStaff], ' ')],
          [t('leave.reason'), row.reason],
        ]}
      />
      <Input.TextArea
        aria-label={t(kind === 'approve' ? 'leave.note' : 'leave.why')}
        placeholder={t(kind === 'approve' ? 'leave.note' : 'leave.why')}
        rows={2}
        maxLength={300}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </ConfirmDialog>
  );
}
