import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MeritLine } from '../../../../src/conduct/merit/contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Proof } from './proof.tsx';

/** A merit with its proof: the department speaks for it, the second person confirms it or turns it down. */
export function MeritDialog({ merit, onDone }: { merit: MeritLine; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<{ note?: string }>();
  const decide = useMutation({
    mutationFn: (yes: boolean) => {
      const note = form.getFieldValue('note') ?? '';
      const path = `/merits/${encodeURIComponent(merit.id)}`;
      return merit.mayDecide
        ? call(z.undefined(), `${path}/decision`, { body: { confirm: yes, note } })
        : call(z.undefined(), `${path}/opinion`, { body: { opinion: yes ? 'support' : 'object', note } });
    },
    onSuccess: async (_, yes) => {
      message.success(
        t(merit.mayDecide ? `merits.done.${yes ? 'confirmed' : 'rejected'}` : 'merits.opinionGiven'),
      );
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/merits'] });
    },
  });
  const button = (yes: boolean) => (
    <Button
      key={String(yes)}
      type={yes ? 'primary' : 'default'}
      loading={decide.isPending && decide.variables === yes}
      onClick={() => decide.mutate(yes)}
    >
      {merit.mayDecide
        ? t(`merits.${yes ? 'confirm' : 'reject'}`)
        : t(`merits.opinions.${yes ? 'support' : 'object'}`)}
    </Button>
  );
  const acts = merit.mayDecide || merit.mayOpine;
  return (
    <Modal
      open
      title={t(merit.mayDecide ? 'merits.title' : 'merits.titleRead', { id: merit.id })}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={acts ? [button(false), button(true)] : null}
    >
      <ProblemAlert error={decide.error} />
      <Facts
        facts={[
          [t('merits.staff'), join([merit.staffName, merit.staffNo], ' ')],
          [t('merits.rule'), t(`merits.rules.${merit.rule}`)],
          [t('merits.occurredOn'), merit.occurredOn],
          [t('merits.evidence'), merit.evidence],
          [t('merits.recordedBy'), merit.recordedBy],
          [t('merits.opinion'), merit.opinion ? t(`merits.opinions.${merit.opinion}`) : null],
          [t('merits.opinionBy'), join([merit.opinionBy, merit.opinionNote])],
          [t('merits.note'), merit.note],
        ]}
      />
      {merit.claimed ? <Proof merit={merit} /> : null}
      {merit.mayDecide ? <p className="yp-hint">{t('merits.effect')}</p> : null}
      {acts ? (
        <Form form={form} layout="vertical" className="yp-inline-form">
          <Form.Item name="note" label={t('merits.note')}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </Form>
      ) : null}
    </Modal>
  );
}
