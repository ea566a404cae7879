import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ExclusionView, exclusionView } from '../../../../src/handling/exclusion/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

type Step = 'approve' | 'reject' | 'withdraw' | 'appeal';

/** What the reader can do: a second person decides, the proposer may take it back. */
export function ExclusionSteps({ exclusion }: { exclusion: ExclusionView }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<{ note: string }>();
  const take = useMutation({
    mutationFn: ({ step, note }: { step: Step; note: string }) =>
      step === 'withdraw' || step === 'appeal'
        ? call(exclusionView, `/exclusions/${exclusion.id}/${step}`, { body: { note } })
        : call(exclusionView, `/exclusions/${exclusion.id}/decision`, {
            body: { approve: step === 'approve', note },
          }),
    onSuccess: async (after, { step }) => {
      cache.setQueryData(['exclusion', exclusion.id], after);
      message.success(t(`exclusions.done.${step}`));
      await cache.invalidateQueries({ queryKey: ['list'] });
    },
  });
  const deciding = exclusion.may.includes('decide');
  const appealing = exclusion.may.includes('appeal');
  if (!deciding && !appealing && !exclusion.may.includes('withdraw')) return null;
  const button = (step: Step) => (
    <Button
      key={step}
      type={step === 'approve' ? 'primary' : 'default'}
      danger={step === 'approve'}
      loading={take.isPending && take.variables.step === step}
      onClick={() =>
        void form.validateFields().then(
          ({ note }) => take.mutate({ step, note }),
          () => undefined,
        )
      }
    >
      {t(`exclusions.step.${step}`)}
    </Button>
  );
  return (
    <Block
      title={t(deciding ? 'exclusions.decide' : appealing ? 'exclusions.step.appeal' : 'exclusions.withdraw')}
    >
      <ProblemAlert error={take.error} />
      {deciding ? <p className="yp-hint">{t('exclusions.decideHint')}</p> : null}
      {appealing ? <p className="yp-hint">{t('exclusions.appealHint')}</p> : null}
      <Form form={form} layout="vertical" className="yp-inline-form">
        <Form.Item
          name="note"
          label={t('exclusions.note')}
          rules={[{ required: true, min: 4, max: 2000, message: t('exclusions.fourLetters') }]}
        >
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <div className="yp-actions">
          {deciding ? [button('reject'), button('approve')] : button(appealing ? 'appeal' : 'withdraw')}
        </div>
      </Form>
    </Block>
  );
}
