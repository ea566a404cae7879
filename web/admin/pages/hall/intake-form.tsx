import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, AutoComplete, Button, Form, Input, Radio } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApplicationView, applicationView } from '../../../../src/intake/acceptance/contract.ts';
import type { FoundItem } from '../../../../src/registry/service-item/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { DecisionFields, type DecisionValues, decisionOf } from './decision-fields.tsx';
import { itemsQuery, papersQuery, refresh } from './hall-query.ts';
import { SlipLink } from './slip-link.tsx';

interface Values extends DecisionValues {
  userProp: number;
  userName: string;
  certKey?: string;
  mobile?: string;
  agentName?: string;
}

const KINDS = ['accept', 'accept_lacking', 'notice', 'refuse', 'consult'] as const;
/** Whom a hall serves: people, companies, and the others of the national list. */
const USER_PROPS = [1, 2, 3, 4, 5, 6, 9] as const;

/** Takes a case in: the item is found while it is typed, then who asks, the papers, the decision. */
export function IntakeForm({ window }: { window: string }) {
  const { t } = useTranslation();
  const [item, setItem] = useState<FoundItem>();
  const [done, setDone] = useState<ApplicationView>();
  const [round, setRound] = useState(0);
  return (
    <Block title={t('hall.intake')}>
      <ItemSearch
        key={`search ${round}`}
        window={window}
        onFound={(found) => {
          setItem(found);
          setDone(undefined);
        }}
      />
      {done ? <Done view={done} /> : null}
      {item ? (
        <ApplicantForm
          key={`${item.code} ${round}`}
          window={window}
          item={item}
          onDone={(view) => {
            setDone(view);
            setItem(undefined);
            setRound(round + 1);
          }}
        />
      ) : null}
    </Block>
  );
}

function ItemSearch({ window, onFound }: { window: string; onFound: (item: FoundItem) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { data } = useQuery(itemsQuery(window, useDeferredValue(typed)));
  const items = typed.trim() === '' ? [] : (data?.items ?? []);
  return (
    <AutoComplete
      className="yp-item-search"
      value={typed}
      onChange={setTyped}
      defaultActiveFirstOption
      options={items.map((item) => ({ value: item.code, label: `${item.name} · ${item.departmentName}` }))}
      onSelect={(code: string) => {
        const found = items.find((item) => item.code === code);
        if (found === undefined) return;
        setTyped(found.name);
        onFound(found);
      }}
    >
      <Input aria-label={t('hall.search')} placeholder={t('hall.search')} autoComplete="off" />
    </AutoComplete>
  );
}

function ApplicantForm({
  window,
  item,
  onDone,
}: {
  window: string;
  item: FoundItem;
  onDone: (view: ApplicationView) => void;
}) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const userProp = Form.useWatch('userProp', form) ?? 1;
  const { data } = useQuery(papersQuery(item.code, userProp));
  const save = useMutation({
    mutationFn: (values: Values) => {
      const { userName, certKey, mobile, agentName } = values;
      const applicant = { userProp: values.userProp, userName, certKey, mobile, agentName };
      const body = { id, window, item: item.code, applicant, decision: decisionOf(values) };
      return call(applicationView, '/applications', { body });
    },
    onSuccess: async (view) => {
      onDone(view);
      await refresh(cache);
    },
  });
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className="yp-inline-form"
      initialValues={{ userProp: 1, kind: 'accept', handed: [] }}
      onFinish={(values) => save.mutate(values)}
    >
      <p>
        <strong>{item.name}</strong>{' '}
        <span className="yp-quiet">
          {item.departmentName} ·{' '}
          {item.promisedDays === null
            ? t(`promise.${item.promise}`)
            : t('records.days', { count: item.promisedDays })}
        </span>
      </p>
      <ProblemAlert error={save.error} />
      <ApplicantFields />
      <DecisionFields papers={data?.items ?? []} kinds={KINDS} />
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('hall.save')}
      </Button>
    </Form>
  );
}

/** Who asks: what the law needs of them, and by which they are told later. */
function ApplicantFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="userProp" label={t('hall.userProp')}>
        <Radio.Group options={USER_PROPS.map((value) => ({ value, label: t(`hall.userProps.${value}`) }))} />
      </Form.Item>
      <div className="yp-fields">
        <Form.Item
          name="userName"
          label={t('hall.userName')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input maxLength={100} autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item name="certKey" label={t('hall.certKey')}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="mobile" label={t('hall.mobile')}>
          <Input maxLength={11} inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <Form.Item name="agentName" label={t('hall.agentName')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      </div>
    </>
  );
}

function Done({ view }: { view: ApplicationView }) {
  const { t } = useTranslation();
  const line = view.course.at(-1);
  return (
    <Alert
      className="yp-alert"
      type={view.yearMissing ? 'warning' : 'success'}
      role="status"
      showIcon
      title={
        <>
          {t(`hall.state.${view.state}`)}{' '}
          <Link to="/counter/$projectNo" params={{ projectNo: view.projectNo }}>
            {view.projectNo}
          </Link>{' '}
          {line?.slip ? <SlipLink projectNo={view.projectNo} number={line.number} /> : null}
        </>
      }
      description={view.yearMissing ? t('hall.yearMissing', { year: view.yearMissing }) : undefined}
    />
  );
}
