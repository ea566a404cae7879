import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, InputNumber, Modal, Select, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type MeritAllowance,
  meritAllowance,
  meritClaimed,
  meritFiles,
} from '../../../../src/conduct/merit/claim-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan, useMe } from '../../session.ts';
import { FilePick } from '../appeals/file-pick.tsx';

interface Values {
  staffNo?: string;
  rule: string;
  occurredOn: Dayjs;
  quantity: number;
  evidence: string;
}

/** Claims a merit; beside it the seven items, their caps and what is used of them. */
export function ClaimDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { staffNo: own } = useMe();
  const forOthers = useCan()('merit.opinion');
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => crypto.randomUUID());
  const [files, setFiles] = useState<File[]>([]);
  const staff = Form.useWatch('staffNo', form) ?? own ?? '';
  const on = (Form.useWatch('occurredOn', form) ?? dayjs()).format('YYYY-MM-DD');
  const allowance = useQuery({
    queryKey: ['merit-allowance', staff, on],
    queryFn: ({ signal }) => call(meritAllowance, '/merits/allowance', { query: { staff, on }, signal }),
    enabled: staff !== '',
    retry: false,
  });
  const save = useMutation({
    mutationFn: async ({ occurredOn, staffNo, ...rest }: Values) => {
      const body = {
        ...rest,
        id,
        occurredOn: occurredOn.format('YYYY-MM-DD'),
        ...(staffNo ? { staffNo } : {}),
      };
      const merit = await call(meritClaimed, '/merits', { body });
      for (const file of files) await sendProof(merit.id, file);
    },
    onSuccess: async () => {
      onDone();
      await cache.invalidateQueries({ queryKey: ['list', '/merits'] });
    },
  });
  return (
    <Modal
      open
      width={720}
      title={t('merits.claim')}
      onCancel={onDone}
      closable={{ 'aria-label': t('action.close') }}
      footer={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('merits.submit')}
        </Button>
      }
    >
      <p className="yp-hint">{t('merits.claimHint')}</p>
      <ProblemAlert error={save.error ?? allowance.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ occurredOn: dayjs(), quantity: 1 }}
        onFinish={(values) => save.mutate(values)}
      >
        <ClaimFields allowance={allowance.data} forOthers={forOthers} needsStaff={!own} />
      </Form>
      <div className="yp-actions">
        <FilePick onPick={(picked) => setFiles((before) => [...before, ...picked])} />
        <span className="yp-quiet">{files.map((file) => file.name).join('、')}</span>
      </div>
      {allowance.data ? <Allowance allowance={allowance.data} /> : null}
    </Modal>
  );
}

interface FieldProps {
  allowance: MeritAllowance | undefined;
  forOthers: boolean;
  needsStaff: boolean;
}

function ClaimFields({ allowance, forOthers, needsStaff }: FieldProps) {
  const { t } = useTranslation();
  const word = useWord();
  const rules = [{ required: true, message: t('form.required') }];
  const options = (allowance?.items ?? []).flatMap((item) =>
    item.rules.map(({ code, name, points }) => ({ value: code, label: `${word(name)}（${points}）` })),
  );
  return (
    <>
      {forOthers ? (
        <Form.Item name="staffNo" label={t('merits.staffNo')} rules={needsStaff ? rules : []}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      ) : null}
      <Form.Item name="occurredOn" label={t('merits.occurredOn')} rules={rules}>
        <DatePicker />
      </Form.Item>
      <Form.Item name="rule" label={t('merits.rule')} rules={rules}>
        <Select options={options} />
      </Form.Item>
      <Form.Item name="quantity" label={t('merits.quantity')} rules={rules}>
        <InputNumber min={1} max={20} precision={0} />
      </Form.Item>
      <Form.Item name="evidence" label={t('merits.evidence')} rules={rules}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </>
  );
}

function useWord(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (words) => words[i18n.language.startsWith('en') ? 'en' : 'zh'];
}

/** The seven items: cap, used this month, waiting, this year. */
function Allowance({ allowance }: { allowance: MeritAllowance }) {
  const { t } = useTranslation();
  const word = useWord();
  const points = (key: 'cap' | 'month' | 'waiting' | 'year') => ({
    key,
    title: t(`merits.allowance.${key}`),
    dataIndex: key,
    className: 'yp-num',
  });
  return (
    <>
      <h2>{t('merits.allowance.title', { total: allowance.totalCap })}</h2>
      <Table<MeritAllowance['items'][number]>
        aria-label={t('merits.allowance.title', { total: allowance.totalCap })}
        size="small"
        pagination={false}
        rowKey={(row) => row.item}
        dataSource={allowance.items}
        columns={[
          { key: 'name', title: t('merits.allowance.item'), render: (_, row) => word(row.name) },
          points('cap'),
          points('month'),
          points('waiting'),
          points('year'),
        ]}
      />
    </>
  );
}

export async function sendProof(id: string, file: File): Promise<void> {
  const body = new FormData();
  body.append('file', file, file.name);
  await call(meritFiles, `/merits/${encodeURIComponent(id)}/files`, { body });
}
