import { DatePicker, Form, InputNumber, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../../src/handling/work-order/contract.ts';
import { DepartmentField } from './step-fields.tsx';

interface ChoiceProps {
  name: string;
  label: string;
  options: { value: string; label: string }[];
  extra?: string;
}

function Choice({ name, label, options, extra }: ChoiceProps) {
  const { t } = useTranslation();
  const rules = [{ required: true, message: t('appeals.choose') }];
  return (
    <Form.Item name={name} label={label} rules={rules} extra={extra}>
      <Select options={options} />
    </Form.Item>
  );
}

/** What a stuck matter was due to. */
export function Cause({ causes }: { causes: OrderView['causes'] }) {
  const { t } = useTranslation();
  const options = causes.map(({ code, name }) => ({ value: code, label: name }));
  return <Choice name="cause" label={t('orders.cause')} options={options} extra={t('orders.causeHint')} />;
}

/** Working days within which a department gives its part. */
function Days() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="days"
      label={t('orders.partDays')}
      rules={[{ required: true, message: t('form.required') }]}
    >
      <InputNumber min={1} max={60} precision={0} />
    </Form.Item>
  );
}

/** One of the departments that still owe their part. */
function PartField({ parts }: { parts: OrderView['parts'] }) {
  const { t } = useTranslation();
  const open = parts.filter(({ state }) => state === 'asked');
  const options = open.map((part) => ({
    value: part.department,
    label: part.departmentName ?? part.department,
  }));
  return <Choice name="department" label={t('orders.toDepartment')} options={options} />;
}

/** When which departments met, and which of the files are the minutes. */
function MeetingFields({ files }: { files: OrderView['files'] }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="heldOn"
        label={t('orders.metOn')}
        rules={[{ required: true, message: t('form.required') }]}
        getValueFromEvent={(day: Dayjs | null) => day?.format('YYYY-MM-DD')}
        getValueProps={() => ({})}
      >
        <DatePicker />
      </Form.Item>
      <DepartmentField several />
      <Choice
        name="minutes"
        label={t('orders.minutes')}
        options={files.map(({ id, name }) => ({ value: id, label: name }))}
        extra={t('orders.minutesHint')}
      />
    </>
  );
}

/** What is asked by the steps of several departments. */
export function PartFields({ order, step }: { order: OrderView; step: 'ask-part' | 'waive-part' | 'meet' }) {
  if (step === 'waive-part') return <PartField parts={order.parts} />;
  if (step === 'meet') return <MeetingFields files={order.files} />;
  return (
    <>
      <DepartmentField />
      <Days />
    </>
  );
}
