import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type DeviceView, issuedCredential, pairingCode } from '../../../../src/registry/device/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { SecretDialog } from '../../parts/secret-dialog.tsx';

/** A tablet gets a code that works once, a button device its credential; both are shown this once. */
export function PairDialog({ device, onDone }: { device: DeviceView; onDone: () => void }) {
  const { t } = useTranslation();
  const path = `/registry/devices/${device.id}`;
  const issue = useMutation({
    mutationFn: async () => {
      if (device.kind === 'button') {
        const { credential } = await call(issuedCredential, `${path}/credential`, { method: 'POST' });
        return { secret: credential, text: t('devices.credentialOnce') };
      }
      const { code, until } = await call(pairingCode, `${path}/code`, { method: 'POST' });
      const address = `${window.location.origin}/kiosk/`;
      return { secret: code, text: t('devices.codeOnce', { until: moment(until), address }) };
    },
  });
  const title = t(device.kind === 'tablet' ? 'devices.pairTitle' : 'devices.issueTitle', {
    name: device.name,
  });
  if (issue.data) {
    return <SecretDialog title={title} text={issue.data.text} secret={issue.data.secret} onDone={onDone} />;
  }
  return (
    <ConfirmDialog
      title={title}
      verb={t(device.kind === 'tablet' ? 'devices.pair' : 'devices.issue')}
      busy={issue.isPending}
      error={issue.error}
      onConfirm={() => issue.mutate()}
      onCancel={onDone}
    >
      <p>
        {t(device.state === 'paired' ? 'devices.pairAgainEffect' : 'devices.pairEffect', {
          window: `${device.windowCode} ${device.windowName}`,
        })}
      </p>
    </ConfirmDialog>
  );
}
