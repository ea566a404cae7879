import { useNavigate } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** The detail of a row, over its list, at an address of its own; closing goes back to the list as it was. */
export function DetailDrawer({
  title,
  back,
  children,
}: {
  title: string;
  back: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · ${t('product')}`;
    return () => {
      document.title = before;
    };
  }, [title, t]);
  return (
    <Drawer
      open
      title={<h2>{title}</h2>}
      size="min(720px, 100vw)"
      closable={{ 'aria-label': t('action.close') }}
      onClose={() => void navigate({ to: back, search: true, state: true })}
    >
      <div className="yp-stack">{children}</div>
    </Drawer>
  );
}
