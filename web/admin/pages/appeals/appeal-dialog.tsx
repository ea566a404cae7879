import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Form, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementLine } from '../../../../src/close/statement/contract.ts';
import { appealSchema } from '../../../../src/ledger/appeal/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { forget, sendFile } from './appeal-query.ts';
import { points } from './appeal-words.tsx';
import { FilePick, size } from './file-pick.tsx';

interface Props {
  target: { month: string; kind: string; code: string; until: string | null };
  line: StatementLine;
  onDone: () => void;
}

/** What the person objects to, why, and what proves it; then the appeal's own page. */
export function AppealDialog({ target, line, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const cache = useQueryClient();
  // The same id for every try of this dialog: a lost answer never becomes a second appeal.
  const id = useRef(crypto.randomUUID());
  const [files, setFiles] = useState<File[]>([]);
  const [form] = Form.useForm<{ text: string }>();
  const file = useMutation({
    mutationFn: async ({ text }: { text: string }) => {
      const path = `/scores/${target.month}/${target.kind}/${encodeURIComponent(target.code)}/appeals`;
      const filed = await call(appealSchema, path, { body: { id: id.current, line: line.key, text } });
      const lost: string[] = [];
      for (const one of files) await sendFile(filed.id, one).catch(() => lost.push(one.name));
      return { filed, lost };
    },
    onSuccess: async ({ filed, lost }) => {
      if (lost.length > 0) message.warning(t('appeals.filesLost', { names: lost.join('、') }), 8);
      else message.success(t('appeals.filed', { number: filed.number }));
      await forget(cache);
      onDone();
      await navigate({ to: '/appeals/$id', params: { id: filed.id } });
    },
  });
  return (
    <Modal
      open
      title={t('appeals.fileTitle')}
      onCancel={onDone}
      mask={{ closable: false }}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="cancel" onClick={onDone}>
          {t('action.cancel')}
        </Button>,
        <Button key="file" type="primary" loading={file.isPending} onClick={() => form.submit()}>
          {t('appeals.submit')}
        </Button>,
      ]}
    >
      <ProblemAlert error={file.error} />
      <blockquote>
        {line.text} <strong className="yp-nowrap">{points(line.points)}</strong>
        {line.rule ? (
          <div className="yp-quiet">
            {t('receipt.clause', { from: line.rule.from, source: line.rule.source })}
          </div>
        ) : null}
      </blockquote>
      <p className="yp-hint">
        {t('appeals.fileHint')}
        {target.until ? t('appeals.until', { at: moment(target.until) }) : null}
      </p>
      <Form form={form} layout="vertical" className="yp-inline-form" onFinish={(body) => file.mutate(body)}>
        <Form.Item
          name="text"
          label={t('appeals.text')}
          rules={[{ required: true, min: 10, max: 2000, message: t('appeals.textRule') }]}
        >
          <Input.TextArea rows={5} maxLength={2000} showCount />
        </Form.Item>
        <Form.Item label={t('appeals.files')} extra={t('appeals.filesHint')}>
          <FilePick onPick={(more) => setFiles((before) => [...before, ...more].slice(0, 10))} />
          <PickedFiles files={files} onDrop={(at) => setFiles(files.filter((_, index) => index !== at))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function PickedFiles({ files, onDrop }: { files: readonly File[]; onDrop: (at: number) => void }) {
  const { t } = useTranslation();
  return (
    <ul className="yp-entries">
      {files.map((one, at) => (
        <li key={`${one.name} ${one.size} ${one.lastModified}`} className="yp-file">
          <span>
            {one.name} <span className="yp-quiet">{size(one.size)}</span>
          </span>
          <Button
            size="small"
            aria-label={t('appeals.dropFile', { name: one.name })}
            onClick={() => onDrop(at)}
          >
            {t('appeals.drop')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
