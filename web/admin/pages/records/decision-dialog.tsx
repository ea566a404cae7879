import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { type CorrectionView, correctionView } from '../../../../src/intake/correction/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Change } from './correction-list.tsx';

/** Shows what the correction would change, then lets the second person agree or send it back. */
export function DecisionDialog({ correction, onDone }: { correction: CorrectionView; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<{ note?: string }>();
  const decide = useMutation({
    mutationFn: (decision: 'approve' | 'reject') =>
      call(correctionView, `/corrections/${correction.id}/decision`, {
        body: { decision, note: form.getFieldValue('note') || undefined },
      }),
    onSuccess: async (decided) => {
      message.success(t(`corrections.done.${decided.state === 'approved' ? 'approved' : 'rejected'}`));
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/corrections'] });
    },
  });
  const button = (decision: 'approve' | 'reject') => (
    <Button
      key={decision}
      type={decision === 'approve' ? 'primary' : 'default'}
      loading={decide.isPending && decide.variables === decision}
      onClick={() => decide.mutate(decision)}
    >
      {t(`corrections.${decision}`)}
    </Button>
  );
  return (
    <Modal
      open
      title={t('corrections.decideTitle', { record: `${correction.projectNo}-${correction.serviceNumber}` })}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[button('reject'), button('approve')]}
    >
      <ProblemAlert error={decide.error} />
      <p>
        <Change correction={correction} />
      </p>
      <p className="yp-hint">{t(`corrections.effect.${correction.field}`)}</p>
      <p>{t('corrections.because', { name: correction.proposedBy, reason: correction.reason })}</p>
      <Form form={form} layout="vertical" className="yp-inline-form">
        <Form.Item name="note" label={t('corrections.note')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
