import { MenuOutlined } from '@ant-design/icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../icon.svg';
import { useCan, useRoleName } from '../session.ts';
import { MessageBadge } from './message-badge.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { openPlaces } from './places.ts';
import { ReaderMenu } from './reader-menu.tsx';

/** The frame of every page behind the sign-in: name and reader on top, places on the left. */
export function Shell() {
  const { t } = useTranslation();
  const role = useRoleName();
  const [open, setOpen] = useState(false);
  const path = useLocation({ select: (location) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the place changes
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="yp-shell">
      <a className="yp-skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="yp-top">
        <Button
          className="yp-menu-button"
          type="text"
          icon={<MenuOutlined />}
          aria-label={t('shell.menu')}
          aria-expanded={open}
          onClick={() => setOpen(true)}
        />
        <Link to="/" className="yp-brand">
          <img src={icon} alt="" width={24} height={24} />
          {t('product')}
        </Link>
        <span className="yp-place">{role}</span>
        <div className="yp-top-end">
          <MessageBadge />
          <ReaderMenu />
        </div>
      </header>
      <Places />
      <main id="main" className="yp-main" tabIndex={-1}>
        <OfflineBar />
        <Outlet />
      </main>
      <Drawer
        open={open}
        placement="left"
        size={240}
        title={t('shell.menu')}
        closable={{ 'aria-label': t('action.close') }}
        onClose={() => setOpen(false)}
        styles={{ body: { padding: 0 } }}
      >
        <Places />
      </Drawer>
    </div>
  );
}

function Places() {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <nav className="yp-nav" aria-label={t('shell.places')}>
      {openPlaces(can).map((stage) => (
        <div key={stage.name}>
          {stage.name === 'start' ? null : <h2 className="yp-nav-title">{t(`stage.${stage.name}`)}</h2>}
          <ul>
            {stage.places.map((place) => (
              <li key={place.to}>
                <Link to={place.to} activeOptions={{ exact: place.to === '/', includeSearch: false }}>
                  {t(`nav.${place.name}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
