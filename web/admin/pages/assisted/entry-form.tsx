import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, type InputRef, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type AssistedSource,
  assistedAnswer,
  assistedFound,
} from '../../../../src/feedback/rating/assisted-contract.ts';
import { call } from '../../api/call.ts';
import { join, moment, until } from '../../format.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useRatingWords } from '../../parts/rating-words.tsx';

type By = 'project' | 'code';

interface Line {
  projectNo?: string;
  serviceNumber?: string;
  shortCode?: string;
  windowCode?: string;
  level?: string;
  tags?: string;
  text?: string;
  at?: string;
  page?: string;
  reference?: string;
  anonymous?: boolean;
}

/** What the next form has of its own. */
const NEXT = {
  ...{ projectNo: '', serviceNumber: '', shortCode: '', level: '', tags: '', text: '', reference: '' },
  anonymous: false,
};

interface Props {
  source: AssistedSource;
  batchId?: string;
  /** what stands after a form is saved, such as the batch's list */
  onSaved?: () => void;
}

/**
 * One form a line, for hands that stay on the keyboard: Tab goes on, Enter saves and begins the next. The
 * date, the page and the window stay, since the next form mostly has the same.
 */
export function EntryForm({ source, batchId, onSaved }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Line>();
  const [by, setBy] = useState<By>('project');
  const [id, setId] = useState(() => crypto.randomUUID());
  const [saved, setSaved] = useState(0);
  const first = useRef<InputRef>(null);
  const line = Form.useWatch([], form) ?? {};
  const save = useMutation({
    mutationFn: (values: Line) => call(assistedAnswer, '/assisted/entries', { body: bodyOf(values) }),
    onSuccess: () => {
      setSaved((before) => before + 1);
      setId(crypto.randomUUID());
      // Not reset, which would build the fields anew and take the focus away.
      form.setFieldsValue(NEXT);
      first.current?.focus();
      onSaved?.();
    },
  });
  const bodyOf = (values: Line) => ({
    ...serviceOf(values, by),
    id,
    source,
    batchId,
    satisfaction: Number(values.level),
    evalDetail: tagsOf(values.tags),
    writingEvaluation: values.text ?? '',
    anonymous: values.anonymous ?? false,
    assessTime: values.at ?? '',
    page: values.page ? Number(values.page) : undefined,
    reference: values.reference || undefined,
  });
  return (
    <>
      <ProblemAlert error={save.error} />
      <Segmented<By>
        size="small"
        aria-label={t('assisted.by.label')}
        value={by}
        onChange={setBy}
        options={(['project', 'code'] as const).map((value) => ({ value, label: t(`assisted.by.${value}`) }))}
      />
      <Form<Line>
        form={form}
        layout="vertical"
        className="yp-line-form"
        initialValues={{ at: dayjs().format(source === 'paper' ? 'YYYY-MM-DD' : 'YYYY-MM-DD HH:mm') }}
        onFinish={(values) => save.mutate(values)}
      >
        <ServiceFields by={by} first={first} />
        <RatingFields source={source} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('assisted.save')}
        </Button>
      </Form>
      <p className="yp-quiet" aria-live="polite">
        {t('assisted.saved', { count: saved })}
        {save.data ? ` · ${t('assisted.last', { receipt: save.data.receipt })}` : ''}
      </p>
      <Service line={line} by={by} />
      <Tags line={line} />
    </>
  );
}

function serviceOf(line: Line, by: By) {
  return by === 'project'
    ? { projectNo: line.projectNo ?? '', serviceNumber: Number(line.serviceNumber || '1') }
    : { shortCode: line.shortCode ?? '', windowCode: line.windowCode ?? '' };
}

function tagsOf(text: string | undefined): string[] {
  return (text ?? '').split(/[,，\s]+/).filter((tag) => tag !== '');
}

function ServiceFields({ by, first }: { by: By; first: React.RefObject<InputRef | null> }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: '' }];
  if (by === 'code') {
    return (
      <>
        <Form.Item name="shortCode" label={t('assisted.shortCode')} rules={required}>
          <Input ref={first} maxLength={12} autoComplete="off" className="yp-w8" />
        </Form.Item>
        <Form.Item name="windowCode" label={t('field.windowCode')} rules={required}>
          <Input maxLength={32} autoComplete="off" className="yp-w6" />
        </Form.Item>
      </>
    );
  }
  return (
    <>
      <Form.Item name="projectNo" label={t('field.projectNo')} rules={required}>
        <Input ref={first} maxLength={64} autoComplete="off" className="yp-w14" />
      </Form.Item>
      <Form.Item name="serviceNumber" label={t('assisted.step')}>
        <Input maxLength={6} inputMode="numeric" placeholder="1" autoComplete="off" className="yp-w4" />
      </Form.Item>
    </>
  );
}

function RatingFields({ source }: { source: AssistedSource }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="level" label={t('assisted.level')} rules={[{ required: true, message: '' }]}>
        <Input maxLength={1} inputMode="numeric" autoComplete="off" className="yp-w4" />
      </Form.Item>
      <Form.Item name="tags" label={t('assisted.tags')}>
        <Input maxLength={80} autoComplete="off" className="yp-w8" />
      </Form.Item>
      <Form.Item name="text" label={t('assisted.text')} className="yp-grow">
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item name="at" label={t(`assisted.at.${source}`)} rules={[{ required: true, message: '' }]}>
        <Input maxLength={20} autoComplete="off" className="yp-w10" />
      </Form.Item>
      {source === 'paper' ? (
        <Form.Item name="page" label={t('assisted.page')}>
          <Input maxLength={4} inputMode="numeric" autoComplete="off" className="yp-w4" />
        </Form.Item>
      ) : (
        <Form.Item name="reference" label={t(`assisted.reference.${source}`)}>
          <Input maxLength={64} autoComplete="off" className="yp-w8" />
        </Form.Item>
      )}
      <Form.Item name="anonymous" valuePropName="checked" label={t('assisted.anonymous')}>
        <Checkbox aria-label={t('assisted.anonymous')} />
      </Form.Item>
    </>
  );
}

/** Which service the number or the code leads to, before anything is saved. */
function Service({ line, by }: { line: Line; by: By }) {
  const { t } = useTranslation();
  const query = serviceOf(line, by);
  const { projectNo = '', shortCode = '', windowCode = '' } = line;
  const complete = by === 'project' ? projectNo.length >= 4 : shortCode.length >= 6 && windowCode !== '';
  const { data, error } = useQuery({
    queryKey: ['assisted-service', query],
    queryFn: ({ signal }) => call(assistedFound, '/assisted/service', { query, signal }),
    enabled: complete,
    retry: false,
  });
  if (!complete) return <p className="yp-hint">{t('assisted.lookUp')}</p>;
  if (error || data?.service === null) return <p className="yp-hint">{t('assisted.notFound')}</p>;
  if (!data) return null;
  const { service } = data;
  return (
    <p className={service.rated ? 'yp-bad' : undefined}>
      {join([
        service.taskName,
        `${service.projectNo}-${service.serviceNumber}`,
        service.windowCode,
        moment(service.serviceTime),
        service.rated ? t('assisted.rated') : t('assisted.until', { at: until(service.ratableUntil) }),
      ])}
    </p>
  );
}

/** The tags of the level that is typed, to read their numbers from. */
function Tags({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { levels, tags } = useRatingWords();
  const level = levels.find(({ code }) => String(code) === line.level);
  if (!level)
    return <p className="yp-hint">{levels.map(({ code, text }) => `${code} ${text}`).join('　')}</p>;
  const chosen = new Set(tagsOf(line.tags));
  return (
    <p className="yp-hint">
      {t('assisted.tagsOf', { level: level.text })}
      {tags
        .filter((tag) => tag.level === level.code)
        .map(({ code, text }) => (
          <span key={code} className="yp-tag-line">
            {chosen.has(String(code)) ? <strong>{`${code} ${text}`}</strong> : `${code} ${text}`}
          </span>
        ))}
    </p>
  );
}
