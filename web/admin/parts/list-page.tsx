import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../api/call.ts';
import type { Search } from '../search.ts';
import { ExportButtons } from './export-buttons.tsx';
import { useFilters } from './filters.tsx';
import { reachable } from './reachable.ts';
import { Empty, Failure, Loading } from './states.tsx';

declare module '@tanstack/history' {
  interface HistoryState {
    /** Cursors of the pages before this one, the first page being ''. */
    trail?: string[];
  }
}

/** One page of a list as every list route answers it. */
export interface Page<Row> {
  items: Row[];
  next: string | null;
  /** How many match over all pages, where the server counts them. */
  count?: number | undefined;
}

export interface ListProps<Row> {
  /** Path under `/admin/api`. */
  path: string;
  schema: z.ZodType<Page<Row>>;
  /** Filters as they go to the server. */
  query: Search;
  cursor?: string | undefined;
  columns: TableColumnsType<Row>;
  rowKey: (row: Row) => string;
  label: string;
  empty: { title: string; text: string; action?: ReactNode };
  /** Formats the route can be exported in; none hides the buttons. */
  exported?: boolean;
  /** Present order, where the server sorts; a click on a heading changes it in the address. */
  sorting?: { sort: string; order: 'asc' | 'desc' };
  /** Rows that are chosen for a step of many at once; they stay chosen on other pages. */
  selection?: { keys: string[]; onChange: (keys: string[]) => void; label: (row: Row) => string };
  /** How often the page is asked for anew by itself, in milliseconds; never, unless given. */
  liveMs?: number;
}

/** A list with keyset paging: the cursor stands in the address, the way back in the browser's history. */
export function List<Row extends object>(props: ListProps<Row>) {
  const { path, schema, query, cursor, columns, rowKey, label, empty, exported, sorting } = props;
  const { selection, liveMs } = props;
  const change = useFilters();
  const { t } = useTranslation();
  const result = useQuery({
    queryKey: ['list', path, query, cursor ?? ''],
    queryFn: ({ signal }) => call(schema, path, { query: { ...query, cursor, limit: 50 }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: liveMs ?? false,
  });
  if (result.error && !result.data)
    return <Failure error={result.error} retry={() => void result.refetch()} />;
  if (!result.data) return <Loading />;
  const { items, next, count: total } = result.data;
  if (items.length === 0 && !cursor) {
    return (
      <div className="yp-list">
        <Empty title={empty.title} text={empty.text}>
          {empty.action}
        </Empty>
      </div>
    );
  }
  const ordered = sorting ? columns.map((column) => sorted(column, sorting)) : columns;
  const shown = selection
    ? [{ ...chooser(selection, rowKey), title: t('list.choose') }, ...ordered]
    : ordered;
  return (
    <div className="yp-list" aria-busy={result.isPlaceholderData} ref={reachable}>
      {selection ? (
        <div className="yp-list-head">
          <ChoosePage page={items.map(rowKey)} selection={selection} />
        </div>
      ) : null}
      {exported || total !== undefined ? (
        <div className="yp-list-head">
          <span className="yp-quiet">{total === undefined ? '' : t('list.total', { count: total })}</span>
          {exported ? <ExportButtons path={path} query={query} /> : null}
        </div>
      ) : null}
      <Table<Row>
        aria-label={label}
        size="small"
        columns={shown}
        dataSource={items}
        rowKey={rowKey}
        pagination={false}
        onChange={(_pages, _filters, sorter) => {
          const by = Array.isArray(sorter) ? sorter[0] : sorter;
          if (sorting && by) change(sortBy(by.columnKey, by.order));
        }}
        // Cells wrap until all columns fit an office screen; what is narrower scrolls.
        scroll={{ x: 1080 }}
      />
      <div className="yp-pager">
        <Pager cursor={cursor} next={next} shown={items.length} />
      </div>
    </div>
  );
}

type Selection<Row> = NonNullable<ListProps<Row>['selection']>;

/** The column by which rows are chosen; the table's own hides a box from those who can't see it. */
function chooser<Row>(
  { keys, onChange, label }: Selection<Row>,
  rowKey: (row: Row) => string,
): TableColumnsType<Row>[number] {
  const chosen = new Set(keys);
  return {
    key: 'choose',
    width: 64,
    render: (_, row) => {
      const key = rowKey(row);
      const others = keys.filter((one) => one !== key);
      return (
        <Checkbox
          aria-label={label(row)}
          checked={chosen.has(key)}
          onChange={({ target }) => onChange(target.checked ? [...others, key] : others)}
        />
      );
    },
  };
}

/** Chooses all rows of the page, or none of them. */
function ChoosePage({
  page,
  selection,
}: {
  page: string[];
  selection: Pick<Selection<never>, 'keys' | 'onChange'>;
}) {
  const { t } = useTranslation();
  const { keys, onChange } = selection;
  const others = keys.filter((key) => !page.includes(key));
  const all = page.length > 0 && keys.length - others.length === page.length;
  return (
    <Checkbox
      checked={all}
      indeterminate={!all && others.length < keys.length}
      onChange={({ target }) => onChange(target.checked ? [...others, ...page] : others)}
    >
      {t('list.choosePage')}
    </Checkbox>
  );
}

function sortBy(key: unknown, order: 'ascend' | 'descend' | null | undefined): Search {
  if (!order) return { sort: undefined, order: undefined };
  return { sort: String(key), order: order === 'ascend' ? 'asc' : 'desc' };
}

function sorted<Row>(
  column: TableColumnsType<Row>[number],
  sorting: { sort: string; order: 'asc' | 'desc' },
) {
  if (!('sorter' in column) || !column.sorter) return column;
  const order = column.key === sorting.sort ? (sorting.order === 'asc' ? 'ascend' : 'descend') : null;
  return { ...column, sortOrder: order, showSorterTooltip: false } as const;
}

/** The way to the next page and back. */
export function Pager({
  cursor,
  next,
  shown,
}: {
  cursor: string | undefined;
  next: string | null;
  shown: number;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const trail = useLocation({ select: (location) => location.state.trail }) ?? [];
  const go = (to: string | undefined, path: string[]) =>
    navigate({
      to: '.',
      search: (before: Search) => ({ ...before, cursor: to || undefined }),
      state: { trail: path },
    });
  return (
    <div className="yp-actions">
      <span className="yp-quiet" aria-live="polite">
        {t('list.shown', { count: shown, page: trail.length + 1 })}
      </span>
      {cursor ? (
        <Button size="small" onClick={() => go(trail.at(-1), trail.slice(0, -1))}>
          {trail.length > 0 ? t('list.previous') : t('list.first')}
        </Button>
      ) : null}
      {next ? (
        <Button size="small" onClick={() => go(next, [...trail, cursor ?? ''])}>
          {t('list.next')}
        </Button>
      ) : null}
    </div>
  );
}
