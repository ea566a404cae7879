import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type ChoiceForm,
  type ChoiceView,
  choiceView,
  MODES,
} from '../../../../src/oversight/message/choice-contract.ts';
import { GROUPS } from '../../../../src/oversight/message/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { CHOICE } from './choice-query.ts';
import { MailAddress } from './mail-address.tsx';

/** How the reader hears of things besides the inbox: e-mail, quiet hours, the daily digest. */
export function MessageChoice() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: CHOICE,
    queryFn: ({ signal }) => call(choiceView, '/me/messages', { signal }),
  });
  return (
    <Block title={t('messageChoice.title')}>
      <p className="yp-hint">{t('messageChoice.hint')}</p>
      <Loaded query={query}>
        {(choice) => (
          <div className="yp-stack">
            <MailAddress choice={choice} />
            {choice.address === null ? null : <ChoiceFields choice={choice} />}
          </div>
        )}
      </Loaded>
    </Block>
  );
}

interface Entered {
  byMail: ChoiceForm['byMail'];
  own: boolean;
  from: string;
  to: string;
  restDays: boolean;
  digestAt: string;
  lang: ChoiceForm['lang'];
}

function ChoiceFields({ choice }: { choice: ChoiceView }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<Entered>();
  const own = Form.useWatch('own', form) ?? choice.quiet !== null;
  const save = useMutation({
    mutationFn: ({ byMail, own: isOwn, from, to, restDays, digestAt, lang }: Entered) =>
      call(choiceView, '/me/messages', {
        body: {
          byMail,
          lang,
          quiet: isOwn ? { from, to, restDays } : null,
          digestAt: digestAt === choice.rule.digestAt ? null : digestAt,
        },
      }),
    onSuccess: (saved) => {
      cache.setQueryData(CHOICE, saved);
      void message.success(t('messageChoice.saved'));
    },
  });
  const { quiet } = choice.rule;
  const initial: Entered = {
    byMail: choice.byMail,
    own: choice.quiet !== null,
    ...(choice.quiet ?? quiet),
    digestAt: choice.digestAt ?? choice.rule.digestAt,
    lang: choice.lang,
  };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={(entered) => save.mutate(entered)}
    >
      <ProblemAlert error={save.error} />
      <MailFields />
      <QuietFields rule={quiet} own={own} />
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('messageChoice.save')}
      </Button>
    </Form>
  );
}

/** How each group of kinds comes by e-mail. */
function MailFields() {
  const { t } = useTranslation();
  return (
    <div className="yp-choices">
      {GROUPS.map((group) => (
        <Form.Item key={group} name={['byMail', group]} label={t(`messages.groups.${group}`)}>
          <Select options={MODES.map((value) => ({ value, label: t(`messageChoice.modes.${value}`) }))} />
        </Form.Item>
      ))}
      <Form.Item
        name="digestAt"
        label={t('messageChoice.digestAt')}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Input type="time" />
      </Form.Item>
      <Form.Item name="lang" label={t('messageChoice.lang')}>
        <Select
          options={[
            { value: 'zh-CN', label: t('shell.chinese') },
            { value: 'en', label: t('shell.english') },
          ]}
        />
      </Form.Item>
    </div>
  );
}

/** The own quiet hours, or those of the rule. */
function QuietFields({ rule, own }: { rule: ChoiceView['rule']['quiet']; own: boolean }) {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="own" valuePropName="checked" extra={t('messageChoice.quietRule', rule)}>
        <Checkbox>{t('messageChoice.own')}</Checkbox>
      </Form.Item>
      <div className="yp-choices" hidden={!own}>
        <Form.Item name="from" label={t('messageChoice.from')} rules={needed}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="to" label={t('messageChoice.to')} rules={needed}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="restDays" valuePropName="checked">
          <Checkbox>{t('messageChoice.restDays')}</Checkbox>
        </Form.Item>
      </div>
    </>
  );
}
