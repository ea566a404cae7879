/** Who is told of an appeal, from its filing to its decision. */
import { beforeAll, expect, it } from 'vitest';
import { openApp, type Person } from '../support/app.ts';
import { appeal, bringToReview, type Cast, castOf, conclude, findingsOf, lineOf } from './appeal-hall.ts';

const app = await openApp({ now: new Date('2026-06-05T10:00:00+08:00') });
let cast: Cast;

async function told({ page }: Person, group = 'appeal'): Promise<string[]> {
  const answer = await page.get(`/messages?group=${group}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items.map(({ kind }: { kind: string }) => kind);
}

beforeAll(async () => {
  cast = await castOf(app);
  await app.load('findings', findingsOf([{ id: 'F1', day: '2026-05-06', rule: 'daily.late' }]));
  for (const step of ['close', 'publish']) {
    const answer = await cast.office.page.post(`/months/2026-05/${step}`, {});
    expect(answer.statusCode, answer.body).toBe(200);
  }
  await app.settle();
});

it('is whoever has to take the next step, and whoever filed it at the end', async () => {
  expect(await told(cast.clerk, 'month')).toEqual(['month_published']);
  const line = await lineOf(cast.clerk, '2026-05', 'daily.late');
  const { id } = await appeal(cast.clerk, '2026-05', line.key);
  await app.settle();
  expect(await told(cast.liaison)).toEqual(['appeal_opinion']);
  expect(await told(cast.stranger)).toEqual([]);
  expect(await told(cast.office)).toEqual([]);
  await bringToReview(cast, id);
  await app.settle();
  expect(await told(cast.office)).toContain('appeal_group');
  for (const member of cast.group) expect(await told(member)).toContain('appeal_named');
  await conclude(cast, id, 'rejected');
  await app.settle();
  expect(await told(cast.clerk)).toEqual(['appeal_rejected']);
  expect(await told(cast.liaison)).toEqual(['appeal_opinion']);
});
