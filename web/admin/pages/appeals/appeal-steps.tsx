import { App, Button, Form, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appeal } from '../../../../src/ledger/appeal/contract.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useStep } from './appeal-query.ts';
import { points, useWords } from './appeal-words.tsx';
import { GroupForm } from './group-form.tsx';

/** What the reader can do with the appeal now; nothing, when it isn't their turn. */
export function AppealSteps({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const { may, group } = appeal;
  const [naming, setNaming] = useState(group.length === 0);
  const [leaving, setLeaving] = useState(false);
  const me = group.find((member) => member.me);
  return (
    <>
      {may.opinion ? <OpinionForm appeal={appeal} /> : null}
      {may.vote && me ? <VoteForm key={me.vote ?? ''} appeal={appeal} before={me.vote} /> : null}
      {may.decide ? <DecisionForm appeal={appeal} /> : null}
      {may.appoint && naming ? <GroupForm appeal={appeal} onDone={() => setNaming(false)} /> : null}
      {(may.appoint && !naming) || may.withdraw ? (
        <div className="yp-actions">
          {may.appoint && !naming ? (
            <Button onClick={() => setNaming(true)}>{t('appeals.appointAnew')}</Button>
          ) : null}
          {may.withdraw ? <Button onClick={() => setLeaving(true)}>{t('appeals.withdraw')}</Button> : null}
        </div>
      ) : null}
      {leaving ? <WithdrawDialog appeal={appeal} onDone={() => setLeaving(false)} /> : null}
    </>
  );
}

interface WordsProps {
  name: string;
  label: string;
  least: number;
  most: number;
}

function Words({ name, label, least, most }: WordsProps) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, min: least, max: most, message: t('appeals.wordsRule', { least, most }) }]}
    >
      <Input.TextArea rows={3} maxLength={most} />
    </Form.Item>
  );
}

function Choice({ name, label, options }: { name: string; label: string; options: [string, string][] }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('appeals.choose') }]}>
      <Radio.Group options={options.map(([value, text]) => ({ value, label: text }))} />
    </Form.Item>
  );
}

interface StepFormProps {
  /** keeps the fields of two forms on one page apart */
  name: string;
  title: string;
  hint: string;
  verb: string;
  step: ReturnType<typeof useStep>;
  initial?: object;
  children: ReactNode;
}

function StepForm({ name, title, hint, verb, step, initial = {}, children }: StepFormProps) {
  return (
    <Block title={title}>
      <p className="yp-hint">{hint}</p>
      <ProblemAlert error={step.error} />
      <Form
        name={name}
        layout="vertical"
        className="yp-inline-form"
        initialValues={initial}
        onFinish={(body: object) => step.mutate(body)}
      >
        {children}
        <Button type="primary" htmlType="submit" loading={step.isPending}>
          {verb}
        </Button>
      </Form>
    </Block>
  );
}

function OpinionForm({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const step = useStep(appeal.id, 'opinion', () => message.success(t('appeals.opinionGiven')));
  return (
    <StepForm
      name="opinion"
      title={t('appeals.opinion')}
      hint={t('appeals.opinionHint')}
      verb={t('appeals.giveOpinion')}
      step={step}
    >
      <Choice
        name="stance"
        label={t('appeals.stanceLabel')}
        options={[
          ['agree', t('appeals.stance.agree')],
          ['disagree', t('appeals.stance.disagree')],
        ]}
      />
      <Words name="text" label={t('appeals.opinionText')} least={4} most={2000} />
    </StepForm>
  );
}

function VoteForm({ appeal, before }: { appeal: Appeal; before: 'upheld' | 'rejected' | null }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const step = useStep(appeal.id, 'vote', () => message.success(t('appeals.voted')));
  return (
    <StepForm
      name="vote"
      title={t('appeals.voteTitle')}
      hint={t(before ? 'appeals.voteAgain' : 'appeals.voteHint')}
      verb={t('appeals.castVote')}
      step={step}
      initial={{ vote: before ?? undefined }}
    >
      <Choice
        name="vote"
        label={t('appeals.voteLabel')}
        options={[
          ['upheld', t('appeals.vote.upheld')],
          ['rejected', t('appeals.vote.rejected')],
        ]}
      />
      <Words name="reason" label={t('appeals.voteReason')} least={4} most={1000} />
    </StepForm>
  );
}

/** What the votes say is recorded with a reason; before that, in figures what it will do. */
function DecisionForm({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const words = useWords();
  const { votes, line, mostPoints } = appeal;
  const outcome = votes && votes.upheld > votes.rejected ? 'upheld' : 'rejected';
  const step = useStep(appeal.id, 'decision', () => message.success(t('appeals.decided')));
  const adjusts = outcome === 'upheld' && appeal.effect === 'adjustment';
  const effect = outcome === 'rejected' ? 'rejectedEffect' : adjusts ? 'adjustmentEffect' : 'reversalEffect';
  return (
    <StepForm
      name="decision"
      title={t('appeals.decideTitle')}
      hint={t(`appeals.${effect}`, { line: words(line.text), points: points(line.points) })}
      verb={t(`appeals.decide.${outcome}`)}
      step={{ ...step, mutate: (body) => step.mutate({ ...body, outcome }) } as typeof step}
    >
      {votes ? <p>{t('appeals.votes', votes)}</p> : null}
      {adjusts ? (
        <Form.Item
          name="points"
          label={t('appeals.pointsLabel')}
          extra={t('appeals.pointsHint', { most: mostPoints })}
          rules={[{ required: true, pattern: /^\d{1,3}(\.\d{1,2})?$/, message: t('appeals.pointsRule') }]}
        >
          <Input inputMode="decimal" style={{ maxWidth: 160 }} autoComplete="off" />
        </Form.Item>
      ) : null}
      <Words name="reason" label={t('appeals.decisionReason')} least={10} most={2000} />
    </StepForm>
  );
}

function WithdrawDialog({ appeal, onDone }: { appeal: Appeal; onDone: () => void }) {
  const { t } = useTranslation();
  const step = useStep(appeal.id, 'withdraw', onDone);
  return (
    <ConfirmDialog
      title={t('appeals.withdrawTitle', { number: appeal.number })}
      verb={t('appeals.withdraw')}
      busy={step.isPending}
      error={step.error}
      onConfirm={() => step.mutate({})}
      onCancel={onDone}
    >
      <p>{t('appeals.withdrawEffect')}</p>
    </ConfirmDialog>
  );
}
