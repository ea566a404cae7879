import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type User, userListSchema } from '../../../../src/oversight/access/contract.ts';
import { count, moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { NewUserDialog } from './new-user-dialog.tsx';
import { useRoleNames } from './role-names.ts';
import { UserState } from './user-state.tsx';

/** The accounts of the hall: one person, one account, one role. */
export function UsersPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/users' });
  const [creating, setCreating] = useState(false);
  const roleName = useRoleNames();
  const query = filtersOf(search, ['q', 'role', 'state']);
  return (
    <>
      <PageHead title={t('nav.users')} hint={t('users.hint')}>
        <Button type="primary" onClick={() => setCreating(true)}>
          {t('users.create')}
        </Button>
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('users.search')} />
        <SelectFilter
          name="role"
          value={search.role}
          label={t('users.role')}
          choices={roleName.all.map(({ role, text }) => ({ value: role, label: text }))}
        />
        <SelectFilter
          name="state"
          value={search.state}
          label={t('users.state')}
          choices={(['active', 'disabled'] as const).map((value) => ({
            value,
            label: t(`users.states.${value}`),
          }))}
        />
      </FilterBar>
      <List
        path="/users"
        schema={userListSchema}
        query={query}
        cursor={search.cursor}
        columns={columns(t, roleName.of)}
        rowKey={(row) => row.id}
        label={t('nav.users')}
        empty={{ title: t('users.empty.title'), text: t('users.empty.text') }}
      />
      <Outlet />
      {creating ? <NewUserDialog onDone={() => setCreating(false)} /> : null}
    </>
  );
}

function columns(t: TFunction, roleName: (role: string) => string): TableColumnsType<User> {
  return [
    {
      key: 'username',
      title: t('users.username'),
      render: (_, row) => (
        <Link to="/users/$id" params={{ id: row.id }} search={true} state={true}>
          {row.username}
        </Link>
      ),
    },
    { key: 'name', title: t('users.name'), dataIndex: 'name' },
    { key: 'role', title: t('users.role'), render: (_, row) => roleName(row.role) },
    { key: 'scope', title: t('users.scope'), render: (_, row) => row.scope ?? t('profile.wholeCity') },
    { key: 'staffNo', title: t('field.staffNo'), dataIndex: 'staffNo' },
    { key: 'state', title: t('users.state'), render: (_, row) => <UserState user={row} /> },
    { key: 'totp', title: t('totp.title'), render: (_, row) => t(row.totpEnabled ? 'totp.on' : 'totp.off') },
    { key: 'sessions', title: t('users.sessions'), align: 'right', render: (_, row) => count(row.sessions) },
    {
      key: 'last',
      title: t('users.lastSignedIn'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.lastSignedInAt) || t('users.never'),
    },
  ];
}
