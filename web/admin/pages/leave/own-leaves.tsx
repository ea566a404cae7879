import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type LeaveLine, leavePage } from '../../../../src/conduct/attendance/leave-contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { useFilters } from '../../parts/filters.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import type { Search } from '../../search.ts';
import { LEAVE_COLORS, useSpanText } from './leave-words.ts';

/** The own leave, and that of the window one leads, as cards that fit a phone. */
export function OwnLeaves({ query, actions }: { query: Search; actions: (row: LeaveLine) => ReactNode }) {
  const { t } = useTranslation();
  const span = useSpanText();
  const change = useFilters();
  const found = useQuery({
    queryKey: ['list', '/leaves', 'own', query],
    queryFn: ({ signal }) => call(leavePage, '/leaves', { query: { ...query }, signal }),
  });
  return (
    <Loaded query={found}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty title={t('leave.empty.title')} text={t('leave.empty.text')} />
        ) : (
          <>
            <ul className="yp-cards">
              {items.map((row) => (
                <li key={row.id}>
                  <div className="yp-actions">
                    <b>{t(`leave.kinds.${row.kind}`)}</b>
                    <Tag color={LEAVE_COLORS[row.state]}>{t(`leave.state.${row.state}`)}</Tag>
                    <span className="yp-quiet">{row.staffName}</span>
                  </div>
                  <p>
                    {span(row)} <span className="yp-quiet">{t('leave.halves', { count: row.halves })}</span>
                  </p>
                  <p className="yp-hint">
                    {join([row.reason, row.coverName ? `${t('leave.cover')} ${row.coverName}` : ''])}
                  </p>
                  <p className="yp-hint">
                    {join([row.withdrawnBy ?? row.decidedBy, row.withdrawalReason ?? row.note])}
                  </p>
                  {actions(row)}
                </li>
              ))}
            </ul>
            {next ? <Button onClick={() => change({ cursor: next })}>{t('list.next')}</Button> : null}
          </>
        )
      }
    </Loaded>
  );
}
