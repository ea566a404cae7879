import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { Segmented, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import {
  ORDER_KINDS,
  ORDER_STATES,
  type OrderRowView,
  orderRows,
} from '../../../../src/handling/work-order/contract.ts';
import { join, moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter, useFilters } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { WindowLink } from '../../parts/registry-links.tsx';
import { StandIn } from '../../parts/stand-in.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan } from '../../session.ts';
import { useOrderEvents } from './live.ts';
import { OrderBoard } from './order-board.tsx';
import { OrderOverview } from './order-overview.tsx';
import { LIVE_MS } from './order-query.ts';
import { OrderDue, OrderState, Supervised } from './order-words.tsx';

const FILTERS = ['kind', 'state', 'card', 'department', 'supervised', 'mine', 'q'] as const;
const VIEWS = ['table', 'board', 'overview'] as const;

/** The orders that the reader answers for or looks after, by due time or state; they come by themselves. */
export function OrdersPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/orders' });
  const view = VIEWS.find((one) => one === search.view) ?? 'table';
  const change = useFilters();
  const filters = filtersOf(search, FILTERS);
  useOrderEvents();
  return (
    <>
      <PageHead title={t('nav.orders')} hint={t('orders.hint')}>
        <StandIn />
        <Segmented
          aria-label={t('orders.views')}
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`orders.view.${value}`) }))}
          onChange={(chosen) => change({ view: chosen === 'table' ? undefined : chosen })}
        />
      </PageHead>
      {view === 'overview' ? (
        <OrderOverview kind={search.kind} />
      ) : (
        <>
          <OrderFilters search={search} active={Object.keys(filters).length > 0} board={view === 'board'} />
          {view === 'board' ? <OrderBoard query={filters} /> : <OrderTable query={filters} search={search} />}
        </>
      )}
      <Outlet />
    </>
  );
}

/** Open orders unless another state is asked for; what is due first stands first. */
function OrderTable({ query, search }: { query: Search; search: Search }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <List
      path="/work-orders"
      schema={orderRows}
      query={{ ...query, state: query.state ?? 'open' }}
      cursor={search.cursor}
      columns={columns(t)}
      rowKey={(row) => row.id}
      label={t('nav.orders')}
      empty={{ title: t('orders.empty.title'), text: t('orders.empty.text') }}
      exported={can('export.run')}
      liveMs={LIVE_MS}
    />
  );
}

function OrderFilters({ search, active, board }: { search: Search; active: boolean; board: boolean }) {
  const { t } = useTranslation();
  return (
    <FilterBar active={active}>
      <SearchFilter name="q" value={search.q} label={t('orders.search')} />
      <SelectFilter
        name="kind"
        value={search.kind}
        label={t('orders.kindLabel')}
        choices={ORDER_KINDS.map((value) => ({ value, label: t(`orders.kind.${value}`) }))}
      />
      {board ? null : (
        <SelectFilter
          name="state"
          value={search.state}
          label={t('orders.state.open')}
          choices={ORDER_STATES.map((value) => ({ value, label: t(`orders.state.${value}`) }))}
        />
      )}
      <SelectFilter
        name="card"
        value={search.card}
        label={t('orders.cardLabel')}
        choices={(['yellow', 'red'] as const).map((value) => ({ value, label: t(`orders.card.${value}`) }))}
      />
      <SelectFilter
        name="supervised"
        value={search.supervised}
        label={t('orders.supervisedLabel')}
        choices={[{ value: 'true', label: t('orders.supervised') }]}
      />
      <SelectFilter
        name="mine"
        value={search.mine}
        label={t('orders.anybodys')}
        choices={[{ value: 'true', label: t('orders.mine') }]}
      />
      <SearchFilter name="department" value={search.department} label={t('orders.department')} short />
    </FilterBar>
  );
}

function columns(t: TFunction): TableColumnsType<OrderRowView> {
  return [
    {
      key: 'number',
      title: t('orders.number'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/orders/$id" params={{ id: row.id }} search={true} state={true}>
          {row.number}
        </Link>
      ),
    },
    { key: 'kind', title: t('orders.kindLabel'), render: (_, row) => t(`orders.kind.${row.kind}`) },
    {
      key: 'state',
      title: t('orders.stateLabel'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          <OrderState state={row.state} />
          <Supervised supervised={row.supervised} />
        </>
      ),
    },
    { key: 'due', title: t('orders.nextDue'), render: (_, row) => <OrderDue order={row} /> },
    {
      key: 'answer',
      title: t('orders.answerDue'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.dueAt),
    },
    {
      key: 'owner',
      title: t('orders.owner'),
      width: 200,
      render: (_, row) =>
        join([row.ownerName ?? (row.ownerDepartment || t('orders.nobody')), row.handlerName]),
    },
    { key: 'window', title: t('field.window'), render: (_, row) => <WindowLink code={row.windowCode} /> },
    {
      key: 'case',
      title: t('field.projectNo'),
      render: (_, row) => join([row.projectNo, row.serviceNumber?.toString()], '-'),
    },
    {
      key: 'opened',
      title: t('orders.openedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.openedAt),
    },
  ];
}
