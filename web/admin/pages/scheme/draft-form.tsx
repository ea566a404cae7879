import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { SchemeLine } from '../../../../src/ledger/scheme/contract.ts';
import { type Draft, draftSchema } from '../../../../src/ledger/scheme/draft-contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ChangeRow } from './change-row.tsx';
import { draftQuery } from './draft-queries.ts';
import { valueText } from './value-text.ts';

interface ChangeFields {
  key: string;
  from: Dayjs;
  value: string;
  source: string;
}

interface Fields {
  title: string;
  reason?: string;
  effectiveFrom: Dayjs;
  changes: ChangeFields[];
}

/** The draft's form: each row gives one value of the scheme another number from a day on, with its clause. */
export function DraftForm({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useMutation({
    mutationFn: (fields: Fields) =>
      call(draftSchema, `/scheme/drafts/${draft.id}`, {
        body: {
          title: fields.title,
          reason: fields.reason ?? '',
          effectiveFrom: fields.effectiveFrom.format('YYYY-MM-DD'),
          changes: fields.changes.map((change) => ({ ...change, from: change.from.format('YYYY-MM-DD') })),
          revision: draft.revision,
        },
      }),
    onSuccess: async (after) => {
      cache.setQueryData(draftQuery(draft.id).queryKey, after);
      message.success(t('draft.saved'));
      await cache.invalidateQueries({ queryKey: ['drafts'] });
    },
  });
  return (
    <Block title={t('draft.form')}>
      <ProblemAlert error={save.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        className="yp-inline-form"
        initialValues={{
          title: draft.title,
          reason: draft.reason ?? '',
          effectiveFrom: dayjs(draft.effective_from),
          changes: draft.changes.map((change) => ({ ...change, from: dayjs(change.from) })),
        }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Head />
        <Changes draft={draft} />
        <div className="yp-actions">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('draft.save')}
          </Button>
        </div>
      </Form>
    </Block>
  );
}

/** One row a change, and the choice of a value to change. */
function Changes({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Fields>();
  const groups = useGroups(draft.lines);
  const lines = new Map(draft.lines.map((line) => [line.key, line]));
  const added = (line: SchemeLine): ChangeFields => ({
    key: line.key,
    from: form.getFieldValue('effectiveFrom') as Dayjs,
    value: line.current ? valueText(line.current) : '',
    source: '',
  });
  return (
    <Form.List name="changes">
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <ChangeRow
              key={row.key}
              at={row.name}
              lines={lines}
              faults={draft.faults}
              onRemove={() => remove(row.name)}
            />
          ))}
          <Form.Item label={t('draft.addChange')} extra={t('draft.addHint')}>
            <Select
              aria-label={t('draft.addChange')}
              placeholder={t('draft.pickValue')}
              style={{ maxWidth: 420 }}
              value={null}
              showSearch={{ optionFilterProp: 'label' }}
              options={groups}
              onChange={(key: string | null) => {
                const line = key === null ? undefined : lines.get(key);
                if (line) add(added(line));
              }}
            />
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}

function Head() {
  const { t } = useTranslation();
  return (
    <div className="yp-draft-head">
      <Form.Item
        name="title"
        label={t('draft.title')}
        rules={[{ required: true, min: 2, max: 100, message: t('draft.titleRule') }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="effectiveFrom"
        label={t('draft.effectiveFrom')}
        extra={t('draft.effectiveHint')}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="reason" label={t('draft.reason')}>
        <Input maxLength={1000} autoComplete="off" />
      </Form.Item>
    </div>
  );
}

/** The scheme's values to choose from, by the sections of its document. */
function useGroups(lines: readonly SchemeLine[]) {
  const { t } = useTranslation();
  const sections = [...new Set(lines.map(({ section }) => section))];
  return sections.map((section) => ({
    label: t(`scheme.section.${section}`),
    options: lines
      .filter((line) => line.section === section)
      .map((line) => ({ value: line.key, label: line.name })),
  }));
}
