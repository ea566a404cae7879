import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, DatePicker, Form, Input, Select, type TableColumnsType, Tag } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type SheetBatchRow,
  sheetBatchPage,
  sheetBatchView,
} from '../../../../src/feedback/questionnaire/batch-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useWordsIn } from './questionnaire-words.tsx';

/** Paper sheets in batches: typed by one person, a sample typed again by another. */
export function PaperPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/questionnaire-batches' });
  const wordsIn = useWordsIn();
  return (
    <>
      <PageHead title={t('nav.paperSheets')} hint={t('paper.hint')} />
      <div className="yp-stack">
        <NewBatch />
        <List
          path="/questionnaire-batches"
          schema={sheetBatchPage}
          query={{}}
          cursor={search.cursor}
          columns={columns(t, wordsIn)}
          rowKey={(row) => row.id}
          label={t('nav.paperSheets')}
          empty={{ title: t('paper.empty.title'), text: t('paper.empty.text') }}
        />
      </div>
    </>
  );
}

interface Values {
  questionnaireId: string;
  windowCode: string;
  filledOn: Dayjs;
}

function NewBatch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const wordsIn = useWordsIn();
  const [id] = useState(() => crypto.randomUUID());
  const { data } = useQuery({
    queryKey: ['questionnaire-choices'],
    queryFn: ({ signal }) => call(sheetBatchPage, '/questionnaire-batches', { query: { limit: 1 }, signal }),
  });
  const begin = useMutation({
    mutationFn: ({ filledOn, ...rest }: Values) =>
      call(sheetBatchView, '/questionnaire-batches', {
        body: { id, ...rest, filledOn: filledOn.format('YYYY-MM-DD') },
      }),
    onSuccess: async (batch) => {
      await cache.invalidateQueries({ queryKey: ['list', '/questionnaire-batches'] });
      await navigate({ to: '/questionnaire-batches/$id', params: { id: batch.id } });
    },
  });
  const required = [{ required: true, message: t('form.required') }];
  const choices = (data?.choices ?? []).map(({ id: value, number, title }) => ({
    value,
    label: `${number} ${wordsIn(title)}`,
  }));
  return (
    <Block title={t('paper.begin')}>
      <ProblemAlert error={begin.error} />
      <Form<Values>
        layout="vertical"
        className="yp-line-form"
        initialValues={{ filledOn: dayjs() }}
        onFinish={(values) => begin.mutate(values)}
      >
        <Form.Item
          name="questionnaireId"
          label={t('nav.questionnaires')}
          rules={required}
          className="yp-grow"
        >
          <Select<string> options={choices} optionFilterProp="label" showSearch />
        </Form.Item>
        <Form.Item name="windowCode" label={t('field.windowCode')} rules={required}>
          <Input maxLength={32} autoComplete="off" />
        </Form.Item>
        <Form.Item name="filledOn" label={t('paper.filledOn')} rules={required}>
          <DatePicker />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {t('paper.beginVerb')}
        </Button>
      </Form>
    </Block>
  );
}

/** Where a batch stands. */
export function BatchTag({ batch }: { batch: Pick<SheetBatchRow, 'endedAt' | 'outcome'> }) {
  const { t } = useTranslation();
  const state = batch.outcome ?? (batch.endedAt === null ? 'typing' : 'checking');
  const colours = { accepted: 'success', rejected: 'error', typing: 'processing', checking: 'warning' };
  return <Tag color={colours[state]}>{t(`paper.states.${state}`)}</Tag>;
}

function columns(t: TFunction, wordsIn: ReturnType<typeof useWordsIn>): TableColumnsType<SheetBatchRow> {
  return [
    {
      key: 'number',
      title: t('paper.number'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/questionnaire-batches/$id" params={{ id: row.id }}>
          {row.number}
        </Link>
      ),
    },
    {
      key: 'title',
      title: t('nav.questionnaires'),
      render: (_, row) =>
        `${wordsIn(row.title)} · ${t('questionnaires.versionNo', { version: row.version })}`,
    },
    { key: 'window', title: t('field.windowCode'), className: 'yp-nowrap', dataIndex: 'windowCode' },
    { key: 'filled', title: t('paper.filledOn'), className: 'yp-nowrap', dataIndex: 'filledOn' },
    { key: 'sheets', title: t('questionnaires.sheets'), className: 'yp-num', dataIndex: 'sheets' },
    { key: 'state', title: t('questionnaires.state'), render: (_, row) => <BatchTag batch={row} /> },
    { key: 'by', title: t('paper.openedBy'), className: 'yp-nowrap', dataIndex: 'openedBy' },
    {
      key: 'at',
      title: t('paper.openedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.openedAt),
    },
  ];
}
