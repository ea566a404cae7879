import { describe, expect, test } from 'vitest';
import { knownStaff, openOffice, operator } from '../../../test/support/office.ts';
import { createUser } from './user-actions.ts';

const { browser, newAccount, person, t, http } = await openOffice();

let made = 0;

describe('roles', () => {
  test('bound what the server does, not only what it shows', async () => {
    const { page } = await person('system_admin');
    for (const path of ['/users', '/roles', '/keys', '/audit']) {
      expect((await page.get(path)).json()).toMatchObject({ status: 403, code: 'access.permission_denied' });
    }
    const grab = await page.post('/users', { username: 'friend', name: 'F', role: 'security_admin' });
    expect(grab.statusCode).toBe(403);
  });

  test('of two administrators can’t be held at once', async () => {
    const first = await newAccount('system_admin', { staffNo: 'S7001' });
    const second = createUser(
      t,
      operator,
      { username: 'second', role: 'auditor', staffNo: 'S7001' },
      knownStaff,
    );
    await expect(second).rejects.toMatchObject({ code: 'access.staff_taken' });
    const officer = await person('security_admin');
    const changed = await officer.page.post(`/users/${first.id}/role`, { role: 'auditor', staffNo: 'S7001' });
    expect(changed.json()).toMatchObject({ role: 'auditor' });
    await expect(
      t.db.owner.query("INSERT INTO oversight.role_permission VALUES ('system_admin', 'user.manage')"),
    ).rejects.toThrow(/grants_belong_to_security_admin/);
    await expect(
      t.db.owner.query("INSERT INTO oversight.role_permission VALUES ('security_admin', 'audit.read')"),
    ).rejects.toThrow(/audit_belongs_to_auditor/);
  });

  test('can’t be changed by their own holder', async () => {
    const { page, id } = await person('security_admin');
    for (const [path, body] of [
      ['role', { role: 'auditor' }],
      ['reset', {}],
      ['disable', {}],
    ] as const) {
      expect((await page.post(`/users/${id}/${path}`, body)).json().code).toBe('access.own_account');
    }
  });

  test('a changed role ends the sessions opened with the old one', async () => {
    const { page, id } = await person('leader');
    const officer = await person('security_admin');
    await officer.page.post(`/users/${id}/role`, { role: 'supervisor', scope: '370812' });
    expect((await page.get('/me')).statusCode).toBe(401);
  });

  test('a liaison without a scope can’t be made, and sees nothing', async () => {
    const officer = await person('security_admin');
    const account = { username: `liaison.${++made}`, name: '联络员', role: 'department_liaison' };
    const refused = await officer.page.post('/users', account);
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'access.scope_required']);
    const { page, id } = await person('department_liaison', { scope: '370812' });
    expect((await page.get('/echo')).json().scope).toEqual({ cityCode: '370800', regionPrefix: '370812' });
    await t.db.owner.query('UPDATE oversight."user" SET scope_code = NULL WHERE id = $1', [id]);
    expect((await page.get('/echo')).json().scope).toEqual({ cityCode: '370800', departmentCode: 'none' });
  });

  test('a clerk’s account needs a member of staff that the register knows', async () => {
    const make = (staffNo?: string) =>
      createUser(
        t,
        operator,
        { username: `clerk.${++made}`, role: 'clerk', ...(staffNo ? { staffNo } : {}) },
        knownStaff,
      );
    await expect(make()).rejects.toMatchObject({ code: 'access.staff_required', field: 'staffNo' });
    await expect(make('X1')).rejects.toMatchObject({ code: 'access.staff_unknown', field: 'staffNo' });
    await expect(make('S1')).resolves.toMatchObject({ user: { role: 'clerk', staffNo: 'S1' } });
  });

  test('a scope bounds the data', async () => {
    const { page } = await person('supervisor', { scope: '370812' });
    expect((await page.get('/echo')).json().scope).toEqual({ cityCode: '370800', regionPrefix: '370812' });
    const other = createUser(t, operator, { username: 'far', role: 'leader', scope: '370100' }, knownStaff);
    await expect(other).rejects.toMatchObject({ code: 'access.scope_unknown' });
  });
});

describe('accounts', () => {
  test('are listed, found, paged and shown without secrets', async () => {
    const { page } = await person('security_admin');
    for (const name of ['list.a', 'list.b', 'list.c']) {
      const created = await page.post('/users', { username: name, name: `Person ${name}`, role: 'leader' });
      expect(created.statusCode).toBe(201);
      expect(created.json().password).toMatch(/^(\w{5}-){2}\w{5}$/);
    }
    const first = (await page.get('/users?q=list.&limit=2')).json();
    expect(first.items.map((user: { username: string }) => user.username)).toEqual(['list.a', 'list.b']);
    const second = (await page.get(`/users?q=list.&limit=2&cursor=${first.next}`)).json();
    expect(second).toMatchObject({ items: [{ username: 'list.c', sessions: 0 }], next: null });
    expect(JSON.stringify([first, second])).not.toMatch(/password"|hash|secret/);
    expect((await page.get('/users?cursor=nonsense')).statusCode).toBe(422);
    expect((await page.post('/users', { username: 'LIST.A', name: 'x', role: 'leader' })).json().code).toBe(
      'access.username_taken',
    );
  });

  test('show a lock, are enabled again and signed out', async () => {
    const officer = await person('security_admin');
    const { username, id, page } = await person('leader');
    expect((await officer.page.post(`/users/${id}/end-sessions`)).json()).toEqual({ ended: 1 });
    expect((await page.get('/me')).statusCode).toBe(401);
    for (let i = 0; i < 5; i += 1) await browser().signIn(username, 'wrong 12345');
    const [user] = (await officer.page.get(`/users?q=${username}`)).json().items;
    expect(user.lockedUntil).toBe('2026-03-11T10:15:00+08:00');
    await officer.page.post(`/users/${id}/disable`);
    expect((await officer.page.get(`/users/${id}`)).json()).toMatchObject({ username, sessions: 0 });
    expect((await officer.page.get('/users/nobody')).statusCode).toBe(404);
    const bare = { method: 'POST' as const, url: `/admin/api/users/${id}/enable` };
    const cookie = [...officer.page.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await http().inject({ ...bare, headers: { cookie, 'x-yiping': '1' } })).statusCode).toBe(200);
    await officer.page.post(`/users/${id}/disable`);
    expect((await officer.page.get('/users?state=disabled')).body).toContain(username);
    expect((await officer.page.post(`/users/${id}/enable`)).json().disabledAt).toBeNull();
  });
});
