import { describe, expect, test } from 'vitest';
import { MINUTE, openOffice, operator } from '../../../test/support/office.ts';
import { disableUser, resetUser } from './user-actions.ts';

const { browser, newAccount, t } = await openOffice();

async function auditOf(action: string) {
  const { rows } = await t.db.owner.query(
    `SELECT actor_kind, actor_name, subject_id, result, detail FROM oversight.audit
     WHERE action = $1 ORDER BY audit_id`,
    [action],
  );
  return rows;
}

describe('signing in', () => {
  test('opens a session in a cookie that scripts, other sites and citizens’ pages never see', async () => {
    const { username, password, page } = await newAccount('leader');
    const answer = await page.signIn(username, password);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      step: 'signed_in',
      me: { username, role: 'leader', pending: ['password'] },
    });
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/admin' });
    expect(cookie?.name).toMatch(/^yiping_session_[0-9a-f]{8}$/);
    const { rows } = await t.db.owner.query('SELECT token FROM oversight.session');
    expect(JSON.stringify(rows)).not.toContain(cookie?.value);
  });

  test('names are the same in capitals', async () => {
    const { username, password, page } = await newAccount('leader');
    expect((await page.signIn(username.toUpperCase(), password)).statusCode).toBe(200);
  });

  test('gives a session of its own, whatever the browser brought along', async () => {
    const { username, password } = await newAccount('leader');
    const page = browser();
    page.jar.set('yiping_session_12345678', 'planted');
    await page.signIn(username, password);
    const first = new Map(page.jar);
    await page.signIn(username, password);
    expect([...page.jar.values()]).not.toEqual([...first.values()]);
    const old = page.copy(first);
    expect((await old.get('/me')).statusCode).toBe(401);
  });

  test('answers an unknown name, a wrong password and a disabled account alike', async () => {
    const { username, password, id } = await newAccount('leader');
    const wrong = await browser().signIn(username, 'not the password 1');
    const unknown = await browser().signIn('nobody.here', 'not the password 1');
    await disableUser(t, operator, { id });
    const disabled = await browser().signIn(username, password);
    expect(wrong.statusCode).toBe(401);
    expect(unknown.json()).toEqual(wrong.json());
    expect(disabled.json()).toEqual(wrong.json());
    expect(unknown.headers['set-cookie']).toBeUndefined();
  });

  test('is audited with its result and without the name typed, unless an account has it', async () => {
    const { username, password, page } = await newAccount('leader');
    await page.signIn(username, password);
    await page.signIn(username, 'wrong password 1');
    await page.signIn('MyPassword-typed-here', 'x');
    const rows = await auditOf('access.sign_in');
    expect(rows.slice(-3)).toMatchObject([
      { actor_kind: 'user', actor_name: username, subject_id: username, result: 'ok' },
      { actor_kind: 'public', subject_id: username, result: 'failed' },
      { actor_kind: 'public', subject_id: '', result: 'failed' },
    ]);
    expect(JSON.stringify(rows)).not.toContain('MyPassword');
  });
});

describe('lockout', () => {
  test('closes the account for 15 minutes after five failures, to the right password, too', async () => {
    const { username, password } = await newAccount('leader');
    for (let i = 0; i < 5; i += 1)
      expect((await browser().signIn(username, 'wrong 12345')).statusCode).toBe(401);
    const locked = await browser().signIn(username, password);
    expect(locked.statusCode).toBe(423);
    expect(locked.json()).toMatchObject({ code: 'access.locked' });
    expect(locked.json().detail).toContain('10:15');
    t.clock.advance(15 * MINUTE - 1);
    expect((await browser().signIn(username, password)).statusCode).toBe(423);
    t.clock.advance(1);
    expect((await browser().signIn(username, password)).statusCode).toBe(200);
  });

  test('leaves other accounts at the same address alone', async () => {
    const one = await newAccount('leader');
    const other = await newAccount('leader');
    for (let i = 0; i < 7; i += 1) await browser().signIn(one.username, 'wrong 12345');
    expect((await browser().signIn(other.username, other.password)).statusCode).toBe(200);
  });

  test('treats a name without an account the same', async () => {
    for (let i = 0; i < 5; i += 1) await browser().signIn('ghost', 'wrong 12345');
    expect((await browser().signIn('ghost', 'wrong 12345')).statusCode).toBe(423);
  });

  test('can’t be outrun by many attempts at the same instant', async () => {
    const { username } = await newAccount('leader');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser()
          .signIn(username, 'wrong 12345')
          .then((a) => a.statusCode),
      ),
    );
    expect(answers.filter((status) => status === 401)).toHaveLength(5);
    expect(answers.filter((status) => status === 423)).toHaveLength(15);
  });

  test('starts to count anew after a success, and a reset opens a lock', async () => {
    const { username, password } = await newAccount('leader');
    for (let i = 0; i < 4; i += 1) await browser().signIn(username, 'wrong 12345');
    expect((await browser().signIn(username, password)).statusCode).toBe(200);
    for (let i = 0; i < 5; i += 1) await browser().signIn(username, 'wrong 12345');
    const reset = await resetUser(t, operator, { username });
    expect((await browser().signIn(username, reset.password)).statusCode).toBe(200);
  });
});
