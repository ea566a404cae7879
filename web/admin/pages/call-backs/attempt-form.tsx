import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  CALL_OUTCOMES,
  type CallDetail,
  type CallOutcome,
  callDetail,
} from '../../../../src/feedback/follow-up/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

const GRADED = ['attitude', 'efficiency'] as const;
const ASKED = ['toldOnce', 'oneGo', 'onTime', 'askedMoney', 'rated'] as const;

interface Fields {
  outcome: CallOutcome;
  note?: string;
  satisfied?: boolean;
  attitude?: string | null;
  efficiency?: string | null;
  toldOnce?: boolean | null;
  oneGo?: boolean | null;
  onTime?: boolean | null;
  askedMoney?: boolean | null;
  rated?: boolean | null;
  praised?: boolean;
  remark?: string;
}

function bodyOf({ outcome, note, ...said }: Fields): object {
  const noted = { outcome, note: note ?? '' };
  if (outcome !== 'reached') return noted;
  const asked = Object.fromEntries([...GRADED, ...ASKED].map((name) => [name, said[name] ?? null]));
  const { satisfied, praised = false, remark = '' } = said;
  return { ...noted, answers: { ...asked, satisfied, praised, remark } };
}

/** Records how the call went; once somebody was reached, with the script and its questions. */
export function AttemptForm({ detail }: { detail: CallDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const outcome = Form.useWatch('outcome', form);
  const record = useMutation({
    mutationFn: (fields: Fields) =>
      call(callDetail, `/call-backs/${detail.id}/attempts`, { body: bodyOf(fields) }),
    onSuccess: async (answer) => {
      message.success(t('callBacks.saved'));
      cache.setQueryData(['call-back', detail.id], answer);
      await cache.invalidateQueries({ queryKey: ['list', '/call-backs'] });
      await cache.invalidateQueries({ queryKey: ['call-figures'] });
    },
  });
  return (
    <Block title={t('callBacks.record')}>
      <p>{t('callBacks.script')}</p>
      <p className="yp-hint">{t('callBacks.effect')}</p>
      <ProblemAlert error={record.error} />
      <Form<Fields> form={form} layout="vertical" onFinish={(fields) => record.mutate(fields)}>
        <Form.Item
          name="outcome"
          label={t('callBacks.outcomeLabel')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Radio.Group
            options={CALL_OUTCOMES.map((value) => ({ value, label: t(`callBacks.outcome.${value}`) }))}
          />
        </Form.Item>
        {outcome === 'reached' ? <Questions sampled={detail.source === 'sample'} /> : null}
        <Form.Item name="note" label={t('callBacks.note')}>
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={record.isPending}>
          {t('callBacks.save')}
        </Button>
      </Form>
    </Block>
  );
}

/** The questions of the script; all but the first may stay unasked. */
function Questions({ sampled }: { sampled: boolean }) {
  const { t } = useTranslation();
  const yesNo = [
    { value: true, label: t('callBacks.yes') },
    { value: false, label: t('callBacks.no') },
    { value: null, label: t('callBacks.unasked') },
  ];
  const grades = [
    ...(['good', 'fair', 'poor'] as const).map((value) => ({ value, label: t(`callBacks.grade.${value}`) })),
    { value: null, label: t('callBacks.unasked') },
  ];
  return (
    <>
      <Form.Item
        name="satisfied"
        label={t('callBacks.satisfiedQ')}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Radio.Group
          options={[
            { value: true, label: t('callBacks.satisfied') },
            { value: false, label: t('callBacks.dissatisfied') },
          ]}
        />
      </Form.Item>
      {GRADED.map((name) => (
        <Form.Item key={name} name={name} label={t(`callBacks.${name}Q`)} initialValue={null}>
          <Radio.Group options={grades} />
        </Form.Item>
      ))}
      {ASKED.filter((name) => sampled || name !== 'rated').map((name) => (
        <Form.Item key={name} name={name} label={t(`callBacks.${name}Q`)} initialValue={null}>
          <Radio.Group options={yesNo} />
        </Form.Item>
      ))}
      <Form.Item name="praised" valuePropName="checked">
        <Checkbox>{t('callBacks.praisedQ')}</Checkbox>
      </Form.Item>
      <Form.Item name="remark" label={t('callBacks.remark')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </>
  );
}
