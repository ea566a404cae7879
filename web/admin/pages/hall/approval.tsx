import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, Radio, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type ApprovalView,
  approvalView,
  OUTCOMES,
  PAUSES,
} from '../../../../src/intake/approval/contract.ts';
import { call } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { CaseDue, CaseState } from './case-words.tsx';
import { approvalQuery, refresh } from './hall-query.ts';

/** A case in the back office: its steps, the decision on the open one, and its promise clock. */
export function ApprovalDrawer() {
  const { projectNo } = useParams({ from: '/office/back-office/$projectNo' });
  const query = useQuery(approvalQuery(projectNo));
  return (
    <DetailDrawer title={projectNo} back="/back-office">
      <Loaded query={query}>
        {(view) => (
          <>
            <Head view={view} />
            <Steps view={view} />
            <DecisionForm view={view} />
            <ClockForms view={view} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function useAct(projectNo: string, verb: 'decision' | 'pause' | 'resume' | 'extend') {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: object) =>
      call(approvalView, `/approvals/${encodeURIComponent(projectNo)}/${verb}`, { body }),
    onSuccess: () => refresh(cache),
  });
}

function Head({ view }: { view: ApprovalView }) {
  const { t } = useTranslation();
  return (
    <section className="yp-block" aria-label={t('hall.stateLabel')}>
      <p>
        <strong>{view.itemName}</strong>
      </p>
      <p>
        <CaseState state={view.state} /> <CaseDue row={view} />
      </p>
    </section>
  );
}

function Steps({ view }: { view: ApprovalView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('hall.steps')}>
      <ol className="yp-entries">
        {view.steps.map((step) => (
          <li key={step.step}>
            <strong>{step.name}</strong> {step.departmentName} <Tag>{t(`hall.stepState.${step.state}`)}</Tag>
            {step.twoPerson ? <Tag>{t('hall.twoPerson')}</Tag> : null}{' '}
            {join([step.decidedBy ?? step.assignedTo, moment(step.decidedAt), step.opinion])}
          </li>
        ))}
      </ol>
    </Block>
  );
}

function DecisionForm({ view }: { view: ApprovalView }) {
  const { t } = useTranslation();
  const act = useAct(view.projectNo, 'decision');
  const open = view.steps.find((step) => step.state === 'open');
  if (open === undefined || view.state !== 'accepted') return null;
  return (
    <Block title={t('hall.decide', { step: open.name })}>
      <ProblemAlert error={act.error} />
      <Form<{ outcome: string; opinion: string }>
        key={open.step}
        layout="vertical"
        className="yp-inline-form"
        initialValues={{ outcome: 'pass' }}
        onFinish={(values) => act.mutate({ ...values, step: open.step })}
      >
        <Form.Item name="outcome" label={t('hall.outcomeLabel')}>
          <Radio.Group
            optionType="button"
            options={OUTCOMES.map((value) => ({ value, label: t(`hall.outcome.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="opinion"
          label={t('hall.opinion')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input.TextArea rows={2} maxLength={300} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t('hall.save')}
        </Button>
      </Form>
    </Block>
  );
}

function ClockForms({ view }: { view: ApprovalView }) {
  const { t } = useTranslation();
  const pause = useAct(view.projectNo, 'pause');
  const resume = useAct(view.projectNo, 'resume');
  const extend = useAct(view.projectNo, 'extend');
  const required = [{ required: true, message: t('form.required') }];
  if (view.state === 'paused')
    return (
      <Block title={t('hall.clock')}>
        <ProblemAlert error={resume.error} />
        <Button loading={resume.isPending} onClick={() => resume.mutate({})}>
          {t('hall.resume')}
        </Button>
      </Block>
    );
  if (view.state !== 'accepted') return null;
  return (
    <Block title={t('hall.clock')}>
      <ProblemAlert error={pause.error ?? extend.error} />
      <Form<{ why: string }>
        layout="vertical"
        className="yp-inline-form"
        onFinish={(values) => pause.mutate(values)}
      >
        <Form.Item name="why" label={t('hall.pauseWhy')} rules={required}>
          <Select
            className="yp-pause"
            options={PAUSES.map((value) => ({ value, label: t(`hall.pauses.${value}`) }))}
          />
        </Form.Item>
        <Button htmlType="submit" loading={pause.isPending}>
          {t('hall.pause')}
        </Button>
      </Form>
      <Form<{ days: number; reason: string }>
        layout="vertical"
        className="yp-inline-form"
        onFinish={(values) => extend.mutate(values)}
      >
        <Form.Item name="days" label={t('hall.extendDays')} rules={required}>
          <InputNumber min={1} max={99} precision={0} />
        </Form.Item>
        <Form.Item name="reason" label={t('refusals.reason')} rules={required}>
          <Input maxLength={300} autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit" loading={extend.isPending}>
          {t('hall.extend')}
        </Button>
      </Form>
    </Block>
  );
}
