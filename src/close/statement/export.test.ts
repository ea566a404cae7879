import { expect, it } from 'vitest';
import { testDb } from '../../../test/support/db.ts';
import { cliActor } from '../../oversight/access/index.ts';
import { scoreTable } from './actions.ts';
import { scoreQuerySchema } from './contract.ts';

const t = await testDb();

it('hands scores out as a file only to who may export', async () => {
  const reader = { ...cliActor('370800'), permissions: new Set(['score.read'] as const) };
  const query = scoreQuerySchema.parse({ month: '2026-05', format: 'csv' });
  await expect(scoreTable(t, reader, query)).rejects.toMatchObject({ code: 'access.permission_denied' });
  await expect(scoreTable(t, cliActor('370800'), query)).rejects.toMatchObject({ code: 'month.not_closed' });
});
