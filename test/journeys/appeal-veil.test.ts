/** An appeal against a rating: its subject isn't told which one it was, not even by what comes of it. */
import { expect, it } from 'vitest';
import { openApp } from '../support/app.ts';
import { CLERK, csvOf, recordForm } from '../support/hall.ts';
import { appeal, bringToReview, castOf, conclude } from './appeal-hall.ts';

const app = await openApp({ now: new Date('2026-06-04T10:00:00+08:00') });

it('names neither the rating nor the entry that took it back', async () => {
  const cast = await castOf(app);
  const projectNo = 'JN20260510-0001';
  const record = recordForm({ projectNo, serviceTime: '2026-05-12 09:30:00' });
  await app.load('service-records', csvOf([record]));
  const told = { pf: 4, satisfaction: 2, evalDetail: 214, assessTime: '2026-05-12 10:00:00' };
  const judged = { verdict: 'upheld', verified_by: '周督查' };
  await app.load('ratings', csvOf([{ projectNo, serviceNumber: 1, ...told, ...judged }]));
  expect((await cast.office.page.post('/months/2026-05/close', {})).statusCode).toBe(200);
  const { lines } = (await cast.clerk.page.get(`/scores/2026-05/staff/${CLERK}`)).json();
  const line = lines.find((one: { fact: { kind: string } | null }) => one.fact?.kind === 'rating');
  const { id } = await appeal(cast.clerk, '2026-05', line.key);
  await bringToReview(cast, id);
  expect((await conclude(cast, id, 'upheld')).outcome?.entryId).toMatch(/^[0-9a-f-]{36}$/);
  const seen = (await cast.clerk.page.get(`/appeals/${id}`)).json();
  expect(seen).toMatchObject({ state: 'upheld', fact: { id: null }, outcome: { entryId: null } });
});
