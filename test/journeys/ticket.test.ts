import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { applicationBody, type CaseHall, openCaseHall } from '../support/case-hall.ts';

const hall = {} as CaseHall;
const groups = `code,name,region_code,prefix,windows
ENT,企业开办,370800000000,A,"T01,T02"
PAS,出入境,370800000000,B,P01
`;

beforeAll(async () => {
  Object.assign(hall, await openCaseHall());
  await hall.app.load('ticket_groups', groups);
});

async function draw(given: object = {}) {
  hall.app.t.clock.advance(1000);
  const answer = await hall.clerk.page.post('/tickets', { id: randomUUID(), group: 'ENT', ...given });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}
const call = (by = hall.clerk, window = 'T01', ticket?: string) =>
  by.page.post('/tickets/call', { window, ...(ticket ? { ticket } : {}) });
const at = (verb: string, by = hall.clerk, window = 'T01', more = {}) =>
  by.page.post(`/tickets/${verb}`, { window, ...more });

test('tickets are numbered, drawn once, and called by priority and time', async () => {
  const id = randomUUID();
  const first = await draw({ id });
  expect(await draw({ id })).toEqual(first);
  expect(first).toMatchObject({ ticketNo: 'A001', before: 0 });
  await draw();
  const elder = await draw({ priority: true });
  expect(elder).toMatchObject({ ticketNo: 'A003', before: 0 });
  // A machine in the hall draws as well.
  const machine = await hall.app.api('POST', '/tickets', { id: randomUUID(), group: 'PAS' });
  expect(machine.json()).toMatchObject({ ticketNo: 'B001', groupName: '出入境' });
  expect((await call()).json()).toMatchObject({ ticketNo: 'A003', windowCode: 'T01' });
  expect((await call()).json()).toMatchObject({ code: 'ticket.still_called' });
  await at('recall');
  expect((await at('skip')).json().state).toBe('skipped');
  expect((await call(hall.clerk, 'T01', elder.id)).json().ticketNo).toBe('A003');
  const queue = (await hall.clerk.page.get('/tickets?window=T01')).json();
  expect([queue.current.ticketNo, queue.waiting.map((one: { ticketNo: string }) => one.ticketNo)]).toEqual([
    'A003',
    ['A001', 'A002'],
  ]);
});

test('of two windows each gets another ticket, and one wins a certain one', async () => {
  await at('finish');
  const both = await Promise.all([call(), call(hall.colleague, 'T02')]);
  expect(both.map((answer) => answer.json().ticketNo).sort()).toEqual(['A001', 'A002']);
  await Promise.all([at('finish'), at('finish', hall.colleague, 'T02')]);
  const wanted = await draw();
  const race = await Promise.all([
    call(hall.clerk, 'T01', wanted.id),
    call(hall.colleague, 'T02', wanted.id),
  ]);
  expect(race.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  expect(race.map((answer) => answer.json().code)).toContain('ticket.taken');
  const screen = await hall.app.http.inject('/calls/370800');
  expect(screen.body).toContain(wanted.ticketNo);
  expect(screen.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await hall.app.http.inject('/calls/nowhere')).statusCode).toBe(404);
});

test('a ticket goes to another queue of the hall and keeps its time', async () => {
  const winner = (await hall.clerk.page.get('/tickets?window=T01')).json().current
    ? hall.clerk
    : hall.colleague;
  const window = winner === hall.clerk ? 'T01' : 'T02';
  expect((await at('transfer', winner, window, { group: 'nowhere' })).json().code).toBe(
    'ticket.unknown_group',
  );
  expect((await at('transfer', winner, window, { group: 'PAS' })).json()).toMatchObject({
    ...{ state: 'waiting', groupCode: 'PAS', windowCode: null },
  });
  expect((await at('finish', winner, window)).json().code).toBe('ticket.none_called');
  expect((await call(winner, window)).json().code).toBe('ticket.nobody');
  expect((await call(hall.officer, 'P01')).json().ticketNo).toBe('B001');
  expect((await call(hall.officer, 'T01')).json().code).toBe('acceptance.not_your_window');
});

test('finishing asks on the tablet for a rating of what was served, and visits are counted', async () => {
  const tablet = await hall.kiosk.tablet();
  await draw();
  await call();
  const empty = (await at('finish')).json();
  expect(empty).toMatchObject({ invited: null, why: 'nothing_served' });
  await draw();
  const { ticketNo } = (await call()).json();
  const taken = await hall.clerk.page.post('/applications', applicationBody());
  expect(taken.statusCode, taken.body).toBe(201);
  const end = (await at('finish')).json();
  expect(end).toEqual({
    ...{ ticketNo, why: 'invited' },
    invited: { projectNo: taken.json().projectNo, serviceName: '受理' },
  });
  const { invitation } = (await tablet.get('/kiosk/api/state')).json();
  const shown = await tablet.post(`/kiosk/api/invitations/${invitation}/shown`);
  expect(shown.statusCode, shown.body).toBe(200);
  const office = await hall.app.person('assessment_office');
  const day = new Date(hall.app.t.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const { items } = (await office.page.get(`/ticket-visits?day=${day}`)).json();
  const visits = items
    .filter((row: { windowCode: string }) => row.windowCode === 'T01')
    .reduce((sum: number, row: { visits: number }) => sum + row.visits, 0);
  expect(visits).toBeGreaterThanOrEqual(4);
  expect((await office.page.get(`/ticket-visits?day=${day}&format=csv`)).body).toContain('waited_seconds');
});

test('groups name windows of their own hall', async () => {
  const wrong = `code,name,region_code,prefix,windows
X,别处,370800000000,X,R01
`;
  await expect(hall.app.load('ticket_groups', wrong)).rejects.toThrow(/ticket_group.windows/);
});
