import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { closedMonthSchema, type MonthRow } from '../../../../src/close/month/contract.ts';
import { call } from '../../api/call.ts';
import { count, moment, rate } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { statsQuery } from '../../parts/stats.ts';
import { useCan } from '../../session.ts';

interface Props {
  month: MonthRow;
  /** the only hall that is to be closed */
  hall?: { code: string; name: string } | undefined;
  onDone: () => void;
}

/**
 * Says in figures what closing the month will do, then does it. It can be repeated until the month is
 * sealed.
 */
export function CloseDialog({ month, hall, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const can = useCan();
  const live = useQuery({ ...statsQuery(month.month), enabled: can('rating.read') });
  const counts = live.data ?? month;
  const name = hall === undefined ? month.month : `${month.month} ${hall.name}`;
  const close = useMutation({
    mutationFn: () =>
      call(closedMonthSchema, `/months/${month.month}/close`, { query: { unit: hall?.code }, body: {} }),
    onSuccess: async (closed) => {
      message.success(
        t('scores.closed', {
          month: name,
          staff: count(closed.staff),
          posted: count(closed.entries_posted),
        }),
      );
      await cache.invalidateQueries();
      onDone();
    },
  });
  const ratedFacts: [string, string | null][] = [
    [t('scores.ratedOfRatable'), rate({ numerator: counts.rated, denominator: counts.ratable })],
    [t('scores.goodRate'), rate({ numerator: counts.good, denominator: counts.rated })],
    [t('scores.bad'), count(counts.bad)],
    [t('scores.pending'), month.closed_at ? count(month.pending) : null],
  ];
  return (
    <ConfirmDialog
      title={t('scores.closeTitle', { month: name })}
      verb={t('scores.close')}
      busy={close.isPending}
      error={close.error}
      onConfirm={() => close.mutate()}
      onCancel={onDone}
    >
      <p>{t(month.closed_at ? 'scores.closeAgainEffect' : 'scores.closeEffect', { month: name })}</p>
      <Facts
        facts={[
          // What was rated is told for all of the city only.
          ...(hall === undefined ? ratedFacts : []),
          [t('scores.lastClose'), moment(month.closed_at)],
          [
            t('scores.lastSubjects'),
            month.closed_at
              ? t('scores.subjects', {
                  staff: month.staff,
                  windows: month.windows,
                  departments: month.departments,
                })
              : null,
          ],
        ]}
      />
      <p className="yp-hint">{t('scores.closeIsProvisional')}</p>
    </ConfirmDialog>
  );
}
