/** One service, from another system's record to the citizen's rating and into the figures. */
import { describe, expect, test } from 'vitest';
import { openApp, tokenOf } from '../support/app.ts';
import { recordForm } from '../support/hall.ts';

const app = await openApp({ now: new Date('2026-05-20T10:30:00+08:00') });
const at = '2026-05-20 10:20:00';

let made = 0;
async function newLink(given: object = {}) {
  made += 1;
  const [link] = await app.handIn([recordForm({ projectNo: `JN2026-${made}`, serviceTime: at, ...given })]);
  return link!;
}

function form(fields: Record<string, string | readonly string[]>): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  return body.toString();
}

function post(token: string, fields: Record<string, string | readonly string[]>) {
  return app.http.inject({
    method: 'POST',
    url: `/r/${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: form(fields),
  });
}

describe('from a service to the figures', () => {
  test('a citizen rates by the form, keeps a receipt, and the rating is seen and counted', async () => {
    const link = await newLink({ mobile: '13812345678', userName: '张三' });
    expect(link).toMatchObject({ outcome: 'created' });
    expect(link.shortCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    const token = tokenOf(link);
    expect(token.length).toBeLessThanOrEqual(24);

    const page = await app.http.inject({ url: `/r/${token}` });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('您 5月20日 10:20 在 T01 窗口办理的“企业设立登记”');
    expect(page.body).not.toMatch(/ checked| selected|<script/);
    expect(page.body).not.toMatch(/张三|13812345678/);
    const id = /name="id" value="([^"]+)"/.exec(page.body)?.[1] ?? '';

    const sent = {
      id,
      satisfaction: '2',
      evalDetail: ['214'],
      writingEvaluation: '问了三遍才回答',
      attitude: '1',
    };
    const answer = await post(token, sent);
    expect(answer.statusCode).toBe(303);
    const receiptUrl = String(answer.headers.location);
    expect(receiptUrl).toMatch(/^\/receipt\/([0-9A-Z]{4}-){3}[0-9A-Z]{4}\?/);
    const receipt = await app.http.inject({ url: receiptUrl });
    expect(receipt.statusCode).toBe(200);
    expect(receipt.body).toContain('谢谢，您的评价已经收到');

    const listed = await app.api('GET', '/ratings?from=2026-05-20&to=2026-05-20');
    const mine = listed.json().items.find((one: { projectNo: string }) => one.projectNo === link.projectNo);
    expect(mine).toMatchObject({
      satisfaction: 2,
      evalDetail: ['214'],
      attitude: 1,
      process: null,
      verdict: null,
    });
    expect(listed.body).not.toMatch(/张三|13812345678|问了三遍/);

    const stats = (await app.api('GET', '/stats?from=2026-05-20&to=2026-05-20&by=window')).json();
    expect(stats).toMatchObject([
      { code: 'T01', name: '综合受理一', ratable: 1, rated: 1, unrated: 0, good: 0, bad: 1, excluded: 0 },
    ]);
    expect(stats[0].active_good_rate).toEqual({ value: '0.0000', numerator: 0, denominator: 1 });

    const again = await post(token, sent);
    expect([again.statusCode, again.headers.location]).toEqual([303, receiptUrl]);
    const other = await post(token, { satisfaction: '5', id: 'another' });
    expect(other.statusCode).toBe(409);
    expect(other.body).toContain('这次办理已经评价过了');
  });

  test('the same id gets the same receipt by the API, another rating 409, wrong or right', async () => {
    const token = tokenOf(await newLink());
    const given = { token, satisfaction: 4, evalDetail: ['406'], id: 'kiosk-7-1' };
    const first = await app.api('POST', '/ratings', given, null);
    expect(first.statusCode).toBe(201);
    const repeat = await app.api('POST', '/ratings', { ...given, satisfaction: 1 }, null);
    expect([repeat.statusCode, repeat.json()]).toEqual([200, first.json()]);
    const broken = await app.api('POST', '/ratings', { token, id: 'kiosk-7-1' }, null);
    expect([broken.statusCode, broken.json()]).toEqual([200, first.json()]);
    for (const other of [
      { ...given, id: 'x' },
      { token, satisfaction: 5 },
      { token, satisfaction: 9 },
    ]) {
      const refused = await app.api('POST', '/ratings', other, null);
      expect(refused.statusCode).toBe(409);
      expect(refused.json()).toMatchObject({ code: 'rating.already_recorded' });
    }
  });

  test('of twenty submissions of one record at the same instant exactly one wins', async () => {
    const token = tokenOf(await newLink());
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        app.api('POST', '/ratings', { token, satisfaction: (at % 3) + 3, id: `phone-${at}` }, null),
      ),
    );
    const codes = answers.map((answer) => answer.statusCode).sort();
    expect(codes).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  });

  test('two of the same id at the same instant are one rating with one receipt', async () => {
    const given = { token: tokenOf(await newLink()), satisfaction: 5, id: 'double-click' };
    const answers = await Promise.all([1, 2].map(() => app.api('POST', '/ratings', given, null)));
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 201]);
    expect(answers[0]!.json()).toEqual(answers[1]!.json());
  });

  test('a repeated record keeps its link, a differing one is refused, each is judged by itself', async () => {
    const record = recordForm({ projectNo: 'JN2026-R', serviceTime: at });
    const [first] = await app.handIn([record]);
    const [again, differs, bad, fresh] = await app.handIn([
      record,
      { ...record, windowCode: 'T02' },
      { ...record, projectNo: 'JN2026-S', deptCode: '11370800004312345X' },
      { ...record, projectNo: 'JN2026-T', windowCode: null, staffNo: '', serviceNumber: '2' as never },
    ]);
    expect(again).toEqual({ ...first, outcome: 'exists' });
    expect(differs).toMatchObject({ outcome: 'refused', refusal: { code: 'service_record.differs' } });
    expect(bad).toMatchObject({ outcome: 'refused', refusal: { errors: [{ field: 'deptCode' }] } });
    expect(fresh).toMatchObject({ outcome: 'created', serviceNumber: 2 });
  });

  test('the short code opens a record only together with its window', async () => {
    const link = await newLink();
    const enter = (window: string, code: string) =>
      app.http.inject({
        method: 'POST',
        url: '/r',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: form({ window, code }),
      });
    const right = await enter('t01', link.shortCode.toLowerCase());
    expect(right.statusCode).toBe(303);
    const page = await app.http.inject({ url: String(right.headers.location) });
    expect(page.body).toContain('企业设立登记');
    expect((await enter('T02', link.shortCode)).statusCode).toBe(404);
  });

  test('the link works until the end of the seventh day after the service', async () => {
    const link = await newLink();
    const token = tokenOf(link);
    app.t.clock.set(new Date('2026-05-27T23:59:59+08:00'));
    expect((await app.http.inject({ url: `/r/${token}` })).statusCode).toBe(200);
    app.t.clock.set(new Date('2026-05-28T00:00:00+08:00'));
    expect((await app.http.inject({ url: `/r/${token}` })).statusCode).toBe(410);
    const late = await app.api('POST', '/ratings', { token, satisfaction: 5 }, null);
    expect([late.statusCode, late.json().code]).toEqual([410, 'rating.expired']);
    const stats = (await app.api('GET', '/stats?from=2026-05-20&to=2026-05-20')).json();
    expect(stats[0].rated + stats[0].unrated).toBe(stats[0].ratable);
  });
});
