import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DeviceKind,
  type DeviceView,
  deviceKinds,
  deviceView,
} from '../../../../src/registry/device/contract.ts';
import { windowPage } from '../../../../src/registry/window/contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { KeysField } from './keys-field.tsx';

interface Entered {
  kind: DeviceKind;
  windowCode: string;
  name: string;
  keys?: { key: string; satisfaction: number }[];
}

/** Makes a device known, or renames it, moves it and changes what its keys mean. */
export function DeviceDialog({ device, onDone }: { device?: DeviceView; onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Entered>();
  const kind = Form.useWatch('kind', form) ?? device?.kind ?? 'tablet';
  const save = useMutation({
    mutationFn: ({ kind: entered, windowCode, name, keys }: Entered) => {
      const body = { windowCode, name: name.trim(), ...(kind === 'button' ? { keys: keys ?? [] } : {}) };
      return device
        ? call(deviceView, `/registry/devices/${device.id}`, { body })
        : call(deviceView, '/registry/devices', { body: { kind: entered, ...body } });
    },
    onSuccess: onDone,
  });
  const verb = t(device ? 'devices.save' : 'devices.create');
  return (
    <Modal open title={verb} onCancel={onDone} closable={{ 'aria-label': t('action.close') }} footer={null}>
      <Form<Entered>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={device ?? { kind: 'tablet', keys: ['1', '2', '3', '4'].map((key) => ({ key })) }}
        onFinish={(entered) => save.mutate(entered)}
      >
        <ProblemAlert error={save.error} />
        {device ? null : (
          <Form.Item name="kind" label={t('registry.kind')}>
            <Radio.Group
              options={deviceKinds.options.map((value) => ({ value, label: t(`devices.kinds.${value}`) }))}
            />
          </Form.Item>
        )}
        <WindowField />
        <Form.Item
          name="name"
          label={t('devices.name')}
          extra={t('devices.nameHint')}
          rules={[{ required: true, whitespace: true, message: t('form.required') }]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        {kind === 'button' ? <KeysField /> : null}
        <div className="yp-actions yp-dialog-end">
          <Button onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {verb}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

/** Finds a window by number or name. */
function WindowField() {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: ['window-choices', q],
    queryFn: ({ signal }) =>
      call(windowPage, '/registry/windows', { query: { q: q || undefined, limit: 50 }, signal }),
  });
  return (
    <Form.Item
      name="windowCode"
      label={t('field.window')}
      rules={[{ required: true, message: t('form.required') }]}
    >
      <Select
        showSearch={{ filterOption: false, onSearch: (text) => setQ(text.trim()) }}
        loading={isFetching}
        options={(data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
      />
    </Form.Item>
  );
}
