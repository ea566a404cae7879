/** Orders come to the screens that show them: what changed within the reader's scope, and nothing else. */
import { afterEach, describe, expect, it } from 'vitest';
import { openApp } from '../support/app.ts';
import { APPROVAL, POLICE } from '../support/hall.ts';

const app = await openApp({ served: true });
const { t } = app;
const people = {
  approval: await app.person('department_liaison', { scope: APPROVAL }),
  police: await app.person('department_liaison', { scope: POLICE }),
  office: await app.person('assessment_office'),
};
type Name = keyof typeof people;
const open: AbortController[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.abort();
});

const cookies = (name: Name) => [...people[name].page.jar].map((pair) => pair.join('=')).join('; ');

/** A page that listens: the events that came, one by one. */
async function listen(name: Name, query = ''): Promise<() => Promise<string[] | null>> {
  const abort = new AbortController();
  open.push(abort);
  const answer = await fetch(`${app.url}/admin/api/work-orders/events${query}`, {
    headers: { cookie: cookies(name) },
    signal: abort.signal,
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async () => {
    for (;;) {
      const event = /event: changed\ndata: (.*)\n\n/.exec(text);
      if (event?.[1]) {
        text = text.slice(event.index + event[0].length);
        return (JSON.parse(event[1]) as { ids: string[] | null }).ids;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('the line was closed');
      text += value;
    }
  };
}

let count = 0;
async function speak(department: string): Promise<string> {
  count += 1;
  const answer = await app.api('POST', '/voices', {
    id: `stream-${count}`,
    channel: 'web',
    kind: 'suggestion',
    subjectKind: 'department',
    subjectCode: department,
    text: '希望延长午间服务时间',
    receivedAt: t.clock.now().toISOString(),
  });
  const { items } = (await people.office.page.get(`/work-orders?q=${answer.json().number}`)).json();
  return items[0].id;
}

/** The stream learns at its first look what there was before. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

describe('a page of orders', () => {
  it('hears of a new order of its department, of each step, and of no other department’s', async () => {
    const approval = await listen('approval');
    const police = await listen('police');
    await settled();
    const first = await speak(APPROVAL);
    expect(await approval()).toEqual([first]);
    await people.approval.page.post(`/work-orders/${first}/sign`);
    expect(await approval()).toEqual([first]);
    const other = await speak(POLICE);
    // The first that this page hears of is its own.
    expect(await police()).toEqual([other]);
  });

  it('hears that an order was taken away, and whoever gets it hears it too', async () => {
    const id = await speak(APPROVAL);
    const approval = await listen('approval');
    const police = await listen('police');
    await settled();
    const moved = await people.office.page.post(`/work-orders/${id}/assign`, {
      department: POLICE,
      note: '属公安窗口',
    });
    expect(moved.statusCode).toBe(200);
    expect([await approval(), await police()]).toEqual([[id], [id]]);
  });

  it('of a deputy hears of the orders of the one who is away, and only while they are', async () => {
    const day = new Date(t.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { police, approval, office } = people;
    const asked = `?x-on-behalf-of=${approval.id}`;
    const events = `${app.url}/admin/api/work-orders/events${asked}`;
    expect((await fetch(events, { headers: { cookie: cookies('police') } })).status).toBe(403);
    const named = { userId: approval.id, standInId: police.id, from: day, until: day };
    expect((await office.page.post('/deputies', named)).statusCode).toBe(200);
    const [own, lent] = [await listen('police'), await listen('police', asked)];
    await settled();
    const other = await speak(APPROVAL);
    expect(await lent()).toEqual([other]);
    const theirs = await speak(POLICE);
    expect(await own()).toEqual([theirs]);
  });

  it('is for whoever reads orders', async () => {
    const clerk = await app.person('wage_office');
    expect((await clerk.page.get('/work-orders/events')).statusCode).toBe(403);
    const answer = await fetch(`${app.url}/admin/api/work-orders/events`);
    expect(answer.status).toBe(401);
  });
});
