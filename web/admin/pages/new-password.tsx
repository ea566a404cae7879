import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Gate } from '../shell/gate.tsx';
import { PasswordForm } from './profile/password-form.tsx';

/** A handed-out password opens nothing but this page. */
export function NewPasswordPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Gate title={t('password.firstTitle')} hint={t('password.firstHint')}>
      <PasswordForm onDone={() => void navigate({ to: '/' })} />
    </Gate>
  );
}
