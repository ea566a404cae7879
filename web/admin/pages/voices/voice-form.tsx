import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, DatePicker, Form, Input, Modal, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VOICE_CHANNELS, VOICE_KINDS } from '../../../../src/feedback/voice/contract.ts';
import { deskVoiceView } from '../../../../src/handling/resolution/desk-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { FilePick } from '../appeals/file-pick.tsx';
import { forget, sendFile, voiceWordsQuery } from './voice-query.ts';

interface Values {
  channel: string;
  kind: string;
  category?: string;
  exclusion?: string;
  subjectKind?: string;
  subjectCode?: string;
  projectNo?: string;
  text: string;
  name?: string;
  phone?: string;
  receivedAt: Dayjs;
}

/** Takes down what came by phone, in a letter, in the box or at the desk, with its attachments. */
export function VoiceForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const [files, setFiles] = useState<File[]>([]);
  const kind = Form.useWatch('kind', form);
  const save = useMutation({
    mutationFn: async ({ receivedAt, ...rest }: Values) => {
      const body = { ...rest, id, receivedAt: receivedAt.format('YYYY-MM-DD HH:mm') };
      const voice = await call(deskVoiceView, '/voices', { body });
      for (const file of files) await sendFile(voice.id, file);
      return voice;
    },
    onSuccess: async (voice) => {
      onDone();
      await forget(cache);
      await navigate({ to: '/voices/$id', params: { id: voice.id } });
    },
  });
  return (
    <Modal
      open
      width={640}
      title={t('voices.register')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={[
        <Button key="cancel" onClick={onDone}>
          {t('action.cancel')}
        </Button>,
        <Button key="save" type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('voices.save')}
        </Button>,
      ]}
    >
      <ProblemAlert error={save.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        className="yp-inline-form"
        initialValues={{ channel: 'phone', kind: 'stuck_matter', receivedAt: dayjs() }}
        onFinish={(values) => save.mutate(values)}
      >
        <WhatFields />
        {kind === 'stuck_matter' ? <StuckFields /> : null}
        <SubjectFields />
        <SpeakerFields />
        <div className="yp-actions">
          <FilePick onPick={(picked) => setFiles((before) => [...before, ...picked])} />
          <span className="yp-quiet">{files.map((file) => file.name).join('、')}</span>
        </div>
      </Form>
    </Modal>
  );
}

function WhatFields() {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="kind" label={t('voices.kind')}>
        <Radio.Group options={VOICE_KINDS.map((value) => ({ value, label: t(`voices.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="channel" label={t('voices.channel')}>
        <Radio.Group
          options={VOICE_CHANNELS.filter((one) => one !== 'web').map((value) => ({
            value,
            label: t(`voices.channels.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="receivedAt" label={t('voices.receivedAt')} rules={required}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
      <Form.Item name="text" label={t('voices.text')} rules={required}>
        <Input.TextArea rows={4} maxLength={5000} />
      </Form.Item>
    </>
  );
}

/** Which case it is; where the desk can't take it up, what the person is told on the spot. */
function StuckFields() {
  const { t } = useTranslation();
  const { data } = useQuery(voiceWordsQuery);
  const chosen = Form.useWatch('exclusion');
  const told = data?.exclusions.find(({ code }) => code === chosen);
  return (
    <>
      <Form.Item name="category" label={t('voices.category')}>
        <Select
          allowClear
          options={(data?.categories ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item name="exclusion" label={t('voices.exclusion')} extra={t('voices.exclusionHint')}>
        <Select
          allowClear
          options={(data?.exclusions ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      {told ? <Alert type="info" showIcon title={t('voices.tell')} description={told.remedy} /> : null}
    </>
  );
}

function SubjectFields() {
  const { t } = useTranslation();
  const kinds = ['staff', 'window', 'department'] as const;
  return (
    <>
      <Form.Item name="subjectKind" label={t('voices.subject')}>
        <Select
          allowClear
          placeholder={t('voices.noSubject')}
          options={kinds.map((value) => ({ value, label: t(`voices.subjects.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="subjectCode" label={t('voices.subjectCode')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="projectNo" label={t('field.projectNo')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </>
  );
}

function SpeakerFields() {
  const { t } = useTranslation();
  return (
    <>
      <p className="yp-hint">{t('voices.speakerHint')}</p>
      <Form.Item name="name" label={t('orders.speakerName')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="phone" label={t('field.mobile')}>
        <Input maxLength={20} autoComplete="off" inputMode="tel" />
      </Form.Item>
    </>
  );
}
