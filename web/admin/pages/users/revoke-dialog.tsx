import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { ApiKey } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';

/** Takes a key back for good. */
export function RevokeDialog({ apiKey, onDone }: { apiKey: ApiKey; onDone: () => void }) {
  const { t } = useTranslation();
  const revoke = useMutation({
    mutationFn: () => call(z.unknown(), `/keys/${encodeURIComponent(apiKey.id)}/revoke`, { body: {} }),
    onSuccess: onDone,
  });
  return (
    <ConfirmDialog
      title={t('keys.revokeTitle', { name: apiKey.name })}
      verb={t('keys.revoke')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onCancel={onDone}
    >
      <p>{t('keys.revokeEffect', { used: apiKey.lastUsedOn ?? t('users.never') })}</p>
    </ConfirmDialog>
  );
}
