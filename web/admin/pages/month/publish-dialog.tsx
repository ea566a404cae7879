import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { monthEndSchema } from '../../../../src/close/month/contract.ts';
import type { Desk } from '../../../../src/close/month/desk-contract.ts';
import { call } from '../../api/call.ts';
import { count, moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { deskName } from './month-query.ts';

/** Puts the results on public notice, after saying how many and what is still missing. */
export function PublishDialog({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { month, staff, windows, departments } = desk.month;
  const name = deskName(desk);
  const publish = useMutation({
    mutationFn: () =>
      call(monthEndSchema, `/months/${month}/publish`, { query: { unit: desk.unit }, body: {} }),
    onSuccess: async (end) => {
      message.success(t('desk.published', { month: name, until: moment(end.notice_until) }));
      await cache.invalidateQueries();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t('desk.publishTitle', { month: name })}
      verb={t('desk.publish')}
      busy={publish.isPending}
      error={publish.error}
      onConfirm={() => publish.mutate()}
      onCancel={onDone}
    >
      <p>{t('desk.publishEffect', { month: name })}</p>
      <Facts
        facts={[
          [t('desk.toBePublished'), t('scores.subjects', { staff, windows, departments })],
          [t('scores.lastClose'), moment(desk.month.closed_at)],
          ...missingFacts(desk, t),
        ]}
      />
    </ConfirmDialog>
  );
}

/** Each missing matter with its number; left out where there is none. */
export function missingFacts(desk: Desk, t: TFunction): [string, string | null][] {
  return desk.missing.map(({ kind, count: missing }) => [
    t(`desk.missingKind.${kind}.name`),
    missing > 0 ? count(missing) : null,
  ]);
}
