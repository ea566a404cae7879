import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Input, Segmented, type TableColumnsType, Tag } from 'antd';
import dayjs from 'dayjs';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  assistedCounts,
  type BatchRow,
  batchPage,
  batchView,
} from '../../../../src/feedback/rating/assisted-contract.ts';
import { call } from '../../api/call.ts';
import { count, moment, percent } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { Figure } from '../../parts/figure.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { EntryForm } from './entry-form.tsx';
import { HotlineFile } from './hotline-file.tsx';

type Spoken = 'phone' | 'hotline';

/** Ratings that staff enter for citizens: calls and the hotline one by one, paper forms in batches. */
export function AssistedPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/assisted' });
  const [source, setSource] = useState<Spoken>('phone');
  return (
    <>
      <PageHead title={t('nav.assisted')} hint={t('assisted.hint')} />
      <div className="yp-stack">
        <Counts />
        <Block
          title={t('assisted.spoken')}
          extra={
            <Segmented<Spoken>
              aria-label={t('field.source')}
              value={source}
              onChange={setSource}
              options={(['phone', 'hotline'] as const).map((value) => ({
                value,
                label: t(`ratings.source.${value}`),
              }))}
            />
          }
        >
          <EntryForm key={source} source={source} />
        </Block>
        <HotlineFile />
        <Block title={t('assisted.batches')} extra={<NewBatch />}>
          <List
            path="/assisted/batches"
            schema={batchPage}
            query={{}}
            cursor={search.cursor}
            columns={columns(t)}
            rowKey={(row) => row.id}
            label={t('assisted.batches')}
            empty={{ title: t('assisted.empty.title'), text: t('assisted.empty.text') }}
          />
        </Block>
      </div>
    </>
  );
}

/** What was entered this month, each source for itself. */
function Counts() {
  const { t } = useTranslation();
  const today = dayjs();
  const days = { from: today.startOf('month').format('YYYY-MM-DD'), to: today.format('YYYY-MM-DD') };
  const { data } = useQuery({
    queryKey: ['assisted-counts', days],
    queryFn: ({ signal }) => call(assistedCounts, '/assisted/counts', { query: days, signal }),
  });
  return (
    <div className="yp-figures">
      {(data ?? []).map(({ source, entered, goodRate: { numerator, denominator } }) => (
        <Figure
          key={source}
          name={t('assisted.thisMonth', { source: t(`ratings.source.${source}`) })}
          value={count(entered)}
          small={t('assisted.good', {
            rate: percent(numerator, denominator),
            parts: `${count(numerator)}/${count(denominator)}`,
          })}
          to="/ratings"
          search={{ source }}
        />
      ))}
    </div>
  );
}

function NewBatch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const begin = useMutation({
    mutationFn: ({ note }: { note?: string }) =>
      call(batchView, '/assisted/batches', { body: note ? { note } : {} }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['list', '/assisted/batches'] });
      await navigate({ to: '/assisted/$id', params: { id } });
    },
  });
  return (
    <>
      <ProblemAlert error={begin.error} />
      <Form layout="inline" onFinish={(values) => begin.mutate(values)}>
        <Form.Item name="note">
          <Input
            maxLength={200}
            aria-label={t('assisted.note')}
            placeholder={t('assisted.note')}
            autoComplete="off"
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {t('assisted.begin')}
        </Button>
      </Form>
    </>
  );
}

function columns(t: TFunction): TableColumnsType<BatchRow> {
  return [
    {
      key: 'number',
      title: t('assisted.number'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/assisted/$id" params={{ id: row.id }}>
          {row.number}
        </Link>
      ),
    },
    { key: 'note', title: t('assisted.note'), dataIndex: 'note' },
    { key: 'entries', title: t('assisted.entries'), className: 'yp-num', dataIndex: 'entries' },
    {
      key: 'state',
      title: t('assisted.state'),
      render: (_, row) => (
        <Tag color={row.endedAt ? 'default' : 'processing'}>
          {t(row.endedAt ? 'assisted.ended' : 'assisted.open')}
        </Tag>
      ),
    },
    { key: 'by', title: t('assisted.openedBy'), className: 'yp-nowrap', dataIndex: 'openedBy' },
    {
      key: 'at',
      title: t('assisted.openedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.openedAt),
    },
  ];
}
