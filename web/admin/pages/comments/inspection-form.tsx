import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, DatePicker, Form, Input, Modal, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  COMMENT_SUBJECTS,
  type CommentSubject,
  commentDetail,
  PLATFORMS,
} from '../../../../src/feedback/comment/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useRatingWords } from '../../parts/rating-words.tsx';
import { FilePick } from '../appeals/file-pick.tsx';
import { forget, sendEvidence } from './comment-query.ts';

interface Values {
  subjectKind: CommentSubject;
  subjectCode: string;
  visitedAt: Dayjs;
  satisfaction: number;
  tags?: string[];
  text?: string;
}

/** What a supervisor found on a visit, with the evidence; somebody else confirms it. */
export function InspectionForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const [files, setFiles] = useState<File[]>([]);
  const level = Form.useWatch('satisfaction', form);
  const kind = Form.useWatch('subjectKind', form) ?? 'window';
  const save = useMutation({
    mutationFn: async (values: Values) => {
      const { visitedAt, ...rest } = values;
      const body = { ...rest, id, visitedAt: visitedAt.format('YYYY-MM-DD HH:mm') };
      await call(commentDetail, '/inspections', { body });
      for (const file of files) await sendEvidence(id, file);
    },
    onSuccess: async () => {
      onDone();
      await forget(cache);
      await navigate({ to: '/comments/$id', params: { id } });
    },
  });
  return (
    <Modal
      open
      width={640}
      title={t('comments.form.title')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="cancel" onClick={onDone}>
          {t('action.cancel')}
        </Button>,
        <Button key="save" type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('comments.form.save')}
        </Button>,
      ]}
    >
      <p className="yp-hint">{t('comments.form.hint')}</p>
      <ProblemAlert error={save.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        className="yp-inline-form"
        initialValues={{ subjectKind: 'window', visitedAt: dayjs() }}
        onFinish={(values) => save.mutate(values)}
      >
        <SubjectFields kind={kind} />
        <Findings level={level} onLevel={() => form.setFieldValue('tags', [])} />
        <Form.Item name="text" label={t('comments.form.text')}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
        <div className="yp-actions">
          <FilePick onPick={(picked) => setFiles((before) => [...before, ...picked])} />
          <span className="yp-quiet">{files.map((file) => file.name).join('、')}</span>
        </div>
      </Form>
    </Modal>
  );
}

/** What was visited, and when. */
function SubjectFields({ kind }: { kind: CommentSubject }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="subjectKind" label={t('comments.subject')}>
        <Radio.Group
          options={COMMENT_SUBJECTS.map((value) => ({ value, label: t(`comments.kinds.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="subjectCode" label={t(`comments.codes.${kind}`)} rules={required}>
        {kind === 'platform' ? (
          <Select options={PLATFORMS.map((value) => ({ value, label: t(`comments.platforms.${value}`) }))} />
        ) : (
          <Input maxLength={60} autoComplete="off" />
        )}
      </Form.Item>
      <Form.Item name="visitedAt" label={t('comments.visitedAt')} rules={required}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
    </>
  );
}

/** The level, none chosen beforehand, and the findings that belong to it. */
function Findings({ level, onLevel }: { level: number | undefined; onLevel: () => void }) {
  const { t } = useTranslation();
  const { levels, tags } = useRatingWords();
  const fitting = tags.filter((tag) => tag.level === level);
  return (
    <>
      <Form.Item
        name="satisfaction"
        label={t('ratings.level')}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Radio.Group
          onChange={onLevel}
          options={levels.map(({ code, text }) => ({ value: code, label: `${code} ${text}` }))}
        />
      </Form.Item>
      <Form.Item name="tags" label={t('comments.findings')}>
        <Select
          mode="multiple"
          disabled={level === undefined}
          optionFilterProp="label"
          options={fitting.map(({ code, text }) => ({ value: String(code), label: `${code} ${text}` }))}
        />
      </Form.Item>
    </>
  );
}
