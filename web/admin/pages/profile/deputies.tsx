import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Form, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type DeputyList, deputyList } from '../../../../src/oversight/access/deputy-contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

export const deputiesQuery = queryOptions({
  queryKey: ['deputies'],
  queryFn: ({ signal }) => call(deputyList, '/deputies', { signal }),
});

interface Entered {
  standInId: string;
  days: [Dayjs, Dayjs];
}

/** Who stands in for the reader with orders on the days away, and for whom the reader does. */
export function Deputies() {
  const { t } = useTranslation();
  const { data } = useQuery(deputiesQuery);
  const cache = useQueryClient();
  const keep = (list: DeputyList) => cache.setQueryData(deputiesQuery.queryKey, list);
  const end = useMutation({
    mutationFn: (id: string) => call(deputyList, `/deputies/${id}/end`, { method: 'POST' }),
    onSuccess: keep,
  });
  if (!data || (data.choices.length === 0 && data.standingIn.length === 0)) return null;
  return (
    <Block title={t('deputies.title')}>
      <p className="yp-hint">{t('deputies.hint')}</p>
      <ProblemAlert error={end.error} />
      <ul className="yp-entries">
        {data.mine.map((one) => (
          <li key={one.id}>
            {t('deputies.mine', { name: one.standInName, from: one.from, until: one.until })}{' '}
            <Button size="small" loading={end.isPending} onClick={() => end.mutate(one.id)}>
              {t('deputies.end')}
            </Button>
          </li>
        ))}
        {data.standingIn.map((one) => (
          <li key={one.id}>
            {t('deputies.standingIn', { name: one.userName, from: one.from, until: one.until })}
          </li>
        ))}
      </ul>
      {data.choices.length === 0 ? null : <NameForm choices={data.choices} onNamed={keep} />}
    </Block>
  );
}

/** Names a deputy for some days. */
function NameForm({
  choices,
  onNamed,
}: {
  choices: DeputyList['choices'];
  onNamed: (list: DeputyList) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Entered>();
  const name = useMutation({
    mutationFn: ({ standInId, days: [from, until] }: Entered) => {
      const body = { standInId, from: from.format('YYYY-MM-DD'), until: until.format('YYYY-MM-DD') };
      return call(deputyList, '/deputies', { body });
    },
    onSuccess: (list) => {
      onNamed(list);
      form.resetFields();
    },
  });
  return (
    <>
      <ProblemAlert error={name.error} />
      <Form<Entered> form={form} layout="vertical" requiredMark={false} onFinish={(one) => name.mutate(one)}>
        <Form.Item
          name="standInId"
          label={t('deputies.who')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={choices.map((one) => ({ value: one.id, label: `${one.name} ${one.username}` }))}
          />
        </Form.Item>
        <Form.Item
          name="days"
          label={t('deputies.days')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <DatePicker.RangePicker />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={name.isPending}>
          {t('deputies.name')}
        </Button>
      </Form>
    </>
  );
}
