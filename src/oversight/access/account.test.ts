import { describe, expect, test } from 'vitest';
import { CHOSEN, MINUTE, openOffice } from '../../../test/support/office.ts';

const { browser, newAccount, person, enrol, codeOf, t } = await openOffice();

describe('passwords', () => {
  test('made by others open nothing but their own change', async () => {
    const { username, password, page } = await newAccount('leader');
    await page.signIn(username, password);
    const scores = await page.get('/echo');
    expect(scores.statusCode).toBe(403);
    expect(scores.json().code).toBe('access.password_change_required');
    expect((await page.post('/me/password', { current: password, next: CHOSEN })).json().pending).toEqual([]);
    expect((await page.get('/echo')).statusCode).toBe(200);
  });

  test.each([
    ['Short-1', 'access.password_too_short'],
    ['alllowercase1', 'access.password_too_plain'],
    ['My-leader_NAME-9', 'access.password_has_username'],
  ])('%s is refused', async (next, code) => {
    const { username, password, page } = await newAccount('leader');
    await page.signIn(username, password);
    const refused = await page.post('/me/password', {
      current: password,
      next: next.replace('leader_NAME', username),
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code, errors: [{ field: 'next' }] });
  });

  test('can’t stay the same, and need the present one', async () => {
    const { page, password } = await person('leader');
    const same = await page.post('/me/password', { current: password, next: password });
    expect(same.json().code).toBe('access.password_unchanged');
    const wrong = await page.post('/me/password', { current: 'Wrong-12345', next: 'Another-12345' });
    expect(wrong.json()).toMatchObject({ code: 'access.password_wrong', errors: [{ field: 'current' }] });
  });

  test('a change ends the other sessions and renews this one', async () => {
    const { username, page, password } = await person('leader');
    const elsewhere = browser();
    await elsewhere.signIn(username, password);
    const before = new Map(page.jar);
    expect((await page.post('/me/password', { current: password, next: 'Another-12345' })).statusCode).toBe(
      200,
    );
    expect((await page.get('/me')).statusCode).toBe(200);
    expect((await elsewhere.get('/me')).statusCode).toBe(401);
    const old = page.copy(before);
    expect((await old.get('/me')).statusCode).toBe(401);
  });
});

describe('the second factor', () => {
  test('is obligatory for the administrators and the office: nothing else answers before', async () => {
    for (const role of ['system_admin', 'security_admin', 'auditor', 'assessment_office']) {
      const { username, password, page } = await newAccount(role);
      await page.signIn(username, password);
      expect((await page.post('/me/totp/begin', { password })).json().code).toBe(
        'access.password_change_required',
      );
      await page.post('/me/password', { current: password, next: CHOSEN });
      expect((await page.get('/audit')).json().code).toBe('access.second_factor_required');
      expect((await page.get('/me')).json()).toMatchObject({ pending: ['totp'], totp: { required: true } });
      await enrol(page, CHOSEN);
      expect((await page.get('/me')).json()).toMatchObject({ pending: [], totp: { enabled: true } });
      expect((await page.get('/audit')).statusCode).toBe(role === 'auditor' ? 200 : 403);
    }
  });

  test('is asked for after the password; until then there is no session', async () => {
    const { username, password, secret } = await person('auditor');
    t.clock.advance(MINUTE);
    const page = browser();
    expect((await page.signIn(username, password)).json()).toEqual({ step: 'totp' });
    expect((await page.get('/me')).statusCode).toBe(401);
    const wrong = await page.post('/sign-in/totp', { code: '000000' });
    expect(wrong.json()).toMatchObject({ code: 'access.code_wrong', errors: [{ field: 'code' }] });
    expect((await page.post('/sign-in/totp', { code: await codeOf(secret) })).json().step).toBe('signed_in');
    expect((await page.get('/me')).statusCode).toBe(200);
  });

  test('takes no code twice', async () => {
    const { username, password, secret } = await person('auditor');
    t.clock.advance(MINUTE);
    const code = await codeOf(secret);
    const page = browser();
    await page.signIn(username, password);
    expect((await page.post('/sign-in/totp', { code })).statusCode).toBe(200);
    const shoulder = browser();
    await shoulder.signIn(username, password);
    expect((await shoulder.post('/sign-in/totp', { code })).json().code).toBe('access.code_wrong');
  });

  test('waits five minutes and locks the account after five wrong codes', async () => {
    const { username, password, secret } = await person('auditor');
    const page = browser();
    await page.signIn(username, password);
    t.clock.advance(5 * MINUTE);
    expect((await page.post('/sign-in/totp', { code: await codeOf(secret) })).json().code).toBe(
      'access.challenge_expired',
    );
    for (let i = 0; i < 5; i += 1) {
      expect((await page.signIn(username, password)).statusCode).toBe(200);
      expect((await page.post('/sign-in/totp', { code: '000000' })).statusCode).toBe(422);
    }
    expect((await page.signIn(username, password)).statusCode).toBe(423);
  });

  test('can’t be tried out by who knows the password: wrong codes lock the account', async () => {
    const { page, password } = await person('leader');
    await enrol(page, password);
    for (const status of [422, 422, 422, 422, 422, 423]) {
      const answer = await page.post('/me/totp/disable', { password, code: '000000' });
      expect(answer.statusCode, answer.body).toBe(status);
    }
  });

  test('can be removed with password and code, but not where it is obligatory', async () => {
    const leader = await person('leader');
    const secret = await enrol(leader.page, leader.password);
    t.clock.advance(MINUTE);
    const removed = await leader.page.post('/me/totp/disable', {
      password: leader.password,
      code: await codeOf(secret),
    });
    expect(removed.json()).toMatchObject({ totp: { enabled: false } });
    const auditor = await person('auditor');
    t.clock.advance(MINUTE);
    const kept = await auditor.page.post('/me/totp/disable', {
      password: auditor.password,
      code: await codeOf(auditor.secret),
    });
    expect(kept.json().code).toBe('access.totp_obligatory');
  });
});
