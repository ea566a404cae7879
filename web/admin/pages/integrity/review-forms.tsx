import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FindingDetail, findingDetail } from '../../../../src/handling/integrity/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Proposed {
  verdict: 'no_fault' | 'induced' | 'faked';
  reason: string;
}

/** Takes the answer of a step over into the drawer and the list behind it. */
function useAfter(id: string): (after: FindingDetail, words: string) => Promise<void> {
  const { message } = App.useApp();
  const cache = useQueryClient();
  return async (after, words) => {
    cache.setQueryData(['integrity-finding', id], after);
    message.success(words);
    await cache.invalidateQueries({ queryKey: ['list', '/integrity/findings'] });
  };
}

/** One person says what to make of the finding, and which of its ratings are to be taken out. */
export function ProposalForm({ finding, chosen }: { finding: FindingDetail; chosen: readonly string[] }) {
  const { t } = useTranslation();
  const after = useAfter(finding.id);
  const propose = useMutation({
    mutationFn: (values: Proposed) =>
      call(findingDetail, `/integrity/findings/${finding.id}/proposal`, {
        body: { ...values, exclude: values.verdict === 'no_fault' ? [] : chosen },
      }),
    onSuccess: (answer) => after(answer, t('integrity.done.propose')),
  });
  return (
    <Block title={t('integrity.propose')}>
      <ProblemAlert error={propose.error} />
      <p className="yp-hint">{t('integrity.twoPeople', { count: chosen.length })}</p>
      <Form<Proposed>
        layout="vertical"
        className="yp-inline-form"
        initialValues={{ verdict: 'no_fault' }}
        onFinish={(values) => propose.mutate(values)}
      >
        <Form.Item name="verdict" label={t('integrity.verdict')}>
          <Radio.Group
            options={(['no_fault', 'induced', 'faked'] as const).map((value) => ({
              value,
              label: t(`integrity.states.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('integrity.reason')}
          rules={[{ required: true, min: 4, max: 2000, message: t('exclusions.fourLetters') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={propose.isPending}>
          {t('integrity.proposeNow')}
        </Button>
      </Form>
    </Block>
  );
}

type Step = 'approve' | 'reject' | 'withdraw';

/** Another person agrees or not; the figures of what would happen stand above the buttons. */
export function DecisionForm({ finding }: { finding: FindingDetail }) {
  const { t } = useTranslation();
  const after = useAfter(finding.id);
  const [form] = Form.useForm<{ note: string }>();
  const take = useMutation({
    mutationFn: ({ step, note }: { step: Step; note: string }) =>
      step === 'withdraw'
        ? call(findingDetail, `/integrity/findings/${finding.id}/withdraw`, { body: { note } })
        : call(findingDetail, `/integrity/findings/${finding.id}/decision`, {
            body: { approve: step === 'approve', note },
          }),
    onSuccess: (answer, { step }) => after(answer, t(`integrity.done.${step}`)),
  });
  const waiting = finding.reviews.find(({ state }) => state === 'proposed');
  const deciding = finding.may.includes('decide');
  const button = (step: Step) => (
    <Button
      key={step}
      type={step === 'approve' ? 'primary' : 'default'}
      danger={step === 'approve' && (waiting?.excludes.length ?? 0) > 0}
      loading={take.isPending && take.variables.step === step}
      onClick={() =>
        void form.validateFields().then(
          ({ note }) => take.mutate({ step, note }),
          () => undefined,
        )
      }
    >
      {t(`integrity.step.${step}`)}
    </Button>
  );
  return (
    <Block title={t(deciding ? 'integrity.decide' : 'integrity.withdraw')}>
      <ProblemAlert error={take.error} />
      {deciding && waiting ? (
        <p className="yp-hint">
          {t('integrity.effect', {
            verdict: t(`integrity.states.${waiting.verdict}`),
            count: waiting.excludes.length,
          })}
        </p>
      ) : null}
      <Form form={form} layout="vertical" className="yp-inline-form">
        <Form.Item
          name="note"
          label={t('exclusions.note')}
          rules={[{ required: true, min: 4, max: 2000, message: t('exclusions.fourLetters') }]}
        >
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <div className="yp-actions">
          {deciding ? [button('reject'), button('approve')] : button('withdraw')}
        </div>
      </Form>
    </Block>
  );
}
