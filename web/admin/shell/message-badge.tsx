import { BellOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUnread } from '../pages/messages/message-query.ts';

/** A badge shows two digits. */
const MOST = 99;

/** The way to the reader's messages, with how many are unread; it counts on without a reload. */
export function MessageBadge() {
  const { t } = useTranslation();
  const count = useUnread();
  const shown = count > MOST ? `${MOST}+` : String(count);
  return (
    <Link to="/messages" className="yp-bell" aria-label={t('messages.badge', { count: shown })}>
      <BellOutlined aria-hidden />
      {count > 0 ? <span className="yp-bell-count">{shown}</span> : null}
    </Link>
  );
}
