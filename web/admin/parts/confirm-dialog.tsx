import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

interface Props {
  title: string;
  /** The verb of the step itself, never “OK”. */
  verb: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** Says in words and figures what is about to happen, then asks. */
export function ConfirmDialog({ title, verb, busy, error, onConfirm, onCancel, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      onCancel={onCancel}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="cancel" onClick={onCancel}>
          {t('action.cancel')}
        </Button>,
        <Button key="go" type="primary" loading={busy} onClick={onConfirm}>
          {verb}
        </Button>,
      ]}
    >
      <ProblemAlert error={error} />
      <div className="yp-stack">{children}</div>
    </Modal>
  );
}
