import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, Unreachable } from '../api/problem.ts';

/** Waits for a query, shows why it failed and what to do next, or hands over its data. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('state.loading')} className="yp-loading">
      <Skeleton active={false} title={false} paragraph={{ rows: 5 }} />
    </div>
  );
}

/** One of: no connection, no permission, not found, or a refusal in the server's own words. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const [title, text] = useWords(error);
  // Asking again won't change a refusal of this kind.
  const final = error instanceof Problem && (error.status === 403 || error.status === 404);
  return (
    <div role="alert" className="yp-state">
      <h2>{title}</h2>
      <p>{text}</p>
      {retry && !final ? <Button onClick={retry}>{t('state.retry')}</Button> : null}
    </div>
  );
}

function useWords(error: unknown): [title: string, text: string] {
  const { t } = useTranslation();
  if (error instanceof Unreachable) return [t('state.offline.title'), t('state.offline.text')];
  if (error instanceof Problem) {
    if (error.status === 403) return [t('state.forbidden.title'), error.message || t('state.forbidden.text')];
    if (error.status === 404) return [t('state.missing.title'), error.message || t('state.missing.text')];
    return [error.title || t('state.failed.title'), error.message || t('state.failed.text')];
  }
  return [t('state.failed.title'), t('state.failed.text')];
}

/** Nothing here yet, and what to do about it. */
export function Empty({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="yp-state">
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  );
}
