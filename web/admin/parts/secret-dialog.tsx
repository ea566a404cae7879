import { Button, Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  text: string;
  secret: string;
  onDone: () => void;
}

/** A password that is shown this once; nothing but the button closes it. */
export function SecretDialog({ title, text, secret, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onDone}>
          {t('secret.done')}
        </Button>
      }
    >
      <p>{text}</p>
      <p className="yp-secret">
        <Typography.Text code copyable>
          {secret}
        </Typography.Text>
      </p>
    </Modal>
  );
}
