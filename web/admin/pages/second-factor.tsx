import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Gate } from '../shell/gate.tsx';
import { EnrolForm } from './profile/enrol-form.tsx';

/** Roles that need a second factor set it up before anything else. */
export function SecondFactorPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Gate title={t('totp.firstTitle')} hint={t('totp.firstHint')}>
      <EnrolForm onDone={() => void navigate({ to: '/' })} />
    </Gate>
  );
}
