import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../parts/states.tsx';

/** An address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Empty title={t('state.missing.title')} text={t('state.missing.text')}>
      <Link to="/">{t('state.missing.home')}</Link>
    </Empty>
  );
}
