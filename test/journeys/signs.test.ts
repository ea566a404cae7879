/** Signs at windows: whoever scans one finds the own service, or comments without one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { signCodeOf } from '../../src/intake/invitation/sign.ts';
import { readToken } from '../../src/intake/invitation/token.ts';
import { type HandedIn, openApp, type Person, tokenOf } from '../support/app.ts';
import { WORKING_MORNING } from '../support/db.ts';
import { POLICE, recordForm } from '../support/hall.ts';
import { seedStep } from '../support/rating-hall.ts';

const app = await openApp();
const { t } = app;
const PHONE = '13812345678';
let office: Person;
let codes: Record<string, string> = {};
let steps: HandedIn[] = [];

beforeAll(async () => {
  office = await app.person('assessment_office');
  steps = await app.handIn([
    recordForm({ projectNo: 'JN20260001234', serviceTime: '2026-03-11 09:00:00', mobile: PHONE }),
    recordForm({ projectNo: 'JN20260005678', serviceTime: '2026-03-11 09:10:00', mobile: '13900000000' }),
    recordForm({ projectNo: 'JN20260007777', serviceTime: '2026-03-11 09:20:00', mobile: '13700000000' }),
    recordForm({
      projectNo: 'JN20260007777',
      serviceNumber: 2,
      serviceTime: '2026-03-11 09:30:00',
      mobile: '13700000000',
    }),
    recordForm({ projectNo: 'JN20260009999', serviceTime: '2026-02-20 09:20:00', mobile: PHONE }),
  ]);
  await office.page.post('/signs', { windows: ['T01', 'T02'] });
  codes = await liveCodes();
});

async function liveCodes(): Promise<Record<string, string>> {
  const { items } = (await office.page.get('/signs?held=true')).json();
  return Object.fromEntries(
    items.map((one: { windowCode: string; signCode: string }) => [one.windowCode, one.signCode]),
  );
}

function get(url: string) {
  return app.http.inject({ url, headers: { 'accept-language': 'zh-CN' } });
}

function post(url: string, form: Record<string, string>, device?: string) {
  return app.http.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': 'zh-CN',
      ...(device ? { cookie: `yp_device=${device}` } : {}),
    },
    payload: new URLSearchParams(form).toString(),
  });
}

let devices = 0;
const device = () => {
  devices += 1;
  return String(devices).padStart(32, '0');
};

describe('a sign at a window', () => {
  const find = (form: Record<string, string>) => post(`/w/${codes.T01}`, form, device());

  it('finds the service by the short code, and rates it as by QR code', async () => {
    const shown = await get(`/w/${codes.T01}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('T01 窗口 综合受理一');
    const answer = await find({ code: steps[0]!.shortCode.toLowerCase() });
    expect(answer.statusCode).toBe(303);
    const token = /^\/r\/([^?]+)\?lang=zh$/.exec(answer.headers.location as string)?.[1] ?? '';
    const { stepId, channel } = readToken(t.keys, token)!;
    expect([stepId, channel]).toEqual([readToken(t.keys, tokenOf(steps[0]!))?.stepId, 3]);
    expect((await get(`/r/${token}`)).statusCode).toBe(200);
  });

  it('finds it by the end of the case number and the phone, in the forms people type', async () => {
    for (const [tail, phone] of [
      ['1234', PHONE],
      ['１２３４', '+86 138-1234-5678'],
    ] as const) {
      const answer = await find({ tail, phone });
      expect(answer.headers.location).toMatch(/^\/r\//);
    }
  });

  it('lists several by matter and time, without saying the phone back', async () => {
    const answer = await find({ tail: '7777', phone: '13700000000' });
    expect(answer.statusCode).toBe(200);
    expect(answer.body.match(/href="\/r\//g)).toHaveLength(2);
    expect(answer.body).toContain('3月11日 09:30');
    expect(answer.body).not.toContain('13700000000');
  });

  it('answers alike whether digits, phone, window or time are wrong', async () => {
    const bodies = new Set<string>();
    const t02 = (form: Record<string, string>) => post(`/w/${codes.T02}`, form, device());
    for (const answer of [
      await find({ tail: '1235', phone: PHONE }),
      await find({ tail: '1235', phone: '13911112222' }),
      await find({ tail: '9999', phone: PHONE }),
      await find({ tail: '5678', phone: PHONE }),
      await t02({ tail: '1234', phone: PHONE }),
    ]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.body).not.toContain('138');
      bodies.add(/role="alert".*?<\/div>/s.exec(answer.body)?.[0] ?? '');
    }
    expect(bodies.size).toBe(1);
    expect((await find({ tail: '12', phone: PHONE })).statusCode).toBe(422);
    expect((await find({ tail: '1234', phone: '123' })).statusCode).toBe(422);
    expect((await t02({ code: steps[0]!.shortCode })).statusCode).toBe(404);
  });

  it('opens no service of another city', async () => {
    const other = await seedStep(t, { cityCode: '370100', windowCode: 'T01', regionCode: '370100000000' });
    expect((await find({ code: other.shortCode })).statusCode).toBe(404);
    expect((await get(`/w/${signCodeOf('370100', new Uint8Array(5))}`)).statusCode).toBe(404);
  });

  it('stops guessing by device and by phone, and never by address alone', async () => {
    const mine = device();
    const tries: number[] = [];
    for (let at = 0; at < 21; at += 1) {
      const phone = `1360000${String(at).padStart(4, '0')}`;
      tries.push((await post(`/w/${codes.T01}`, { tail: '0000', phone }, mine)).statusCode);
    }
    expect(tries.slice(0, 20)).toEqual(new Array(20).fill(404));
    expect(tries[20]).toBe(429);
    const victim = '13566667777';
    const guessed: number[] = [];
    for (let at = 0; at < 11; at += 1) {
      const tail = String(at).padStart(4, '0');
      guessed.push((await post(`/w/${codes.T02}`, { tail, phone: victim }, device())).statusCode);
    }
    expect(guessed[9]).toBe(404);
    expect(guessed[10]).toBe(429);
    // The same address, another device: nobody else in the hall is held up.
    expect((await find({ tail: '1234', phone: PHONE })).statusCode).toBe(303);
    t.clock.advance(3_600_000);
    expect((await post(`/w/${codes.T02}`, { tail: '0001', phone: victim }, mine)).statusCode).toBe(404);
    t.clock.set(WORKING_MORNING);
  });

  it('that was replaced or revoked leads to a page that says so', async () => {
    const first = codes.T02;
    const why = { windows: ['T02'], reason: '码牌破损' };
    expect((await office.page.post('/signs/replace', why)).json()).toEqual({ done: 1, unchanged: 0 });
    codes = await liveCodes();
    expect(codes.T02).not.toBe(first);
    const gone = await get(`/w/${first}`);
    expect([gone.statusCode, gone.body.includes('已经更换')]).toEqual([410, true]);
    expect((await post(`/w/${first}`, { code: 'ABCDEF' })).statusCode).toBe(410);
    await office.page.post('/signs/revoke', why);
    const revoked = await get(`/w/${codes.T02}`);
    expect([revoked.statusCode, revoked.body.includes('已经停用')]).toEqual([410, true]);
    expect((await get(`/w/${codes.T02}/comment`)).statusCode).toBe(410);
    for (const code of ['nothing', `${codes.T01?.slice(0, 11)}*`, signCodeOf('370800', new Uint8Array(5))]) {
      expect((await get(`/w/${encodeURIComponent(code)}`)).statusCode).toBe(404);
    }
  });
});

describe('signs in the office', () => {
  it('are made once a window, many at once, and printed in one job', async () => {
    expect((await office.page.post('/signs', {})).json()).toEqual({ done: 3, unchanged: 1 });
    expect((await office.page.post('/signs', {})).json()).toEqual({ done: 0, unchanged: 4 });
    // What the list shows is what is printed and made.
    const sought = await office.page.get('/signs/print?q=p01&held=true');
    expect(sought.body.match(/<section/g)).toHaveLength(1);
    expect((await office.page.get('/signs/print?held=false')).json().code).toBe('sign.no_windows');
    expect((await office.page.post('/signs', { q: 'P01' })).json()).toEqual({ done: 0, unchanged: 1 });
    const printed = await office.page.get('/signs/print?windows=T01,P01&size=card');
    expect(printed.body.match(/<section/g)).toHaveLength(2);
    expect(printed.body.match(/<svg/g)).toHaveLength(4);
    expect(printed.body).not.toContain('<script');
    expect(printed.headers['content-security-policy']).toContain("default-src 'none'");
    // The hall of the city is one, that of a county another.
    const ofCity = await office.page.get('/signs/print?region=370800000000');
    expect(ofCity.body.match(/<section/g)).toHaveLength(3);
    const ofCounty = await office.page.get('/signs/print?region=370811000000&size=a5');
    expect(ofCounty.body.match(/<section/g)).toHaveLength(1);
    const ofPolice = await office.page.get(`/signs/print?department=${POLICE}&lang=en`);
    expect(ofPolice.body.match(/<section/g)).toHaveLength(1);
    expect(ofPolice.body).toContain('Signs for windows');
  });

  it('refuse windows that nobody knows and those beyond the scope', async () => {
    const codeOf = (answer: { json(): { code: string } }) => answer.json().code;
    expect(codeOf(await office.page.post('/signs', { windows: ['X99'] }))).toBe('sign.unknown_window');
    const county = await app.person('assessment_office', { scope: '370811' });
    expect(codeOf(await county.page.post('/signs', { windows: ['T01'] }))).toBe('sign.unknown_window');
    const ending = { windows: ['T01'], reason: '测试' };
    expect(codeOf(await county.page.post('/signs/revoke', ending))).toBe('sign.unknown_window');
    expect((await office.page.post('/signs/revoke', { windows: ['T01'] })).statusCode).toBe(422);
    await office.page.post('/signs/revoke', { windows: ['R01'], reason: '窗口撤销' });
    expect(codeOf(await county.page.get('/signs/print'))).toBe('sign.none');
  });
});

describe('a comment without a case', () => {
  const url = () => `/w/${codes.T01}/comment`;

  it('is taken in at the sign, about the window, its department or the hall', async () => {
    const shown = await get(url());
    expect(shown.body).toContain('不计入任何人的成绩');
    const id = 'a'.repeat(20);
    const form = { id, kind: 'department', satisfaction: '4', evalDetail: '406', writingEvaluation: '周到' };
    const answer = await post(url(), form, device());
    expect(answer.headers.location).toMatch(/^\/comment\/receipt\/[0-9A-Z-]{19}\?lang=zh$/);
    const receipt = await get(answer.headers.location as string);
    expect(receipt.body).toContain('谢谢，您的点评已经收到');
    expect((await post(url(), form, device())).headers.location).toBe(answer.headers.location);
    const { items } = (await office.page.get('/comments')).json();
    expect(items).toMatchObject([{ subjectKind: 'department', satisfaction: 4, tags: [406] }]);
    const { rows } = await t.db.owner.query('SELECT sign_code, channel FROM feedback.comment');
    expect(rows).toEqual([{ sign_code: codes.T01, channel: 3 }]);
  });

  it('comes back with what was entered when something is wrong', async () => {
    expect((await post(url(), { writingEvaluation: '很慢' })).body).toContain('还没有选择满意度');
    const bad = await post(url(), { kind: 'platform', satisfaction: '1' });
    expect([bad.statusCode, bad.body.includes('还没有说明哪里不满意')]).toEqual([422, true]);
    expect(bad.body).toMatch(/value="platform" checked/);
  });

  it('never names a person, and knows nothing that no register knows', async () => {
    expect((await post(url(), { kind: 'staff', satisfaction: '5' }, device())).statusCode).toBe(303);
    const { rows } = await t.db.owner.query(`SELECT 1 FROM feedback.comment WHERE subject_kind = 'staff'`);
    expect(rows).toEqual([]);
    expect((await get('/comment/staff/G001')).statusCode).toBe(422);
    expect((await get('/comment/window/X99')).statusCode).toBe(422);
    expect((await get('/comment/receipt/0000-0000-0000-0000')).statusCode).toBe(404);
    const guess = () =>
      app.http.inject({
        url: '/comment/receipt/0000-0000-0000-0001',
        headers: { cookie: `yp_device=${'5'.repeat(32)}` },
      });
    const guesses = await Promise.all(Array.from({ length: 35 }, guess));
    expect(guesses.filter(({ statusCode }) => statusCode === 404)).toHaveLength(30);
    expect(guesses.filter(({ statusCode }) => statusCode === 429)).toHaveLength(5);
  });

  it('is not taken from a browser in which staff are signed in', async () => {
    const answer = await app.http.inject({
      method: 'POST',
      url: url(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: [...office.page.jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      payload: 'satisfaction=5',
    });
    expect(answer.statusCode).toBe(403);
  });

  it('is possible without a sign too, and stops at ten an hour by device', async () => {
    const list = await get('/comment');
    expect(list.body).toContain(`/comment/department/${POLICE}`);
    const mine = device();
    const answers: number[] = [];
    for (let at = 0; at < 11; at += 1) {
      const form = { satisfaction: '5', id: String(at).padStart(20, 'x') };
      answers.push((await post('/comment/platform/portal', form, mine)).statusCode);
    }
    expect([answers[9], answers[10]]).toEqual([303, 429]);
  });
});
