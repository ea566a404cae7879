/** Numbers, days and page marks that the database can't hold are refused, never a fault. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openApp, type Person } from '../../test/support/app.ts';

const app = await openApp();
const TOO_LARGE = '9999999999999999999';
let office: Person;
beforeAll(async () => {
  office = await app.person('assessment_office');
});

function mark(...key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

describe('what the database can’t hold', () => {
  it.each([
    `/ratings/${TOO_LARGE}/1`,
    '/ratings?from=1000-01-01',
    '/stats?from=0001-01-01&to=9999-12-31',
    `/service-records/${TOO_LARGE}`,
    '/service-records?from=0000-01-01',
    `/service-records?cursor=${mark('+275760-09-13T00:00:00.000Z', '1')}`,
    `/service-records?cursor=${mark('2026-01-01T00:00:00.000Z', TOO_LARGE)}`,
    `/corrections?stepId=${TOO_LARGE}`,
    '/registry/calendar?year=0000',
    `/registry/postings?cursor=${mark('a', 'b', 'clerk', 'no day')}`,
  ])('is refused: %s', async (path) => {
    expect((await office.page.get(path)).statusCode).toBe(422);
  });
});
