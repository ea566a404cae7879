import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type User, userSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { count, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/states.tsx';
import { type AccountStep, AccountStepDialog } from './account-step-dialog.tsx';
import { RoleForm } from './role-form.tsx';
import { useRoleNames } from './role-names.ts';
import { UserState } from './user-state.tsx';

/** One account, and what the security administrator can do with it. */
export function UserDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/users/$id' });
  const query = useQuery({
    queryKey: ['list', '/users', 'one', id],
    queryFn: ({ signal }) => call(userSchema, `/users/${encodeURIComponent(id)}`, { signal }),
  });
  return (
    <DetailDrawer title={query.data?.name ?? t('users.one')} back="/users">
      <Loaded query={query}>{(user) => <Account user={user} />}</Loaded>
    </DetailDrawer>
  );
}

function Account({ user }: { user: User }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<AccountStep>();
  const [changing, setChanging] = useState(false);
  const steps: AccountStep[] = user.disabledAt ? ['enable'] : ['reset', 'end-sessions', 'disable'];
  return (
    <>
      <Block title={user.username} extra={<UserState user={user} />}>
        <AccountFacts user={user} />
        <div className="yp-actions yp-inline-form">
          {steps.map((each) => (
            <Button key={each} onClick={() => setStep(each)}>
              {t(`users.steps.${each}.verb`)}
            </Button>
          ))}
        </div>
      </Block>
      <Block
        title={t('users.roleAndScope')}
        extra={
          changing ? null : (
            <Button size="small" onClick={() => setChanging(true)}>
              {t('users.changeRole')}
            </Button>
          )
        }
      >
        {changing ? <RoleForm user={user} onDone={() => setChanging(false)} /> : <RoleFacts user={user} />}
      </Block>
      {step ? <AccountStepDialog user={user} step={step} onDone={() => setStep(undefined)} /> : null}
    </>
  );
}

function AccountFacts({ user }: { user: User }) {
  const { t } = useTranslation();
  return (
    <Facts
      facts={[
        [t('users.name'), user.name],
        [t('totp.title'), t(user.totpEnabled ? 'totp.on' : 'totp.off')],
        [t('users.sessions'), count(user.sessions)],
        [t('users.lastSignedIn'), moment(user.lastSignedInAt) || t('users.never')],
        [t('users.createdAt'), moment(user.createdAt)],
        [t('users.disabledAt'), moment(user.disabledAt)],
      ]}
    />
  );
}

function RoleFacts({ user }: { user: User }) {
  const { t } = useTranslation();
  const roles = useRoleNames();
  return (
    <Facts
      facts={[
        [t('users.role'), roles.of(user.role)],
        [t('users.scope'), user.scope ?? t('profile.wholeCity')],
        [t('field.staffNo'), user.staffNo],
      ]}
    />
  );
}
