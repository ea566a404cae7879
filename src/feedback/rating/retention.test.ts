import { expect, it } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { ratingServer, seedStep } from '../../../test/support/rating-hall.ts';
import { ensurePartitions } from '../../platform/migrate.ts';
import { eraseRatersDue, eraseTextsDue } from './jobs.ts';

const t = await testDb();

it('what is known of a device is erased when its retention is over; the rating stays', async () => {
  const http = await ratingServer(t);
  const { token, stepId } = await seedStep(t);
  const payload = { token, satisfaction: 5, writingEvaluation: '请联系张三 13812345678' };
  const answer = await http.inject({ method: 'POST', url: '/api/v1/ratings', payload });
  expect(answer.statusCode).toBe(201);
  await http.close();
  const marks = async () => {
    const { rows } = await t.db.owner.query(
      'SELECT address_hash IS NULL AND device_mark IS NULL AS gone FROM feedback.rater WHERE step_id = $1',
      [stepId],
    );
    return rows[0];
  };
  expect(await marks()).toEqual({ gone: false });
  // Served in March 2026 and kept for 24 months after: the last day is 31 March 2028.
  t.clock.set(new Date('2028-03-31T12:00:00+08:00'));
  expect(await eraseRatersDue(t, '370800')).toBe(0);
  expect(await eraseTextsDue(t, '370800')).toBe(0);
  t.clock.set(new Date('2028-04-01T12:00:00+08:00'));
  await ensurePartitions(t.db.owner, t.clock.now());
  expect(await eraseRatersDue(t, '370800')).toBe(1);
  expect(await marks()).toEqual({ gone: true });
  expect(await eraseRatersDue(t, '370800')).toBe(0);
  expect(await eraseTextsDue(t, '370800')).toBe(1);
  expect((await t.db.owner.query('SELECT 1 FROM feedback.rating_text')).rows).toEqual([]);
  const kept = await t.db.owner.query('SELECT satisfaction FROM feedback.rating WHERE step_id = $1', [
    stepId,
  ]);
  expect(kept.rows).toEqual([{ satisfaction: 5 }]);
});
