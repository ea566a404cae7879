import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { importKinds } from '../../../../src/platform/imports-contract.ts';

type Kind = z.output<typeof importKinds>['items'][number];

/** The columns that a file of this kind has; the required ones are marked. */
export function Columns({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  return (
    <p className="yp-columns">
      <span className="yp-quiet">{t('imports.columns')}</span>{' '}
      {kind.columns.map((column) => (
        <span key={column.name}>
          <code>{column.name}</code>
          {column.required ? '' : t('imports.optional')}{' '}
        </span>
      ))}
    </p>
  );
}
