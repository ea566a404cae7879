import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../../format.ts';
import { Block, Facts } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useMe, useRoleName } from '../../session.ts';
import { Deputies } from './deputies.tsx';
import { EnrolForm } from './enrol-form.tsx';
import { MessageChoice } from './message-choice.tsx';
import { PasswordForm } from './password-form.tsx';
import { RemoveForm } from './remove-form.tsx';

/** Who one is here, the own password and the second factor. */
export function ProfilePage() {
  const { t } = useTranslation();
  const me = useMe();
  const role = useRoleName();
  const { message } = App.useApp();
  const scope = me.scope.departmentCode ?? me.scope.regionPrefix ?? t('profile.wholeCity');
  return (
    <>
      <PageHead title={t('shell.profile')} />
      <div className="yp-stack yp-narrow">
        <Block title={me.name}>
          <Facts
            facts={[
              [t('users.username'), me.username],
              [t('users.role'), role],
              [t('users.scope'), scope],
              [t('field.staffNo'), me.staffNo],
              [t('profile.idle'), t('profile.minutes', { count: me.idleMinutes })],
              [t('profile.until'), moment(me.sessionEndsAt)],
            ]}
          />
        </Block>
        <Block title={t('password.title')}>
          <PasswordForm onDone={() => void message.success(t('password.changed'))} />
        </Block>
        <SecondFactor />
        <Deputies />
        <MessageChoice />
      </div>
    </>
  );
}

function SecondFactor() {
  const { t } = useTranslation();
  const { totp } = useMe();
  const { message } = App.useApp();
  const [changing, setChanging] = useState(false);
  const done = (text: string) => {
    setChanging(false);
    void message.success(text);
  };
  return (
    <Block
      title={t('totp.title')}
      extra={
        <Tag color={totp.enabled ? 'success' : 'default'}>{t(totp.enabled ? 'totp.on' : 'totp.off')}</Tag>
      }
    >
      <p className="yp-hint">{t(totp.required ? 'totp.required' : 'totp.hint')}</p>
      {changing ? null : (
        <p className="yp-actions yp-inline-form">
          {totp.enabled && totp.required ? null : (
            <Button onClick={() => setChanging(true)}>
              {t(totp.enabled ? 'totp.remove' : 'totp.begin')}
            </Button>
          )}
        </p>
      )}
      {changing && !totp.enabled ? <EnrolForm onDone={() => done(t('totp.enrolled'))} /> : null}
      {changing && totp.enabled ? <RemoveForm onDone={() => done(t('totp.removed'))} /> : null}
    </Block>
  );
}
