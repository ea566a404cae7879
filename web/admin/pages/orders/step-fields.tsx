import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handlerList, type OrderView } from '../../../../src/handling/work-order/contract.ts';
import { departmentChoices } from '../../../../src/handling/work-order/part-contract.ts';
import { call } from '../../api/call.ts';

export function Note({ least, name = 'note' }: { least: number; name?: 'note' | 'evidence' }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={t(`orders.${name}`)}
      rules={[
        { required: true, min: least, max: 2000, message: t('appeals.wordsRule', { least, most: 2000 }) },
      ]}
    >
      <Input.TextArea rows={3} maxLength={2000} />
    </Form.Item>
  );
}

interface OptionsProps {
  name: string;
  label: string;
  options: readonly { value: string | boolean; label: string }[];
  optional?: boolean;
}

export function Options({ name, label, options, optional = false }: OptionsProps) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} label={label} rules={[{ required: !optional, message: t('appeals.choose') }]}>
      <Radio.Group options={[...options]} />
    </Form.Item>
  );
}

type OutcomeName = 'reached' | 'satisfied' | 'dissatisfied' | 'no_answer' | 'refused' | 'wrong_number';

export function Outcome({ outcomes }: { outcomes: readonly OutcomeName[] }) {
  const { t } = useTranslation();
  const options = outcomes.map((value) => ({ value, label: t(`orders.outcome.${value}`) }));
  return <Options name="outcome" label={t('orders.outcomeLabel')} options={options} />;
}

export function Decision() {
  const { t } = useTranslation();
  const options = [
    { value: true, label: t('orders.agree') },
    { value: false, label: t('orders.disagree') },
  ];
  return <Options name="approve" label={t('orders.decision')} options={options} />;
}

const LIMITS: Readonly<Record<OrderView['kind'], readonly ('simple' | 'complex' | 'joint')[]>> = {
  rectification: ['simple', 'complex'],
  stuck_matter: ['complex', 'joint'],
  complaint: ['simple'],
  suggestion: ['simple'],
  contact_request: ['simple'],
};

export function Complexity({ kind }: { kind: OrderView['kind'] }) {
  const { t } = useTranslation();
  const options = LIMITS[kind].map((value) => ({ value, label: t(`orders.complexity.${value}`) }));
  return <Options name="complexity" label={t('orders.complexityLabel')} options={options} />;
}

/** A department, found by name or code; or several that met. */
export function DepartmentField({ several = false }: { several?: boolean }) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const { data } = useQuery({
    queryKey: ['order-departments', q],
    queryFn: ({ signal }) => call(departmentChoices, '/work-orders/departments', { query: { q }, signal }),
    placeholderData: (before) => before,
  });
  return (
    <Form.Item
      name={several ? 'departments' : 'department'}
      label={t(several ? 'orders.metDepartments' : 'orders.toDepartment')}
      rules={[{ required: true, message: t('appeals.choose') }]}
    >
      <Select
        {...(several ? { mode: 'multiple' as const } : {})}
        showSearch={{ filterOption: false, onSearch: setQ }}
        options={(data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
      />
    </Form.Item>
  );
}

/** A person of the department that answers the order. */
export function HandlerField({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['order-handlers', id],
    queryFn: ({ signal }) => call(handlerList, `/work-orders/${id}/handlers`, { signal }),
  });
  return (
    <Form.Item
      name="handler"
      label={t('orders.handler')}
      rules={[{ required: true, message: t('appeals.choose') }]}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={(data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} ${one.username}` }))}
      />
    </Form.Item>
  );
}
