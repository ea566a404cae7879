import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ClockFinding, findingPage } from '../../../../src/conduct/attendance/contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { useFilters } from '../../parts/filters.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import type { Search } from '../../search.ts';
import { STATE_COLORS } from './state-colors.ts';

/** The own findings as cards, which fit a phone. */
export function OwnFindings({ query, protest }: { query: Search; protest: (row: ClockFinding) => void }) {
  const { t } = useTranslation();
  const change = useFilters();
  const found = useQuery({
    queryKey: ['list', '/attendance/findings', 'own', query],
    queryFn: ({ signal }) => call(findingPage, '/attendance/findings', { query: { ...query }, signal }),
  });
  return (
    <Loaded query={found}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty title={t('attendance.noFindings.title')} text={t('attendance.noFindings.text')} />
        ) : (
          <>
            <ul className="yp-cards">
              {items.map((row) => (
                <li key={row.id}>
                  <div className="yp-actions">
                    <b>{t(`attendance.rules.${row.rule}`)}</b>
                    <Tag color={STATE_COLORS[row.state]}>{t(`attendance.state.${row.state}`)}</Tag>
                  </div>
                  <p>{row.evidence}</p>
                  {row.protest ? (
                    <p className="yp-hint">
                      {t('attendance.protestOf', { by: row.protestedBy ?? '', text: row.protest })}
                    </p>
                  ) : null}
                  <p className="yp-hint">
                    {row.state === 'proposed' ? t('attendance.until', { day: row.protestUntil }) : null}
                    {join([row.decidedBy, row.note])}
                  </p>
                  {row.mayProtest ? (
                    <Button type="primary" onClick={() => protest(row)}>
                      {t('attendance.protestStep')}
                    </Button>
                  ) : null}
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
