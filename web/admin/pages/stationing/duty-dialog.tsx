import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Modal, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { AUTHORITIES, type DutyLine } from '../../../../src/conduct/stationing/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Values {
  departmentCode: string;
  itemCode?: string;
  from: Dayjs;
  to?: Dayjs | null;
  clause: string;
  authority: (typeof AUTHORITIES)[number];
  chiefStaffNo?: string;
}

/** Adds a duty, or changes what may change of one: its end, its clause, authority and chief. */
export function DutyDialog({ duty, onDone }: { duty: DutyLine | 'new'; onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const old = duty === 'new' ? undefined : duty;
  const save = useMutation({
    mutationFn: ({ from, to, ...rest }: Values) => {
      const body = {
        ...rest,
        itemCode: rest.itemCode ?? '',
        from: from.format('YYYY-MM-DD'),
        to: to ? to.format('YYYY-MM-DD') : null,
      };
      return call(z.undefined(), '/stationing', { body });
    },
    onSuccess: async () => {
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/stationing'] });
      await cache.invalidateQueries({ queryKey: ['stationing-coverage'] });
    },
  });
  const rules = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t(old ? 'stationing.change' : 'stationing.add')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('stationing.save')}
        </Button>
      }
    >
      <ProblemAlert error={save.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={valuesOf(old)}
        onFinish={(v) => save.mutate(v)}
      >
        <Form.Item name="departmentCode" label={t('stationing.department')} rules={rules}>
          <Input maxLength={60} autoComplete="off" disabled={old !== undefined} />
        </Form.Item>
        <Form.Item name="itemCode" label={t('stationing.itemCode')}>
          <Input maxLength={60} autoComplete="off" disabled={old !== undefined} />
        </Form.Item>
        <Form.Item name="from" label={t('list.from')} rules={rules}>
          <DatePicker disabled={old !== undefined} />
        </Form.Item>
        <Form.Item name="to" label={t('stationing.until')}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="clause" label={t('stationing.clause')} rules={rules}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="authority" label={t('stationing.authority')}>
          <Radio.Group
            options={AUTHORITIES.map((value) => ({ value, label: t(`stationing.authorities.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="chiefStaffNo" label={t('stationing.chiefNo')}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function valuesOf(duty: DutyLine | undefined) {
  if (duty === undefined) return { authority: 'granted' as const, from: dayjs() };
  return {
    departmentCode: duty.departmentCode,
    itemCode: duty.itemCode ?? '',
    from: dayjs(duty.from),
    to: duty.to ? dayjs(duty.to) : null,
    clause: duty.clause,
    authority: duty.authority,
    chiefStaffNo: duty.chiefStaffNo ?? '',
  };
}
