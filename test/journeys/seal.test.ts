/** Ratings are sealed each night, and a citizen proves the own one with a stand-alone program. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastSeal, sealNow, verifyRatings } from '../../src/feedback/seal/index.ts';
import { sealJobs } from '../../src/feedback/seal/jobs.ts';
import { type dayOf, timeOn } from '../../src/kernel/day.ts';
import { unhurried } from '../../src/platform/deps.ts';
import { openApp } from '../support/app.ts';
import { recordForm } from '../support/hall.ts';
import { CITY, operator } from '../support/office.ts';
import { type Rated, rate } from './rated-hall.ts';

const app = await openApp();
const { t } = app;
const run = promisify(execFile);
const script = new URL('../../docs/integration/verify-receipt.mjs', import.meta.url).pathname;

let rated: Rated[] = [];
let folder = '';

const verify = () => verifyRatings(t, operator);
const page = (url: string, cookie?: string) =>
  app.http.inject({ url, ...(cookie ? { headers: { cookie: `yp_device=${cookie}` } } : {}) });

async function proofFile(
  receipt: string,
  change: (proof: Record<string, unknown>) => object = (proof) => proof,
) {
  const answer = await page(`/proof/${receipt}/proof.json`);
  expect(answer.statusCode).toBe(200);
  const file = join(folder, `${receipt}.json`);
  await writeFile(file, JSON.stringify(change(answer.json())));
  return file;
}

/** The program as anybody runs it. */
async function checked(...args: string[]): Promise<{ code: number; text: string }> {
  try {
    return { code: 0, text: (await run(process.execPath, [script, ...args])).stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, text: stderr };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiping-proof-'));
  rated = await rate(app, 'S', 11);
  rated = [...rated, ...(await rate(app, 'W', 1, '排队太久'))];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('before the night', () => {
  test('a rating waits, and says until when', async () => {
    const shown = await page(`/proof/${rated[0]?.receipt}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('将于 2026-03-11 23:50 封缄');
    const proof = await page(`/proof/${rated[0]?.receipt}/proof.json`);
    expect([proof.statusCode, proof.json().code]).toEqual([409, 'seal.not_sealed_yet']);
    expect(proof.json().detail).toContain('2026-03-11 23:50');
    expect((await page('/public/seals')).body).toContain('还没有封缄');
    expect(await verify()).toMatchObject({ ok: true, seals: 0, unsealed: 12, last: null });
  });
});

describe('the nights', () => {
  const night = async (at: string) => {
    t.clock.set(new Date(`${at.replace(' ', 'T')}:00+08:00`));
    await sealJobs[0]?.work(unhurried(t), {});
    return await lastSeal(t.db.app, CITY);
  };

  test('each has its seal, once, also one that was missed and one without ratings', async () => {
    expect(await night('2026-03-11 10:30')).toBeUndefined();
    // The hall's machine was off at night.
    const first = await night('2026-03-12 08:00');
    expect(first).toMatchObject({ number: 1, day: '2026-03-11', size: 12 });
    expect(await night('2026-03-12 08:10')).toEqual(first);
    expect(await night('2026-03-12 23:50')).toMatchObject({ number: 2, day: '2026-03-12', size: 0 });
    const third = await night('2026-03-14 09:00');
    expect(third).toMatchObject({ number: 3, day: '2026-03-13', size: 0 });
    expect(third?.root).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(await verify()).toMatchObject({ ok: true, seals: 3, ratings: 12, unsealed: 0, differences: [] });
    const auditor = await app.person('auditor');
    const lines = (await auditor.page.send('GET', '/audit?action=seal.made')).json().items;
    expect(lines.map((line: { subject: string }) => line.subject)).toEqual(['3', '2', '1']);
    expect(lines[2].detail).toMatchObject({ ratings: 12, hash: first?.hash });
  });

  test('a batch that is under way is waited for, and goes into the seal', async () => {
    const client = await t.db.owner.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock_shared(72101, $1)', [Number(CITY)]);
    const { rows } = await client.query("SELECT nextval('feedback.rating_batch') AS id");
    const sealing = sealNow(t, operator);
    const waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1";
    while ((await client.query(waits, [Number(CITY)])).rowCount === 0) await client.query('SELECT 1');
    const [record] = await app.handIn([recordForm({ projectNo: 'L-1', serviceTime: '2026-03-14 08:00:00' })]);
    await client.query(
      `INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
         batch_position, assess_number, satisfaction, channel, real_name, mode, source, receipt, tags)
       SELECT city_code, service_month, step_id, $3, now(), now(), 0, 1, 4, 3, false, 'onsite', 'citizen',
         '\\x0102030405060708090a', '{}'
       FROM intake.case_step WHERE city_code = $1 AND project_no = $2`,
      [CITY, record?.projectNo, rows[0].id],
    );
    await client.query('COMMIT');
    client.release();
    expect(await sealing).toMatchObject({ number: 4, day: '2026-03-14', size: 1 });
    expect(await verify()).toMatchObject({ ok: true, seals: 4, ratings: 13 });
  });

  test('two who seal at the same time make one chain', async () => {
    const made = await Promise.all([sealNow(t, operator), sealNow(t, operator)]);
    expect(made.map(({ number }) => number).sort()).toEqual([5, 6]);
    expect(await verify()).toMatchObject({ ok: true, seals: 6, ratings: 13 });
  });

  test('the hash changes with the rules of a day, and everything still holds', async () => {
    const more = await rate(app, 'M', 5);
    const sm3 = {
      algorithmOn: () => 'sm3' as const,
      timeOf: (of: ReturnType<typeof dayOf>) => timeOn(of, '23:50'),
    };
    expect(await sealNow(t, operator, sm3)).toMatchObject({ number: 7, size: 5 });
    expect(await verify()).toMatchObject({ ok: true, seals: 7, ratings: 18 });
    const file = await proofFile(more[2]?.receipt ?? '');
    expect(await checked(file, more[2]?.receipt ?? '')).toMatchObject({ code: 0 });
  });
});

describe('a citizen', () => {
  test('sees the own rating counted, with its proof', async () => {
    const { receipt = '' } = rated[4] ?? {};
    const own = await page(`/receipt/${receipt}`);
    expect(own.body).toContain(`/proof/${receipt}?`);
    const shown = await page(`/proof/${receipt.toLowerCase().replaceAll('-', '')}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('2026-03-11 的第 1 号封缄里，排在 12 条评价中的第 5 条');
    expect(shown.body).toContain('非常满意');
    expect(shown.body).toContain('已计入统计；差评核实后才计入考核');
    expect(shown.body).toContain(`<a href="/receipt/${receipt}?`);
    const english = await page(`/proof/${receipt}?lang=en`);
    expect(english.body).toContain('seal 1 of 2026-03-11, at place 5 among 12 ratings');
    const found = await page(`/proof?code=${receipt}`);
    expect([found.statusCode, found.headers.location]).toEqual([303, `/proof/${receipt}?lang=zh`]);
  });

  test('verifies the proof without our code, and against what is published', async () => {
    const { receipt = '' } = rated[11] ?? {};
    const file = await proofFile(receipt);
    const answer = await checked(file, receipt);
    expect(answer.code).toBe(0);
    const published = (await page('/public/seals.json')).json();
    expect(answer.text).toContain(published.seals[0].hash);
    const list = join(folder, 'seals.json');
    await writeFile(list, JSON.stringify(published));
    expect(await checked(file, receipt, list)).toMatchObject({ code: 0 });
    published.seals[5].seal = published.seals[5].seal.replace('"size":0', '"size":1');
    await writeFile(list, JSON.stringify(published));
    expect(await checked(file, receipt, list)).toMatchObject({ code: 1 });
    published.seals.shift();
    await writeFile(list, JSON.stringify(published));
    expect((await checked(file, receipt, list)).text).toContain('not among the published');
  });

  test('is told when a proof was tampered with', async () => {
    const { receipt = '' } = rated[7] ?? {};
    const bent: ((proof: Record<string, unknown>) => object)[] = [
      (proof) => ({ ...proof, leaf: String(proof.leaf).replace('"level":5', '"level":4') }),
      (proof) => ({ ...proof, index: 6 }),
      (proof) => ({ ...proof, path: (proof.path as string[]).slice(1) }),
      (proof) => ({ ...proof, hash: String(proof.hash).replace(/^./, (one) => (one === '0' ? '1' : '0')) }),
      (proof) => ({ ...proof, seal: String(proof.seal).replace('"size":12', '"size":13') }),
    ];
    for (const change of bent) {
      expect((await checked(await proofFile(receipt, change), receipt)).code).toBe(1);
    }
    expect((await checked(await proofFile(receipt), rated[6]?.receipt ?? '')).text).toContain(
      'another receipt',
    );
  });

  test('learns nothing of others from the own proof', async () => {
    const proof = (await page(`/proof/${rated[0]?.receipt}/proof.json`)).json();
    expect(Object.keys(proof)).toEqual([
      'proof',
      'receipt',
      'leaf',
      'index',
      'path',
      'seal',
      'hash',
      'published',
    ]);
    const { receipt, textHash } = JSON.parse(proof.leaf);
    expect([receipt.length, textHash]).toEqual([20, null]);
    const text = JSON.parse((await page(`/proof/${rated[11]?.receipt}/proof.json`)).json().leaf);
    expect(text.textHash).toHaveLength(64);
    expect(JSON.stringify(text)).not.toContain('排队');
  });

  test.each(['nothing', '0000-0000-0000-0000', '0'.repeat(16), '评价', "' OR 1=1", '%00'])(
    'with the code %s gets a page with the way on',
    async (code) => {
      const shown = await page(`/proof/${encodeURIComponent(code)}`);
      expect(shown.statusCode).toBe(404);
      expect(shown.body).toContain('/proof?lang=zh');
      const file = await page(`/proof/${encodeURIComponent(code)}/proof.json`);
      expect(file.statusCode).toBe(404);
      expect((await page(`/proof?code=${encodeURIComponent(code)}`)).statusCode).toBeLessThan(500);
    },
  );

  test("who guesses at speed waits; others at the same address don't", async () => {
    const guesser = 'a'.repeat(32);
    const answers: number[] = [];
    for (let n = 0; n < 32; n += 1) {
      const code = `0000-0000-0000-${String(n).padStart(4, '0')}`;
      answers.push((await page(`/proof/${code}`, guesser)).statusCode);
    }
    expect(answers.filter((status) => status === 404)).toHaveLength(30);
    expect(answers.slice(30)).toEqual([429, 429]);
    const { receipt = '' } = rated[0] ?? {};
    expect((await page(`/proof/${receipt}`, guesser)).statusCode).toBe(429);
    expect((await page(`/proof/${receipt}`, 'b'.repeat(32))).statusCode).toBe(200);
    expect((await page(`/proof/${receipt}`)).statusCode).toBe(200);
    const wrong = await page('/proof/0000-0000-0000-0000');
    expect(wrong.cookies[0]?.name).toBe('yp_device');
    t.clock.advance(60_000);
    expect((await page(`/proof/${receipt}`, guesser)).statusCode).toBe(200);
    for (let n = 0; n < 30; n += 1) await page('/receipt/0000-0000-0000-0000', guesser);
    expect((await page(`/receipt/${receipt}`, guesser)).statusCode).toBe(429);
    expect((await page(`/receipt/${receipt}`, 'b'.repeat(32))).statusCode).toBe(200);
  });
});

describe('what is published', () => {
  test('is the chain, on a page and in files', async () => {
    const last = await lastSeal(t.db.app, CITY);
    const shown = await page('/public/seals?lang=en');
    expect(shown.body).toContain('Seal 1 · 2026-03-11 · 12 ratings');
    expect(shown.body).toContain(last?.hash);
    const { seals, next, city } = (await page('/public/seals.json')).json();
    expect([city, seals.length, next]).toEqual([CITY, 7, null]);
    expect(seals.at(-1).hash).toBe(last?.hash);
    expect((await page('/public/seals.json?after=5')).json().seals).toEqual(seals.slice(5));
    const csv = (await page('/public/seals.csv')).body.trim().split('\r\n');
    expect(csv).toHaveLength(8);
    expect(csv[7]).toContain(last?.hash);
    expect((await page('/public/verify-receipt.mjs')).body).toContain('RFC 9162');
  });

  test('is of a city that there is', async () => {
    expect((await page('/public/seals?city=110000')).statusCode).toBe(404);
    expect((await page('/public/seals.json?city=110000')).json().code).toBe('seal.unknown_city');
    expect((await page('/public/seals.json?after=x')).statusCode).toBeLessThan(500);
    expect((await page('/public/seals?before=99999999999')).statusCode).toBeLessThan(500);
  });
});

describe('the auditor', () => {
  test('sees the seals, asks for a verification, and gets its result', async () => {
    const auditor = await app.person('auditor');
    const list = (await auditor.page.send('GET', '/seals?limit=3')).json();
    expect(list.items.map(({ number }: { number: number }) => number)).toEqual([7, 6, 5]);
    const next = (await auditor.page.send('GET', `/seals?limit=3&cursor=${list.next}`)).json();
    expect(next.items.map(({ number }: { number: number }) => number)).toEqual([4, 3, 2]);
    const asked = await auditor.page.send('POST', '/seals/checks', {});
    expect(asked.statusCode).toBe(202);
    expect((await auditor.page.send('POST', '/seals/checks', {})).json()).toEqual(asked.json());
    const waiting = (await auditor.page.send('GET', '/seals/state')).json();
    expect(waiting).toMatchObject({
      last: { number: 7 },
      checks: [{ finishedAt: null, askedBy: auditor.username }],
    });
    await app.settle();
    const { checks } = (await auditor.page.send('GET', '/seals/state')).json();
    expect(checks[0]).toMatchObject({ sound: true, seals: 7, ratings: 18, differences: [] });
    const lines = (await auditor.page.send('GET', '/audit?action=seal.verified')).json().items;
    expect(lines[0]).toMatchObject({ result: 'ok', detail: { seals: 7, ratings: 18, differences: 0 } });
  });

  test('learns of a change from the weekly verification', async () => {
    const auditor = await app.person('auditor');
    const set = (to: number) =>
      t.db.owner.query(
        `UPDATE feedback.rating SET satisfaction = $2 WHERE city_code = $1 AND step_id =
           (SELECT step_id FROM intake.case_step WHERE city_code = $1 AND project_no = 'S-8')`,
        [CITY, to],
      );
    await set(4);
    t.clock.advance(60_000);
    await sealJobs[1]?.work(unhurried(t), {});
    await app.settle();
    const { checks } = (await auditor.page.send('GET', '/seals/state')).json();
    expect(checks[0]).toMatchObject({ askedBy: 'weekly', sound: false, differenceCount: 1 });
    expect(checks[0].differences).toEqual([
      expect.objectContaining({ code: 'rating.changed', seal: 1, projectNo: 'S-8', serviceNumber: 1 }),
    ]);
    const [line] = (await auditor.page.send('GET', '/audit?action=seal.verified')).json().items;
    expect(line).toMatchObject({ actor: 'seal', result: 'failed', detail: { differences: 1 } });
    const shown = await page(`/proof/${rated[8]?.receipt}`);
    expect(shown.body).toContain('与封缄时的记录不一致');
    const refused = await page(`/proof/${rated[8]?.receipt}/proof.json`);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'seal.not_proved']);
    await set(5);
    expect((await page(`/proof/${rated[8]?.receipt}`)).body).toContain('您的评价已经封缄');
  });
});
