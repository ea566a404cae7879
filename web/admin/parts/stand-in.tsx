import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { standInFor, standsInFor, whenStandingIn } from '../api/call.ts';
import { deputiesQuery } from '../pages/profile/deputies.tsx';

/** For whom the reader handles and decides: for themselves, or for somebody who is away today. */
export function StandIn() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data } = useQuery(deputiesQuery);
  const chosen = useSyncExternalStore(whenStandingIn, standsInFor) ?? '';
  const active = (data?.standingIn ?? []).filter((one) => one.active);
  if (active.length === 0) return null;
  return (
    <Select
      aria-label={t('deputies.actFor')}
      value={chosen}
      options={[
        { value: '', label: t('deputies.myself') },
        ...active.map((one) => ({ value: one.userId, label: t('deputies.for', { name: one.userName }) })),
      ]}
      onChange={(id) => {
        standInFor(id === '' ? undefined : id);
        void cache.invalidateQueries();
      }}
    />
  );
}
