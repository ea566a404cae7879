import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Draft, draftSchema } from '../../../../src/ledger/scheme/draft-contract.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { ProblemAlert, sentenceOf } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';
import { Differences } from './differences.tsx';
import { type Step, useDraftStep } from './draft-queries.ts';

/** What can be done with the draft now; each step says first what it brings about. */
export function DraftSteps({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const can = useCan();
  const [asked, setAsked] = useState<Step>();
  const done = () => setAsked(undefined);
  const { may, stale, state } = draft;
  return (
    <>
      {may.withdraw ? <Button onClick={() => setAsked('withdraw')}>{t('draft.withdraw')}</Button> : null}
      {may.edit && stale ? (
        <Button type="primary" onClick={() => setAsked('rebase')}>
          {t('draft.rebase')}
        </Button>
      ) : null}
      {may.edit && !stale ? (
        <Button
          type="primary"
          disabled={!may.propose || draft.differences.length === 0}
          onClick={() => setAsked('propose')}
        >
          {t('draft.propose')}
        </Button>
      ) : null}
      {may.decide ? (
        <Button type="primary" onClick={() => setAsked('decision')}>
          {t('draft.decide')}
        </Button>
      ) : null}
      {can('scheme.write') && (state === 'rejected' || state === 'withdrawn') ? <Copy draft={draft} /> : null}
      {asked === 'decision' ? <DecisionDialog draft={draft} onDone={done} /> : null}
      {asked && asked !== 'decision' ? <StepDialog draft={draft} step={asked} onDone={done} /> : null}
    </>
  );
}

interface Asked {
  draft: Draft;
  onDone: () => void;
}

function StepDialog({ draft, step, onDone }: Asked & { step: Exclude<Step, 'decision'> }) {
  const { t } = useTranslation();
  const run = useDraftStep(draft, onDone);
  return (
    <ConfirmDialog
      title={t(`draft.${step}`)}
      verb={t(`draft.${step}`)}
      busy={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate({ step })}
      onCancel={onDone}
    >
      <p>{t(`draft.effect.${step}`, { count: draft.differences.length, from: draft.effective_from })}</p>
    </ConfirmDialog>
  );
}

/** Shows what would hold, then lets the second person agree or send it back. */
function DecisionDialog({ draft, onDone }: Asked) {
  const { t } = useTranslation();
  const run = useDraftStep(draft, onDone);
  const [form] = Form.useForm<{ note?: string }>();
  const button = (decision: 'approve' | 'reject') => (
    <Button
      key={decision}
      type={decision === 'approve' ? 'primary' : 'default'}
      loading={run.isPending && run.variables.decision === decision}
      onClick={() => {
        const note = form.getFieldValue('note') as string | undefined;
        run.mutate({ step: 'decision', decision, ...(note ? { note } : {}) });
      }}
    >
      {t(`draft.${decision}`)}
    </Button>
  );
  return (
    <Modal
      open
      width={760}
      title={t('draft.decideTitle', { title: draft.title })}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[button('reject'), button('approve')]}
    >
      <ProblemAlert error={run.error} />
      <p>{t('draft.effect.approve', { from: draft.effective_from, name: draft.proposed_by ?? '' })}</p>
      <Differences differences={draft.differences} label={t('draft.decideTitle', { title: draft.title })} />
      <Form form={form} layout="vertical" className="yp-inline-form">
        <Form.Item name="note" label={t('draft.note')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Begins another draft with the changes of one that was given up. */
function Copy({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const copy = useMutation({
    mutationFn: () =>
      call(draftSchema, '/scheme/drafts', {
        body: {
          title: draft.title,
          reason: draft.reason ?? '',
          effectiveFrom: draft.effective_from,
          changes: draft.changes,
        },
      }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['drafts'] });
      await navigate({ to: '/scheme-drafts/$id', params: { id } });
    },
    onError: (error) => message.error(sentenceOf(error, t('state.offline.text'), t('state.failed.text'))),
  });
  return (
    <Button loading={copy.isPending} onClick={() => copy.mutate()}>
      {t('draft.copy')}
    </Button>
  );
}
