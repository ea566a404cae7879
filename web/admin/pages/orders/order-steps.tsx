import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderView, Step } from '../../../../src/handling/work-order/contract.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useStep } from './order-query.ts';
import { Cause, PartFields } from './part-fields.tsx';
import { Complexity, Decision, DepartmentField, HandlerField, Note, Outcome } from './step-fields.tsx';

/** In the order in which an order usually goes on: the first that is open is what most readers came for. */
const STEPS: readonly Step[] = [
  ...(['sign', 'contact', 'answer', 'approve', 'call-back', 'decide-extension', 'assign'] as const),
  ...(['answer-part', 'return-part', 'ask-part', 'meet', 'waive-part', 'appeal-closing'] as const),
  'entrust',
  ...(['resume', 'classify', 'return', 'pause', 'ask-extension', 'supervise', 'withdraw'] as const),
];

/** Steps by which an order goes on: the reader's own turn. */
const FORWARD: ReadonlySet<Step> = new Set([...STEPS.slice(0, 7), 'answer-part', 'resume']);

/** What the reader can do with the order now, each step by its verb; nothing, when it isn't their turn. */
export function OrderSteps({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const open = STEPS.filter((step) => order.may.includes(step) && !isDone(step, order));
  const [chosen, setChosen] = useState<Step | null>(null);
  if (open.length === 0) return null;
  const step = open.find((one) => one === chosen);
  return (
    <Block title={t('orders.canDo')}>
      <div className="yp-actions yp-verbs">
        {open.map((one, at) => (
          <Button
            key={one}
            type={at === 0 && !step && FORWARD.has(one) ? 'primary' : 'default'}
            aria-expanded={one === step}
            onClick={() => setChosen(one === step ? null : one)}
          >
            {t(`orders.verb.${one}`)}
          </Button>
        ))}
      </div>
      {step ? <StepForm key={step} order={order} step={step} onDone={() => setChosen(null)} /> : null}
    </Block>
  );
}

/** What has been done already needn't be offered first again: contacting is, should there be more to say. */
function isDone(step: Step, order: OrderView): boolean {
  const contacted = order.duties.some(({ step: duty, doneAt }) => duty === 'contact' && doneAt !== null);
  return step === 'answer' && !contacted;
}

function StepForm({ order, step, onDone }: { order: OrderView; step: Step; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const take = useStep(order.id, step, () => {
    void message.success(t('orders.taken', { step: t(`orders.verb.${step}`) }));
    onDone();
  });
  return (
    <Form
      name={`order-${step}`}
      layout="vertical"
      className="yp-inline-form"
      aria-label={t(`orders.verb.${step}`)}
      onFinish={(body: object) => take.mutate(body)}
    >
      <p className="yp-hint">{t(`orders.stepHint.${step}`)}</p>
      <ProblemAlert error={take.error} />
      <Fields order={order} step={step} />
      <div className="yp-actions">
        <Button type="primary" htmlType="submit" loading={take.isPending}>
          {t('orders.doIt', { step: t(`orders.verb.${step}`) })}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}

function Fields({ order, step }: { order: OrderView; step: Step }) {
  switch (step) {
    case 'sign':
    case 'resume':
      return null;
    case 'contact':
      return (
        <>
          <Outcome outcomes={['reached', 'no_answer', 'refused', 'wrong_number']} />
          <Note least={2} />
        </>
      );
    case 'call-back':
      return (
        <>
          <Outcome outcomes={['satisfied', 'dissatisfied', 'no_answer', 'refused', 'wrong_number']} />
          <Note least={2} />
        </>
      );
    case 'entrust':
      return (
        <>
          <HandlerField id={order.id} />
          <Note least={2} />
        </>
      );
    case 'assign':
      return (
        <>
          <DepartmentField />
          <Note least={2} />
        </>
      );
    case 'classify':
      return (
        <>
          <Complexity kind={order.kind} />
          <Note least={2} />
        </>
      );
    case 'answer':
      return (
        <>
          {order.causes.length > 0 ? <Cause causes={order.causes} /> : null}
          <Note least={4} />
        </>
      );
    case 'ask-part':
    case 'waive-part':
    case 'meet':
      return (
        <>
          <PartFields order={order} step={step} />
          <Note least={4} />
        </>
      );
    case 'approve':
    case 'decide-extension':
      return (
        <>
          <Decision />
          <Note least={2} />
        </>
      );
    default:
      return <Note least={4} />;
  }
}
