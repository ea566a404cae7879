import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../session.ts';

/** The way from a register to the import that fills it. */
export function ImportLink({ kind }: { kind: string }) {
  const { t } = useTranslation();
  const can = useCan();
  if (!can('import.run')) return null;
  return (
    <Link to="/imports" search={{ kind }}>
      {t('imports.open')}
    </Link>
  );
}
