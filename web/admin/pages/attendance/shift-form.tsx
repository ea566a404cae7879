import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, DatePicker, Form, Input, Modal, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { PLACE_KINDS, SHIFT_DAYS, type ShiftLine } from '../../../../src/conduct/attendance/contract.ts';
import { call } from '../../api/call.ts';
import { useHalls } from '../../parts/place-choices.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Values {
  name: string;
  placeKind: ShiftLine['placeKind'];
  placeCode: string;
  days: ShiftLine['days'];
  spans: string;
  noonPunch?: boolean;
  from: Dayjs;
  to?: Dayjs | null;
}

/** Hours of a hall, a window or a person from a day on. */
export function ShiftForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const save = useMutation({
    mutationFn: ({ from, to, noonPunch = false, ...rest }: Values) => {
      const days = { from: from.format('YYYY-MM-DD'), to: to ? to.format('YYYY-MM-DD') : null };
      return call(z.unknown(), '/attendance/shifts', { body: { ...rest, ...days, noonPunch, id } });
    },
    onSuccess: async () => {
      onDone();
      await cache.invalidateQueries({ queryKey: ['attendance-shifts'] });
    },
  });
  const rules = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('attendance.shift.add')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="save" type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('attendance.shift.save')}
        </Button>,
      ]}
    >
      <p className="yp-hint">{t('attendance.shift.hint')}</p>
      <ProblemAlert error={save.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          placeKind: 'hall',
          days: 'workdays',
          spans: '09:00-12:00,13:30-17:00',
          from: dayjs(),
        }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="name" label={t('attendance.shift.name')} rules={rules}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <PlaceFields />
        <Form.Item name="days" label={t('attendance.shift.days')}>
          <Radio.Group
            options={SHIFT_DAYS.map((value) => ({ value, label: t(`attendance.shift.on.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="spans" label={t('attendance.shift.spans')} rules={rules}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="noonPunch" valuePropName="checked">
          <Checkbox>{t('attendance.shift.noonPunch')}</Checkbox>
        </Form.Item>
        <Form.Item name="from" label={t('attendance.shift.from')} rules={rules}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="to" label={t('attendance.shift.to')}>
          <DatePicker />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function PlaceFields() {
  const { t } = useTranslation();
  const halls = useHalls();
  const form = Form.useFormInstance<Values>();
  const kind = Form.useWatch('placeKind', form) ?? 'hall';
  return (
    <>
      <Form.Item name="placeKind" label={t('attendance.shift.place')}>
        <Radio.Group
          onChange={() => form.setFieldValue('placeCode', undefined)}
          options={PLACE_KINDS.map((value) => ({ value, label: t(`attendance.shift.kinds.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="placeCode"
        label={t(`attendance.shift.codes.${kind}`)}
        rules={[{ required: true, message: t('form.required') }]}
      >
        {kind === 'hall' ? (
          <Select options={halls} showSearch optionFilterProp="label" />
        ) : (
          <Input maxLength={40} autoComplete="off" />
        )}
      </Form.Item>
    </>
  );
}
