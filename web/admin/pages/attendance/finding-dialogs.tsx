import { useMutation } from '@tanstack/react-query';
import { Alert, App, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type ClockFinding, findingDecided } from '../../../../src/conduct/attendance/contract.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';

interface Ends {
  onDone: () => void;
  onCancel: () => void;
}

/** What speaks against a finding, in the words of whom it is about. */
export function ProtestDialog({ finding, onDone, onCancel }: Ends & { finding: ClockFinding }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () =>
      call(z.unknown(), `/attendance/findings/${encodeURIComponent(finding.id)}/protest`, { body: { text } }),
    onSuccess: () => {
      message.success(t('attendance.protestDone'));
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t('attendance.protestStep')}
      verb={t('attendance.protestSend')}
      busy={send.isPending}
      error={send.error}
      onConfirm={() => send.mutate()}
      onCancel={onCancel}
    >
      <p>{finding.evidence}</p>
      <p className="yp-hint">{t('attendance.protestHint', { day: finding.protestUntil })}</p>
      <Input.TextArea
        aria-label={t('attendance.protestText')}
        placeholder={t('attendance.protestText')}
        rows={4}
        maxLength={1000}
        showCount
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </ConfirmDialog>
  );
}

/** Confirms findings or withdraws them, many at once; those that can't be are named. */
export function DecisionDialog({
  ids,
  confirm,
  onDone,
  onCancel,
}: Ends & { ids: readonly string[]; confirm: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: () => call(findingDecided, '/attendance/decisions', { body: { ids, confirm, note } }),
    onSuccess: ({ done, left }) => {
      if (done > 0)
        message.success(t(`attendance.done.${confirm ? 'confirmed' : 'withdrawn'}`, { count: done }));
      if (left.length === 0) onDone();
    },
  });
  const left = decide.data?.left ?? [];
  return (
    <ConfirmDialog
      title={t(confirm ? 'attendance.confirmMany' : 'attendance.withdrawMany', { count: ids.length })}
      verb={t(confirm ? 'attendance.confirm' : 'attendance.withdraw')}
      busy={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate()}
      onCancel={decide.data ? onDone : onCancel}
    >
      <p>{t(confirm ? 'attendance.confirmEffect' : 'attendance.withdrawEffect')}</p>
      {left.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('attendance.left', { count: left.length })}
          description={
            <ul className="yp-faults">
              {left.map(({ id, detail }) => (
                <li key={id}>
                  <code>{id}</code> {detail}
                </li>
              ))}
            </ul>
          }
        />
      ) : null}
      <Input.TextArea
        aria-label={t('attendance.note')}
        placeholder={t(confirm ? 'attendance.note' : 'attendance.reason')}
        rows={2}
        maxLength={500}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </ConfirmDialog>
  );
}
