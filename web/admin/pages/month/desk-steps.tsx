import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../../../../src/close/month/desk-contract.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { deskName } from './month-query.ts';

/** The five steps with who did them, or until when they are due. */
export function DeskSteps({ desk, extra }: { desk: Desk; extra?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Block title={t('desk.steps', { month: deskName(desk) })} extra={extra}>
      {desk.running ? <p className="yp-hint">{t('desk.running', { month: desk.month.month })}</p> : null}
      <ol className="yp-desk-steps">
        {desk.steps.map((step) => (
          <li
            key={step.step}
            className={`yp-desk-step yp-desk-${step.state}`}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <strong>{t(`desk.step.${step.step}.name`)}</strong>
            <span className="yp-quiet">{t(`desk.step.${step.step}.who`)}</span>
            <span className={step.late ? 'yp-danger' : undefined}>{timeOf(step)}</span>
            {step.source ? <span className="yp-quiet yp-small">{step.source}</span> : null}
          </li>
        ))}
      </ol>
      {desk.waived_reason ? (
        <p className="yp-hint">{t('desk.waived', { reason: desk.waived_reason })}</p>
      ) : null}
    </Block>
  );

  function timeOf({ step, state, done_at, done_by, until, late }: Desk['steps'][number]): string {
    if (done_at) return t('desk.doneBy', { at: moment(done_at), by: done_by ?? '' });
    if (state === 'done') return t('desk.done');
    if (until) return t(late ? 'desk.late' : 'desk.until', { until: moment(until) });
    const notice = desk.steps.find((one) => one.step === 'notice')?.until;
    if (step === 'seal' && state === 'current' && desk.needs_waiver && notice) {
      return t('desk.afterNotice', { until: moment(notice) });
    }
    return t(state === 'current' ? 'desk.now' : 'desk.later');
  }
}
