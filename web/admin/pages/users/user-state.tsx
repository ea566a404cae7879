import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../../src/oversight/access/contract.ts';
import { moment } from '../../format.ts';

/** Whether the account can be used, and if not, why. */
export function UserState({ user }: { user: User }) {
  const { t } = useTranslation();
  if (user.disabledAt) return <Tag>{t('users.states.disabled')}</Tag>;
  if (user.lockedUntil)
    return <Tag color="warning">{t('users.locked', { at: moment(user.lockedUntil) })}</Tag>;
  if (user.mustChangePassword) return <Tag color="processing">{t('users.fresh')}</Tag>;
  return <Tag color="success">{t('users.states.active')}</Tag>;
}
