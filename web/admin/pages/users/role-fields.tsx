import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Role, scopeCodeSchema } from '../../../../src/oversight/access/contract.ts';
import { useRoleNames } from './role-names.ts';

export interface RoleEntered {
  role: Role;
  scope?: string;
  staffNo?: string;
}

/** What an account may do and which data it sees: the part that creating and changing have in common. */
export function RoleFields() {
  const { t } = useTranslation();
  const roles = useRoleNames();
  const role = Form.useWatch<Role | undefined>('role');
  const chosen = roles.all.find((each) => each.role === role);
  return (
    <>
      <Form.Item
        name="role"
        label={t('users.role')}
        extra={chosen?.needsSecondFactor ? t('users.needsSecondFactor') : undefined}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Select options={roles.all.map((each) => ({ value: each.role, label: each.text }))} />
      </Form.Item>
      <Form.Item
        name="scope"
        label={t('users.scope')}
        extra={t('users.scopeHint')}
        rules={[
          {
            validator: async (_, value) => {
              if (value && !scopeCodeSchema.safeParse(value).success) throw new Error(t('users.scopeRule'));
            },
          },
        ]}
      >
        <Input maxLength={18} autoComplete="off" placeholder={t('profile.wholeCity')} />
      </Form.Item>
      {chosen?.needsStaffNo ? (
        <Form.Item
          name="staffNo"
          label={t('field.staffNo')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      ) : null}
    </>
  );
}

/** What goes to the server: empty fields are absent. */
export function roleBody({ role, scope, staffNo }: RoleEntered) {
  return { role, scope: scope?.trim() || null, staffNo: staffNo?.trim() || null };
}
