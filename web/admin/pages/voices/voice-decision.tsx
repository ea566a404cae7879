import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeskVoiceView, deskVoiceView } from '../../../../src/handling/resolution/desk-contract.ts';
import { speakerView } from '../../../../src/handling/work-order/contract.ts';
import { call } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { Block, Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { forget } from './voice-query.ts';

const OUTCOMES = ['at_fault', 'not_at_fault'] as const;
const SUBJECTS = ['staff', 'window', 'department'] as const;

/** At fault or not: what one person proposed and another decided. */
export function VoiceFault({ voice }: { voice: DeskVoiceView }) {
  const { t } = useTranslation();
  const { decisions, may } = voice;
  if (decisions.length === 0 && !may.propose) return null;
  return (
    <Block title={t('voices.fault')}>
      <ul className="yp-entries">
        {decisions.map((one) => (
          <li key={one.proposedAt}>
            <strong>{t(`voices.outcomes.${one.outcome}`)}</strong>{' '}
            {join([t(`voices.subjects.${one.subjectKind}`), one.subjectCode])}{' '}
            <span className="yp-quiet">{t(`voices.decisionStates.${one.state}`)}</span>
            <div className="yp-pre">{one.reason}</div>
            <div className="yp-quiet">{join([one.proposedBy, moment(one.proposedAt)])}</div>
            {one.decidedBy ? (
              <div className="yp-quiet">{join([one.decidedBy, moment(one.decidedAt), one.note])}</div>
            ) : null}
            {one.chargedWith ? (
              <div className="yp-hint">{t('voices.chargedWith', { number: one.chargedWith })}</div>
            ) : null}
          </li>
        ))}
      </ul>
      {may.propose ? <Propose voice={voice} /> : null}
      {may.decide ? <Decide id={voice.id} /> : null}
    </Block>
  );
}

interface Proposal {
  outcome: string;
  subjectKind: string;
  subjectCode: string;
  reason: string;
}

function Propose({ voice }: { voice: DeskVoiceView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const send = useMutation({
    mutationFn: (body: Proposal) => call(deskVoiceView, `/voices/${voice.id}/fault`, { body }),
    onSuccess: () => forget(cache),
  });
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Form<Proposal>
      name="fault"
      layout="vertical"
      className="yp-inline-form"
      initialValues={{ subjectKind: voice.subjectKind ?? 'staff', subjectCode: voice.subjectCode ?? '' }}
      onFinish={(values) => send.mutate(values)}
    >
      <p className="yp-hint">
        {t(voice.kind === 'stuck_matter' ? 'voices.stuckFaultHint' : 'voices.faultHint')}
      </p>
      <ProblemAlert error={send.error} />
      <Form.Item name="outcome" label={t('voices.outcome')} rules={required}>
        <Radio.Group options={OUTCOMES.map((value) => ({ value, label: t(`voices.outcomes.${value}`) }))} />
      </Form.Item>
      <Form.Item name="subjectKind" label={t('voices.faultOf')} rules={required}>
        <Select options={SUBJECTS.map((value) => ({ value, label: t(`voices.subjects.${value}`) }))} />
      </Form.Item>
      <Form.Item name="subjectCode" label={t('voices.subjectCode')} rules={required}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="reason" label={t('voices.reason')} rules={required}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('voices.propose')}
      </Button>
    </Form>
  );
}

function Decide({ id }: { id: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      call(deskVoiceView, `/voices/${id}/fault/decision`, { body: { approve, note } }),
    onSuccess: () => forget(cache),
  });
  return (
    <Form layout="vertical" className="yp-inline-form">
      <ProblemAlert error={decide.error} />
      <Form.Item label={t('voices.decisionNote')} htmlFor="fault-note">
        <Input.TextArea
          id="fault-note"
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Form.Item>
      <div className="yp-actions">
        <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {t('voices.approve')}
        </Button>
        <Button loading={decide.isPending} onClick={() => decide.mutate(false)}>
          {t('voices.reject')}
        </Button>
      </div>
    </Form>
  );
}

/** Handing a report over; for its officer, who reported, and giving it back. */
export function VoiceDiscipline({ voice: { id, may } }: { voice: DeskVoiceView }) {
  return (
    <>
      {may.openSpeaker ? <Reporter id={id} /> : null}
      {may.giveBack ? <Passing id={id} path="discipline/return" word="giveBack" /> : null}
      {may.handOver ? <Passing id={id} path="discipline" word="handOver" /> : null}
    </>
  );
}

interface PassingProps {
  id: string;
  path: 'discipline' | 'discipline/return';
  word: 'handOver' | 'giveBack';
}

/** The report goes to the other side, for a reason. */
function Passing({ id, path, word }: PassingProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const send = useMutation({
    mutationFn: (body: { reason: string }) => call(deskVoiceView, `/voices/${id}/${path}`, { body }),
    onSuccess: () => forget(cache),
  });
  return (
    <Block title={t(`voices.${word}`)}>
      {asking ? (
        <ReasonForm
          name={word}
          label={t('voices.reason')}
          hint={t(`voices.${word}Hint`)}
          submit={t(`voices.${word}`)}
          error={send.error}
          busy={send.isPending}
          onSend={(reason) => send.mutate({ reason })}
        />
      ) : (
        <Button onClick={() => setAsking(true)}>{t(`voices.${word}`)}</Button>
      )}
    </Block>
  );
}

function Reporter({ id }: { id: string }) {
  const { t } = useTranslation();
  const open = useMutation({
    mutationFn: (body: { reason: string }) => call(speakerView, `/voices/${id}/speaker`, { body }),
  });
  return (
    <Block title={t('voices.reporter')}>
      {open.data ? (
        <Facts
          facts={[
            [t('orders.speakerName'), open.data.name],
            [t('field.mobile'), open.data.phone],
          ]}
        />
      ) : (
        <ReasonForm
          name="reporter"
          label={t('identity.reason')}
          hint={t('identity.audited')}
          submit={t('orders.openSpeaker')}
          error={open.error}
          busy={open.isPending}
          onSend={(reason) => open.mutate({ reason })}
        />
      )}
    </Block>
  );
}

interface ReasonFormProps {
  name: string;
  label: string;
  hint: string;
  submit: string;
  error: Error | null;
  busy: boolean;
  onSend: (reason: string) => void;
}

function ReasonForm({ name, label, hint, submit, error, busy, onSend }: ReasonFormProps) {
  const { t } = useTranslation();
  return (
    <Form<{ reason: string }>
      name={name}
      layout="vertical"
      className="yp-inline-form"
      onFinish={({ reason }) => onSend(reason)}
    >
      <p className="yp-hint">{hint}</p>
      <ProblemAlert error={error} />
      <Form.Item
        name="reason"
        label={label}
        rules={[{ required: true, min: 4, max: 500, message: t('identity.reasonRule') }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {submit}
      </Button>
    </Form>
  );
}
