import { useMutation } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeviceView, deviceView } from '../../../../src/registry/device/contract.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';

/** Refuses a device for good. */
export function RevokeDeviceDialog({ device, onDone }: { device: DeviceView; onDone: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const revoke = useMutation({
    mutationFn: () => call(deviceView, `/registry/devices/${device.id}/revoke`, { body: { reason } }),
    onSuccess: onDone,
  });
  return (
    <ConfirmDialog
      title={t('devices.revokeTitle', { name: device.name })}
      verb={t('devices.revoke')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onCancel={onDone}
    >
      <p>{t('devices.revokeEffect', { count: device.waiting ?? 0 })}</p>
      <label htmlFor="reason">{t('users.reason')}</label>
      <Input
        id="reason"
        autoFocus
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  );
}
