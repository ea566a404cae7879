import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Table, type TableColumnsType } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type ShiftLine, shiftList } from '../../../../src/conduct/attendance/contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { ShiftForm } from './shift-form.tsx';

/** Whose hours hold from which day on. */
export function ShiftsView() {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, add] = useState(false);
  const [ending, end] = useState<ShiftLine>();
  const shifts = useQuery({
    queryKey: ['attendance-shifts'],
    queryFn: async ({ signal }) => (await call(shiftList, '/attendance/shifts', { signal })).items,
  });
  const mayWrite = can('attendance.write');
  return (
    <>
      {mayWrite ? (
        <div className="yp-actions yp-inline-form">
          <Button type="primary" onClick={() => add(true)}>
            {t('attendance.shift.add')}
          </Button>
        </div>
      ) : null}
      <Loaded query={shifts}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t('attendance.shift.empty.title')} text={t('attendance.shift.empty.text')} />
          ) : (
            <Scroll label={t('attendance.view.shifts')}>
              <Table<ShiftLine>
                size="small"
                pagination={false}
                rowKey={(row) => row.id}
                dataSource={rows}
                columns={columns(t, mayWrite ? end : undefined)}
              />
            </Scroll>
          )
        }
      </Loaded>
      {adding ? <ShiftForm onDone={() => add(false)} /> : null}
      {ending ? <EndDialog shift={ending} onDone={() => end(undefined)} /> : null}
    </>
  );
}

function columns(t: TFunction, end: ((row: ShiftLine) => void) | undefined): TableColumnsType<ShiftLine> {
  return [
    { key: 'name', title: t('attendance.shift.name'), dataIndex: 'name' },
    {
      key: 'place',
      title: t('attendance.shift.place'),
      render: (_, row) => (
        <>
          {t(`attendance.shift.kinds.${row.placeKind}`)} {row.placeName}{' '}
          <span className="yp-quiet">{row.placeCode}</span>
        </>
      ),
    },
    {
      key: 'days',
      title: t('attendance.shift.days'),
      render: (_, row) => t(`attendance.shift.on.${row.days}`),
    },
    {
      key: 'spans',
      title: t('attendance.shift.spans'),
      className: 'yp-nowrap',
      render: (_, row) => join([row.spans, row.noonPunch ? t('attendance.shift.noon') : '']),
    },
    {
      key: 'from',
      title: t('attendance.shift.dates'),
      className: 'yp-nowrap',
      render: (_, row) => t('attendance.shift.range', { from: row.from, to: row.to ?? '…' }),
    },
    {
      key: 'action',
      title: t('attendance.action'),
      render: (_, row) =>
        end ? (
          <Button size="small" onClick={() => end(row)}>
            {t('attendance.shift.end')}
          </Button>
        ) : null,
    },
  ];
}

function EndDialog({ shift, onDone }: { shift: ShiftLine; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [on, setOn] = useState<Dayjs>(() => dayjs());
  const end = useMutation({
    mutationFn: () =>
      call(z.unknown(), `/attendance/shifts/${shift.id}/end`, { body: { on: on.format('YYYY-MM-DD') } }),
    onSuccess: async () => {
      message.success(t('attendance.shift.ended'));
      onDone();
      await cache.invalidateQueries({ queryKey: ['attendance-shifts'] });
    },
  });
  return (
    <ConfirmDialog
      title={t('attendance.shift.endOf', { name: shift.name })}
      verb={t('attendance.shift.end')}
      busy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate()}
      onCancel={onDone}
    >
      <p>{t('attendance.shift.endHint')}</p>
      <DatePicker
        aria-label={t('attendance.shift.lastDay')}
        allowClear={false}
        value={on}
        onChange={(day) => setOn(day ?? dayjs())}
      />
    </ConfirmDialog>
  );
}
