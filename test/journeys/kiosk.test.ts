/** Rating at the window: tablets, what they stored while the line was cut, and key devices. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { UploadOutcome } from '../../src/feedback/rating/kiosk-contract.ts';
import { openApp } from '../support/app.ts';
import { type Device, openKiosk, tap } from '../support/kiosk.ts';

const app = await openApp({ now: new Date('2026-05-20T10:30:00+08:00') });
const kiosk = await openKiosk(app);
const { t } = app;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function upload(device: Device, items: readonly unknown[]): Promise<UploadOutcome[]> {
  const answer = await device.post('/kiosk/api/ratings', { items: [...items] });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json().items;
}

async function kept(stepId: string) {
  const { rows } = await t.db.owner.query('SELECT * FROM feedback.rating WHERE step_id = $1', [stepId]);
  return rows;
}

async function late(): Promise<{ count: number; items: { stepId: string }[] }> {
  // A new session each time: the clock runs ahead of any old one.
  const { page } = await app.person('assessment_office');
  return (await page.get('/late-ratings')).json();
}

describe('a tablet', () => {
  test('shows what the clerk asks about, and what is tapped counts as given on a tablet', async () => {
    const tablet = await kiosk.tablet();
    const state = (await tablet.get('/kiosk/api/state?waiting=3')).json();
    expect(state).toMatchObject({
      device: { windowCode: 'T01', windowName: '综合受理一' },
      invitation: null,
    });
    const { stepId, invitation } = await kiosk.shown(tablet);
    const again = await tablet.post(`/kiosk/api/invitations/${invitation}/shown`);
    expect(again.json()).toMatchObject({ taskName: '企业设立登记', windowCode: 'T01', state: 'open' });
    // Nothing tells who handled it.
    expect(again.body).not.toMatch(/G001|陈静/);
    const given = tap(invitation, { satisfaction: 2, evalDetail: ['214'], tookMs: 4200 });
    const [outcome] = await upload(tablet, [given]);
    expect(outcome).toMatchObject({ id: given.id, outcome: 'recorded' });
    const [row] = await kept(stepId);
    expect(row).toMatchObject({ satisfaction: 2, channel: 4, source: 'tablet', client_id: given.id });
    const { rows } = await t.db.owner.query(
      `SELECT i.device_id, i.answered_ms, r.device_mark, r.address_hash FROM intake.window_invitation i
       JOIN feedback.rater r USING (city_code, step_id) WHERE i.step_id = $1`,
      [stepId],
    );
    expect(rows).toEqual([
      { device_id: tablet.id, answered_ms: 4200, device_mark: null, address_hash: null },
    ]);
  });

  test('takes a phone of whoever wants to be contacted; what is none costs nobody the rating', async () => {
    const tablet = await kiosk.tablet();
    const [one, other] = [await kiosk.shown(tablet), await kiosk.shown(tablet)];
    const contact = { name: '欧阳娜娜', phone: '13987654321' };
    const outcomes = await upload(tablet, [
      tap(one.invitation, { contact }),
      tap(other.invitation, { contact: { phone: '12ab' } }),
      tap(other.invitation, { contact: '13987654321' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'refused']);
    expect(JSON.stringify(outcomes)).not.toMatch(/欧阳|13987/);
    await app.settle();
    const { rows } = await t.db.owner.query(
      `SELECT v.number, o.concerned_staff FROM feedback.voice v JOIN handling.work_order o
         ON o.city_code = v.city_code AND o.voice_id = v.voice_id WHERE v.kind = 'contact_request'`,
    );
    expect(rows).toEqual([{ number: 'LX2026-000001', concerned_staff: 'G001' }]);
  });

  test('is the only one of two that shows an invitation', async () => {
    const [one, other] = [await kiosk.tablet(), await kiosk.tablet()];
    const invitation = await kiosk.ask(await kiosk.serve(), one);
    const path = `/kiosk/api/invitations/${invitation}/shown`;
    const answers = await Promise.all([one.post(path), other.post(path)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
  });

  test('of another window neither hears of an invitation nor gets it', async () => {
    const [near, far] = [await kiosk.tablet(), await kiosk.tablet('P01')];
    const invitation = await kiosk.ask(await kiosk.serve(), near);
    expect((await far.get('/kiosk/api/state')).json().invitation).toBeNull();
    expect((await far.post(`/kiosk/api/invitations/${invitation}/shown`)).statusCode).toBe(404);
  });

  test('asks nothing about a service that is rated already, and the desk isn’t told', async () => {
    const tablet = await kiosk.tablet();
    const { stepId, invitation } = await kiosk.shown(tablet);
    await upload(tablet, [tap(invitation)]);
    const desk = (await kiosk.clerk.page.get('/desk')).body;
    expect(desk).not.toMatch(/rated|satisfaction|answered/);
    const second = await kiosk.ask(stepId, tablet);
    const shown = await tablet.post(`/kiosk/api/invitations/${second}/shown`);
    expect(shown.json().state).toBe('rated');
    const [outcome] = await upload(tablet, [tap(second)]);
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'rating.already_recorded' });
  });

  test('lets an invitation go that nobody showed in time', async () => {
    const tablet = await kiosk.tablet();
    const invitation = await kiosk.ask(await kiosk.serve(), tablet);
    const unseen = await upload(tablet, [tap(invitation)]);
    expect(unseen).toMatchObject([{ outcome: 'refused', code: 'invitation.never_shown' }]);
    t.clock.advance(121_000);
    expect((await tablet.get('/kiosk/api/state')).json().invitation).toBeNull();
    expect((await tablet.post(`/kiosk/api/invitations/${invitation}/shown`)).json().code).toBe(
      'invitation.over',
    );
  });
});

describe('an upload', () => {
  test('repeated after a lost answer gives the same receipts and records nothing twice', async () => {
    const tablet = await kiosk.tablet();
    const shown = [await kiosk.shown(tablet), await kiosk.shown(tablet), await kiosk.shown(tablet)];
    const items = shown.map(({ invitation }) => tap(invitation));
    const first = await upload(tablet, items);
    expect(first.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
    expect(await upload(tablet, items)).toEqual(first);
    for (const { stepId } of shown) expect(await kept(stepId)).toHaveLength(1);
  });

  test('half of which is bad: the good ones count, each bad one is answered with its reason', async () => {
    const tablet = await kiosk.tablet();
    const [one, two, three] = [
      await kiosk.shown(tablet),
      await kiosk.shown(tablet),
      await kiosk.shown(tablet),
    ];
    const four = await kiosk.shown(tablet);
    const outcomes = await upload(tablet, [
      tap(one.invitation),
      { id: 'x', satisfaction: 9 },
      tap(four.invitation, { satisfaction: 1 }),
      tap(randomUUID()),
      'no rating at all',
      tap(three.invitation, { satisfaction: 4, writingEvaluation: '字'.repeat(151) }),
      tap(two.invitation, { satisfaction: 1, writingEvaluation: '字'.repeat(150) }),
    ]);
    expect(outcomes.map(({ outcome, code }) => code ?? outcome)).toEqual([
      'recorded',
      'request.invalid',
      'rating.reason_missing',
      'invitation.unknown',
      'request.invalid',
      'rating.text_too_long',
      'recorded',
    ]);
    for (const { outcome, detail } of outcomes) if (outcome === 'refused') expect(detail).toMatch(/。$/);
    expect(await kept(one.stepId)).toHaveLength(1);
    expect(await kept(three.stepId)).toEqual([]);
  });

  test('from a clock that is a year off counts by the server’s time, the device’s beside it', async () => {
    const tablet = await kiosk.tablet();
    const { stepId, invitation } = await kiosk.shown(tablet);
    const deviceAt = '2025-05-20T10:31:00+08:00';
    await upload(tablet, [tap(invitation, { deviceAt })]);
    const [row] = await kept(stepId);
    expect(row.recorded_at).toEqual(t.clock.now());
    expect(row.device_at).toEqual(new Date(deviceAt));
  });

  test('of 10,000 ratings is limited by device, by name, and the other tablet goes on', async () => {
    const [flood, calm] = [await kiosk.tablet(), await kiosk.tablet()];
    const { invitation } = await kiosk.shown(calm);
    let again = 0;
    let refused: string | undefined;
    for (let batch = 0; batch < 100; batch += 1) {
      const items = Array.from({ length: 100 }, () => tap(randomUUID()));
      const answer = await flood.post('/kiosk/api/ratings', { items });
      if (answer.statusCode === 429) refused = answer.json().code;
      else again += answer.json().items.filter((one: UploadOutcome) => one.outcome === 'again').length;
    }
    expect(refused).toBe('device.too_many');
    expect(again).toBeLessThan(100);
    expect(await upload(calm, [tap(invitation)])).toMatchObject([{ outcome: 'recorded' }]);
  });

  test.each([0, 101])('of %d ratings is no upload', async (count) => {
    const tablet = await kiosk.tablet();
    const items = Array.from({ length: count }, () => tap(randomUUID()));
    expect((await tablet.post('/kiosk/api/ratings', { items })).statusCode).toBe(422);
  });
});

describe('a revoked tablet', () => {
  test('is refused at once with a sentence; what waits on it goes on once it is paired again', async () => {
    const tablet = await kiosk.tablet();
    const { stepId, invitation } = await kiosk.shown(tablet);
    const given = tap(invitation);
    await kiosk.admin.page.post(`/registry/devices/${tablet.id}/revoke`, { reason: '平板更换' });
    const refused = await tablet.post('/kiosk/api/ratings', { items: [given] });
    expect([refused.statusCode, refused.json().code]).toEqual([401, 'device.revoked']);
    expect(refused.json().detail).toContain('仍保存在设备上');
    expect(await kept(stepId)).toEqual([]);
    const again = await kiosk.tablet();
    expect(await upload(again, [given])).toMatchObject([{ outcome: 'recorded' }]);
  });

  test('is nobody with a credential of another city', async () => {
    const tablet = await kiosk.tablet();
    const cookie = tablet.headers.cookie?.replace('yd_370800', 'yd_370900') ?? '';
    const answer = await app.http.inject({ url: '/kiosk/api/state', headers: { cookie } });
    expect(answer.json().code).toBe('device.not_paired');
  });
});

describe('a key device', () => {
  const keys = [
    { key: '1', satisfaction: 5 },
    { key: '4', satisfaction: 2 },
  ];
  const press = (device: Device, body: object) => device.post('/api/v1/devices/presses', body);

  test('rates what the window has asked about, once, by what its keys mean', async () => {
    const device = await kiosk.button(keys);
    const none = await press(device, { key: '1', id: 'a-0' });
    expect([none.statusCode, none.json().code]).toEqual([409, 'invitation.none']);
    const stepId = await kiosk.serve();
    await kiosk.clerk.page.post('/desk/invitations', { stepId });
    expect((await press(device, { key: '9', id: 'a-1' })).json().code).toBe('device.key_unknown');
    const first = await press(device, { key: '4', id: 'a-1' });
    expect(first.statusCode).toBe(201);
    const again = await press(device, { key: '4', id: 'a-1' });
    expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
    expect((await press(device, { key: '1', id: 'a-2' })).json().code).toBe('invitation.none');
    // A key can't ask why: the bad word counts without a reason.
    expect(await kept(stepId)).toMatchObject([{ satisfaction: 2, channel: 5, source: 'button', tags: [] }]);
  });

  test('takes a tablet for no key device, and nobody without a credential', async () => {
    const tablet = await kiosk.tablet();
    expect((await press(tablet, { key: '1', id: 'x' })).json().code).toBe('device.wrong_kind');
    const nobody = await app.http.inject({
      method: 'POST',
      url: '/api/v1/devices/presses',
      payload: { key: '1', id: 'x' },
    });
    expect(nobody.json().code).toBe('device.not_paired');
  });
});

describe('the desk', () => {
  test('lists the services of the own windows, and asks about no other', async () => {
    const desk = (await kiosk.clerk.page.get('/desk')).json();
    expect(desk.windows.map(({ code }: { code: string }) => code)).toEqual(['T01']);
    expect(desk.items.every(({ windowCode }: { windowCode: string }) => windowCode === 'T01')).toBe(true);
    const elsewhere = await kiosk.serve({ windowCode: 'T02', staffNo: 'G004' });
    const refused = await kiosk.clerk.page.post('/desk/invitations', { stepId: elsewhere });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'desk.not_yours']);
    const { page } = await app.person('clerk', { staffNo: 'G004' });
    const bare = await page.post('/desk/invitations', { stepId: elsewhere });
    expect([bare.statusCode, bare.json().code]).toEqual([409, 'desk.no_device']);
  });
});

describe('what was stored in time', () => {
  test('counts for 72 hours after the last ratable day, later it is kept and listed as late', async () => {
    const tablet = await kiosk.tablet();
    const soon = await kiosk.shown(tablet);
    const shownAt = t.clock.now();
    const [never, other] = [await kiosk.shown(tablet), await kiosk.shown(tablet)];
    // Seven days after the day of service the record is closed, at midnight.
    t.clock.set(new Date('2026-05-28T00:00:01+08:00'));
    expect(t.clock.now().getTime() - shownAt.getTime()).toBeGreaterThan(7 * DAY);
    t.clock.advance(72 * HOUR - 2000);
    const before = await late();
    expect(await upload(tablet, [tap(soon.invitation)])).toMatchObject([{ outcome: 'recorded' }]);
    const [row] = await kept(soon.stepId);
    expect(row).toMatchObject({ recorded_at: t.clock.now(), assessed_at: shownAt });
    t.clock.advance(2 * HOUR);
    const given = tap(never.invitation, { satisfaction: 2, writingEvaluation: '等了很久' });
    const twice = [await upload(tablet, [given]), await upload(tablet, [given])];
    expect(twice[0]).toMatchObject([{ outcome: 'late', receipt: null }]);
    expect(twice[1]).toEqual(twice[0]);
    expect(await kept(never.stepId)).toEqual([]);
    const after = await late();
    expect(after.count).toBe(before.count + 1);
    expect(after.items[0]).toMatchObject({ stepId: never.stepId, satisfaction: 2, windowCode: 'T01' });
    // What wasn't shown in time isn't asked about any more.
    const { page } = await app.person('clerk', { staffNo: 'G002' });
    const asked = await page.post('/desk/invitations', { stepId: other.stepId });
    expect(asked.json().code).toBe('rating.expired');
  });
});
