import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClockSource } from '../../../../src/conduct/attendance/clock-contract.ts';
import { runAnswer } from '../../../../src/conduct/attendance/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** Looks at the days anew, which otherwise happens at night. */
export function RunForm({ last }: { last: ClockSource['last'] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [days, setDays] = useState<readonly [Dayjs, Dayjs]>(() => [dayjs().subtract(7, 'day'), dayjs()]);
  const { firstDay, lastDay } = last ?? { firstDay: null, lastDay: null };
  useEffect(() => {
    if (firstDay && lastDay) setDays([dayjs(firstDay), dayjs(lastDay)]);
  }, [firstDay, lastDay]);
  const run = useMutation({
    mutationFn: () => {
      const [from, to] = days.map((day) => day.format('YYYY-MM-DD'));
      return call(runAnswer, '/attendance/runs', { body: { from, to } });
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['list', '/attendance/findings'] }),
  });
  return (
    <Block title={t('attendance.run.title')}>
      <p className="yp-hint">{t('attendance.run.hint')}</p>
      <div className="yp-actions">
        <DatePicker.RangePicker
          aria-label={t('attendance.run.days')}
          allowClear={false}
          value={[days[0], days[1]]}
          onChange={(chosen) => {
            if (chosen?.[0] && chosen[1]) setDays([chosen[0], chosen[1]]);
          }}
        />
        <Button loading={run.isPending} onClick={() => run.mutate()}>
          {t('attendance.run.step')}
        </Button>
      </div>
      <div aria-live="polite" className="yp-inline-form">
        <ProblemAlert error={run.error} />
        {run.data ? (
          <Alert className="yp-alert" type="success" showIcon title={t('attendance.run.done', run.data)} />
        ) : null}
      </div>
    </Block>
  );
}
