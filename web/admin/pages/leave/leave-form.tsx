import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Input, Modal, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import {
  colleagueList,
  LEAVE_KINDS,
  type LeaveLine,
} from '../../../../src/conduct/attendance/leave-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';

interface Values {
  staffNo?: string;
  kind: LeaveLine['kind'];
  fromDate: Dayjs;
  fromHalf: LeaveLine['fromHalf'];
  toDate: Dayjs;
  toHalf: LeaveLine['toHalf'];
  reason: string;
  coverStaff?: string;
}

/** Asks for leave, or enters what was asked for on paper. */
export function LeaveForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const onPaper = useCan()('leave.enter');
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const save = useMutation({
    mutationFn: ({ fromDate, toDate, ...rest }: Values) => {
      const days = { fromDate: fromDate.format('YYYY-MM-DD'), toDate: toDate.format('YYYY-MM-DD') };
      return call(z.unknown(), '/leaves', { body: { ...rest, ...days, id } });
    },
    onSuccess: async () => {
      message.success(t('leave.asked'));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/leaves'] });
    },
  });
  const rules = [{ required: true, message: t('form.required') }];
  const step = t(onPaper ? 'leave.enter' : 'leave.ask');
  return (
    <Modal
      open
      title={step}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="save" type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('leave.send')}
        </Button>,
      ]}
    >
      <p className="yp-hint">{t(onPaper ? 'leave.enterHint' : 'leave.askHint')}</p>
      <ProblemAlert error={save.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          kind: 'annual',
          fromDate: dayjs().add(1, 'day'),
          fromHalf: 'am',
          toDate: dayjs().add(1, 'day'),
          toHalf: 'pm',
        }}
        onFinish={(values) => save.mutate(values)}
      >
        {onPaper ? (
          <Form.Item name="staffNo" label={t('field.staffNo')} rules={rules}>
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
        ) : null}
        <Form.Item name="kind" label={t('leave.kind')}>
          <Select options={LEAVE_KINDS.map((value) => ({ value, label: t(`leave.kinds.${value}`) }))} />
        </Form.Item>
        <DayFields side="from" />
        <DayFields side="to" />
        <CoverField byNumber={onPaper} />
        <Form.Item name="reason" label={t('leave.reason')} rules={rules}>
          <Input.TextArea rows={2} maxLength={300} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** A day and which half of it. */
function DayFields({ side }: { side: 'from' | 'to' }) {
  const { t } = useTranslation();
  return (
    <div className="yp-actions">
      <Form.Item
        name={`${side}Date`}
        label={t(`leave.${side}`)}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name={`${side}Half`} label={t(`leave.${side}Half`)}>
        <Radio.Group
          options={(['am', 'pm'] as const).map((value) => ({ value, label: t(`leave.half.${value}`) }))}
        />
      </Form.Item>
    </div>
  );
}

function CoverField({ byNumber }: { byNumber: boolean }) {
  const { t } = useTranslation();
  const colleagues = useQuery({
    queryKey: ['leave-colleagues'],
    queryFn: async ({ signal }) => (await call(colleagueList, '/leaves/colleagues', { signal })).items,
    enabled: !byNumber,
  });
  return (
    <Form.Item name="coverStaff" label={t('leave.coverField')}>
      {byNumber ? (
        <Input maxLength={40} autoComplete="off" />
      ) : (
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          options={(colleagues.data ?? []).map(({ staffNo, name }) => ({
            value: staffNo,
            label: `${name} ${staffNo}`,
          }))}
        />
      )}
    </Form.Item>
  );
}
