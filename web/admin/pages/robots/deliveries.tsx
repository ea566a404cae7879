import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import {
  DELIVERY_STATES,
  type DeliveryView,
  deliveryPage,
} from '../../../../src/oversight/message/robot-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { FilterBar, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { filtersOf } from '../../search.ts';

const COLORS = {
  waiting: 'processing',
  sending: 'processing',
  sent: 'success',
  dropped: 'default',
  dead: 'error',
} as const;

/** What goes out by e-mail and robot; what was given up can be sent again. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const search = useSearch({ from: '/office/deliveries' });
  const filters = filtersOf(search, ['state']);
  const retry = useMutation({
    mutationFn: (id: string) => call(z.unknown(), `/deliveries/${id}/retry`, { method: 'POST' }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['list', '/deliveries'] }),
  });
  return (
    <>
      <PageHead title={t('nav.deliveries')} hint={t('deliveries.hint')} />
      <ProblemAlert error={retry.error} />
      <FilterBar active={Object.keys(filters).length > 0}>
        <SelectFilter
          name="state"
          value={search.state}
          label={t('deliveries.state')}
          choices={DELIVERY_STATES.map((value) => ({ value, label: t(`deliveries.states.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/deliveries"
        schema={deliveryPage}
        query={filters}
        cursor={search.cursor}
        columns={columns(t, (id) => retry.mutate(id))}
        rowKey={(row) => row.id}
        label={t('nav.deliveries')}
        empty={{ title: t('deliveries.empty.title'), text: t('deliveries.empty.text') }}
      />
    </>
  );
}

function columns(t: TFunction, retry: (id: string) => void): TableColumnsType<DeliveryView> {
  return [
    {
      key: 'at',
      title: t('deliveries.at'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.createdAt),
    },
    {
      key: 'to',
      title: t('deliveries.to'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {t(`deliveries.channels.${row.channel}`)} {row.target ?? '—'}
        </>
      ),
    },
    { key: 'text', title: t('nav.messages'), dataIndex: 'text' },
    {
      key: 'state',
      title: t('deliveries.state'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          <Tag color={COLORS[row.state]}>{t(`deliveries.states.${row.state}`)}</Tag>
          {row.state === 'waiting' ? t('deliveries.due', { at: moment(row.dueAt) }) : ''}
        </>
      ),
    },
    { key: 'attempts', title: t('deliveries.attempts'), dataIndex: 'attempts', className: 'yp-num' },
    {
      key: 'error',
      title: t('deliveries.error'),
      className: 'yp-nowrap',
      render: (_, row) => (row.lastError === null ? '' : <code>{row.lastError}</code>),
    },
    {
      key: 'step',
      title: t('robots.steps'),
      className: 'yp-nowrap',
      render: (_, row) =>
        row.state === 'dead' ? (
          <Button size="small" onClick={() => retry(row.id)}>
            {t('deliveries.retry')}
          </Button>
        ) : null,
    },
  ];
}
