import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import {
  PROVIDERS,
  ROBOT_GROUPS,
  type RobotForm,
  type RobotView,
  robotList,
} from '../../../../src/oversight/message/robot-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface Entered extends Omit<RobotForm, 'phones' | 'scope'> {
  scope: string;
  phones: string;
}

type RobotList = z.output<typeof robotList>;

/** Registers a robot or changes one; its address and secret are typed once and never shown again. */
export function RobotDialog({
  robot,
  onDone,
}: {
  robot: RobotView | undefined;
  onDone: (list?: RobotList) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Entered>();
  const provider = Form.useWatch('provider', form) ?? robot?.provider ?? 'dingtalk';
  const save = useMutation({
    mutationFn: (entered: Entered) =>
      call(robotList, robot ? `/robots/${robot.id}` : '/robots', { body: bodyOf(entered) }),
    onSuccess: onDone,
  });
  return (
    <Modal
      open
      title={t(robot ? 'robots.editTitle' : 'robots.add')}
      onCancel={() => onDone()}
      closable={{ 'aria-label': t('action.close') }}
      footer={null}
    >
      <Form<Entered>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialOf(robot)}
        onFinish={(entered) => save.mutate(entered)}
      >
        <ProblemAlert error={save.error} />
        <RobotFields robot={robot} provider={provider} />
        <div className="yp-actions yp-dialog-end">
          <Button onClick={() => onDone()}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('robots.save')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

/** What a robot is, whom it tells and about what. */
function RobotFields({ robot, provider }: { robot: RobotView | undefined; provider: RobotForm['provider'] }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('form.required') }];
  const kept = robot ? t('robots.kept') : undefined;
  return (
    <>
      <Form.Item name="provider" label={t('robots.provider')}>
        <Radio.Group
          disabled={robot !== undefined}
          options={PROVIDERS.map((value) => ({ value, label: t(`robots.providers.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="name" label={t('robots.name')} rules={required}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="url"
        label={t('robots.url')}
        extra={kept ?? t(`robots.urlHint.${provider}`)}
        rules={robot ? [] : required}
      >
        <Input maxLength={500} autoComplete="off" spellCheck={false} />
      </Form.Item>
      {provider === 'dingtalk' ? (
        <Form.Item name="secret" label={t('robots.secret')} extra={kept ?? t('robots.secretHint')}>
          <Input.Password maxLength={200} autoComplete="off" />
        </Form.Item>
      ) : null}
      <Form.Item name="scope" label={t('users.scope')} extra={t('users.scopeHint')}>
        <Input maxLength={18} autoComplete="off" placeholder={t('profile.wholeCity')} />
      </Form.Item>
      <Form.Item name="groups" label={t('robots.groups')} rules={required}>
        <Select
          mode="multiple"
          options={ROBOT_GROUPS.map((value) => ({ value, label: t(`messages.groups.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="phones"
        label={t('robots.phones')}
        extra={
          robot ? t('robots.phonesKept', { phones: robot.phones.join(' ') || '—' }) : t('robots.phonesHint')
        }
      >
        <Input maxLength={130} autoComplete="off" />
      </Form.Item>
      <Form.Item name="everybody" valuePropName="checked">
        <Checkbox>{t('robots.everybody')}</Checkbox>
      </Form.Item>
      <Form.Item name="enabled" valuePropName="checked">
        <Checkbox>{t('robots.enabled')}</Checkbox>
      </Form.Item>
    </>
  );
}

function initialOf(robot: RobotView | undefined) {
  if (robot === undefined) {
    return { provider: 'dingtalk', groups: ['order', 'card'], everybody: false, enabled: true };
  }
  const { provider, name, scope, groups, everybody, enabled } = robot;
  return { provider, name, scope: scope ?? '', groups, everybody, enabled };
}

/** What is left empty stays as it is. */
function bodyOf({ url, secret, phones, scope, ...rest }: Entered) {
  const listed = (phones ?? '').split(/[\s,，、]+/).filter(Boolean);
  return {
    ...rest,
    scope: scope?.trim() || null,
    ...(url?.trim() ? { url: url.trim() } : {}),
    ...(secret?.trim() && rest.provider === 'dingtalk' ? { secret: secret.trim() } : {}),
    ...(listed.length > 0 ? { phones: listed } : {}),
  };
}
