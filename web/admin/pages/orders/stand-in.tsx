import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { standInFor, standsInFor } from '../../api/call.ts';
import { deputiesQuery } from '../profile/deputies.tsx';

/** For whom the reader looks at orders: for themselves, or for somebody who is away today. */
export function StandIn() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data } = useQuery(deputiesQuery);
  const [chosen, setChosen] = useState(standsInFor() ?? '');
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
        setChosen(id);
        standInFor(id === '' ? undefined : id);
        const shown = [['list', '/work-orders'], ['orders-board'], ['orders-overview'], ['order']];
        for (const queryKey of shown) void cache.invalidateQueries({ queryKey });
      }}
    />
  );
}
