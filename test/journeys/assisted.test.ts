/** Ratings that staff enter for citizens: by phone, from paper, from the hotline; never by who is rated. */
import { beforeAll, describe, expect, it } from 'vitest';
import { eraseScansDue } from '../../src/feedback/rating/jobs.ts';
import { ensurePartitions } from '../../src/platform/migrate.ts';
import { type HandedIn, openApp, type Person } from '../support/app.ts';
import { WORKING_MORNING } from '../support/db.ts';
import { csvOf, recordForm } from '../support/hall.ts';
import { fileForm, samples } from '../support/multipart.ts';
import { CITY } from '../support/office.ts';

const app = await openApp();
const { t } = app;
let caller: Person;
let office: Person;
/** Who served in all of the cases, with an account for calls. */
let clerk: Person;
let steps: HandedIn[] = [];

beforeAll(async () => {
  caller = await app.person('caller', { name: '吴回访' });
  office = await app.person('assessment_office');
  clerk = await app.person('caller', { staffNo: 'G001' });
  const days = ['10', '10', '10', '10', '10', '10', '10', '03'];
  steps = await app.handIn(
    days.map((date, at) =>
      recordForm({
        projectNo: `JN2026000${at}`,
        serviceTime: `2026-03-${date} 09:0${at}:00`,
        mobile: '13812345678',
      }),
    ),
  );
});

let forms = 0;
function entry(about: object) {
  forms += 1;
  return {
    id: `form-${forms}`,
    source: 'phone',
    projectNo: 'JN20260000',
    serviceNumber: 1,
    satisfaction: 5,
    assessTime: '2026-03-11 09:30',
    ...about,
  };
}

const enter = (who: Person, about: object) => who.page.post('/assisted/entries', entry(about));
const codeOf = (answer: { json(): { code: string } }) => answer.json().code;
const row = async (projectNo: string) => {
  const { rows } = await t.db.owner.query(
    `SELECT r.source, r.channel, r.real_name, r.assessed_at, a.anonymous, e.entered_name, e.page, e.reference
     FROM feedback.rating_list r
     JOIN feedback.rater a USING (city_code, service_month, step_id, assess_number)
     JOIN feedback.assisted_entry e USING (city_code, service_month, step_id, assess_number)
     WHERE r.project_no = $1`,
    [projectNo],
  );
  return rows[0];
};

describe('a call', () => {
  it('is entered once, marked with its source and who entered it, and counts like any rating', async () => {
    const about = entry({ satisfaction: 2, evalDetail: ['214'], reference: 'HF-7' });
    const first = await caller.page.post('/assisted/entries', about);
    expect(first.json()).toMatchObject({
      isNew: true,
      service: { projectNo: 'JN20260000', windowCode: 'T01' },
    });
    expect(first.json().receipt).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    const again = await caller.page.post('/assisted/entries', about);
    expect(again.json()).toMatchObject({ isNew: false, receipt: first.json().receipt });
    expect(await row('JN20260000')).toMatchObject({
      ...{ source: 'phone', channel: 90, real_name: true, anonymous: false },
      ...{ entered_name: '吴回访', reference: 'HF-7', page: null },
    });
    expect(codeOf(await enter(caller, {}))).toBe('rating.already_recorded');
    const { items } = (await office.page.get('/ratings?source=phone')).json();
    expect(items).toMatchObject([{ source: 'phone', channel: 90, satisfaction: 2 }]);
    const detail = (await office.page.get(`/ratings/${items[0].stepId}/1`)).json();
    expect(detail.entered).toMatchObject({ by: '吴回访', reference: 'HF-7', batchId: null });
    const stats = (await app.api('GET', '/stats?from=2026-03-01&to=2026-03-31&by=channel')).json();
    expect(stats.find((line: { code: string }) => line.code === '90')).toMatchObject({ rated: 1, bad: 1 });
    // A bad one opens its order like any other.
    await app.settle();
    const orders = (await app.api('GET', '/work-orders?kind=rectification')).json().items;
    expect(orders).toMatchObject([{ projectNo: 'JN20260000' }]);
  });

  it('is found by short code and window too, and shown before it is entered', async () => {
    const { shortCode } = steps[1]!;
    const found = await caller.page.get(`/assisted/service?shortCode=${shortCode}&windowCode=t01`);
    const service = { projectNo: 'JN20260001', rated: false, taskName: '企业设立登记' };
    expect(found.json()).toMatchObject({ service });
    expect((await caller.page.get('/assisted/service?projectNo=JN2026')).json()).toEqual({ service: null });
    expect(found.body).not.toContain('138');
    const named = { projectNo: null, serviceNumber: null, shortCode, windowCode: 'T01' };
    expect((await enter(caller, named)).statusCode).toBe(200);
    expect(codeOf(await enter(caller, { projectNo: '', shortCode }))).toBe('assisted.which_service');
    expect(codeOf(await enter(caller, { projectNo: 'JN9' }))).toBe('service_record.unknown');
  });

  it('is never entered by the clerk of the case, nor by anybody of the window', async () => {
    expect(codeOf(await enter(clerk, { projectNo: 'JN20260002' }))).toBe('assisted.own_service');
    const chief = await app.person('supervisor', { staffNo: 'G002' });
    expect(codeOf(await enter(chief, { projectNo: 'JN20260002' }))).toBe('assisted.own_window');
    const other = await app.person('caller', { staffNo: 'G003' });
    expect((await enter(other, { projectNo: 'JN20260002' })).statusCode).toBe(200);
    const county = await app.person('caller', { scope: '370811' });
    expect(codeOf(await enter(county, { projectNo: 'JN20260003' }))).toBe('service_record.unknown');
  });

  it('keeps to the rules of a rating and to its days', async () => {
    const refused = async (about: object) =>
      codeOf(await enter(caller, { projectNo: 'JN20260003', ...about }));
    expect(await refused({ satisfaction: 1 })).toBe('rating.reason_missing');
    expect(await refused({ evalDetail: ['214'] })).toBe('rating.tag_of_other_level');
    expect(await refused({ writingEvaluation: '长'.repeat(501) })).toBe('rating.text_too_long');
    expect(await refused({ assessTime: '2026-03-12 09:00' })).toBe('rating.in_future');
    expect(await refused({ assessTime: '2026-03-09' })).toBe('assisted.before_service');
    expect(await refused({ source: 'paper' })).toBe('assisted.batch_needed');
    // Served on the 3rd: ratable until the end of the 10th, and a call is entered within three days.
    const late = { projectNo: 'JN20260007' };
    expect(await refused({ ...late, assessTime: '2026-03-11 09:00' })).toBe('assisted.outside_window');
    expect(await refused({ ...late, assessTime: '2026-03-07 09:00' })).toBe('assisted.too_late');
    expect((await enter(caller, { ...late, assessTime: '2026-03-10 23:00' })).statusCode).toBe(200);
  });
});

describe('paper forms', () => {
  const attach = (id: string, name: string, bytes: Buffer) => {
    const { body, headers } = fileForm(name, bytes);
    return caller.page.post(`/assisted/batches/${id}/files`, body, headers);
  };

  it('come in batches with their scan, one form a line', async () => {
    const { id, number } = (await caller.page.post('/assisted/batches', { note: '南张镇3月上旬' })).json();
    expect(number).toBe('ZZ2026-0001');
    const about = { source: 'paper', batchId: id, page: 2, assessTime: '2026-03-10' };
    expect(codeOf(await enter(caller, { ...about, projectNo: 'JN20260004' }))).toBe('assisted.scan_missing');
    expect(codeOf(await attach(id, '表.docx', samples.docx))).toBe('assisted.scan_type');
    expect(codeOf(await attach(id, '表.pdf', Buffer.from('nothing')))).toBe('file.type');
    expect((await attach(id, '表.pdf', samples.pdf)).json().files).toHaveLength(1);
    const entered = await enter(caller, { ...about, projectNo: 'JN20260004', anonymous: true });
    expect(entered.json()).toMatchObject({ isNew: true });
    expect(await row('JN20260004')).toMatchObject({
      ...{ source: 'paper', channel: 91, anonymous: true, real_name: false, page: 2 },
      assessed_at: new Date('2026-03-10T00:00:00+08:00'),
    });
    const batch = (await office.page.get(`/assisted/batches/${id}`)).json();
    expect(batch).toMatchObject({ entries: 1, lines: [{ projectNo: 'JN20260004', page: 2 }] });
    const scan = await office.page.get(`/assisted/batches/${id}/files/${batch.files[0].id}`);
    expect(scan.rawPayload.equals(samples.pdf)).toBe(true);
    expect((await caller.page.post(`/assisted/batches/${id}/end`)).json().endedAt).not.toBeNull();
    expect(codeOf(await enter(caller, { ...about, projectNo: 'JN20260005' }))).toBe('assisted.batch_ended');
    expect(codeOf(await attach(id, '表.pdf', samples.pdf))).toBe('assisted.batch_ended');
    const county = await app.person('caller', { scope: '370811' });
    expect(codeOf(await county.page.get(`/assisted/batches/${id}`))).toBe('assisted.unknown_batch');
  });

  it('lose their scans when the time for texts is over', async () => {
    t.clock.set(new Date('2028-05-01T10:00:00+08:00'));
    await ensurePartitions(t.db.owner, t.clock.now());
    expect(await eraseScansDue(t, CITY)).toBe(1);
    expect(await eraseScansDue(t, CITY)).toBe(0);
    t.clock.set(WORKING_MORNING);
  });
});

describe('a file of the hotline 12345', () => {
  const line = (about: object) => ({
    reference: 'RX-1',
    projectNo: 'JN20260005',
    serviceNumber: 1,
    satisfaction: 4,
    assessTime: '2026-03-10 15:00:00',
    evalDetail: '',
    ...about,
  });
  const send = (who: Person, csv: string) => {
    const { body, headers } = fileForm('12345.csv', Buffer.from(csv));
    return who.page.post('/assisted/hotline', body, headers);
  };

  it('is entered line by line in the name of whoever hands it in, and once', async () => {
    const csv = csvOf([
      line({}),
      line({ reference: 'RX-2', projectNo: 'JN20260006', satisfaction: 1 }),
      line({ reference: 'RX-3', projectNo: 'JN20260000' }),
      line({ reference: '', projectNo: 'JN20260006' }),
    ]);
    const first = (await send(office, csv)).json();
    expect([first.entered, first.repeated]).toEqual([1, 0]);
    expect(first.refused.map((one: { line: number; code: string }) => [one.line, one.code])).toEqual([
      [3, 'rating.reason_missing'],
      [4, 'rating.already_recorded'],
      [5, 'request.invalid'],
    ]);
    expect((await send(office, csv)).json()).toMatchObject({ entered: 0, repeated: 1 });
    expect(await row('JN20260005')).toMatchObject({ source: 'hotline', channel: 93, reference: 'RX-1' });
    const own = await send(clerk, csvOf([line({ reference: 'RX-9', projectNo: 'JN20260006' })]));
    expect(own.json().refused).toMatchObject([{ line: 2, code: 'assisted.own_service' }]);
  });

  it('is refused as a whole for columns that nobody knows, and for what is no table', async () => {
    expect(codeOf(await send(office, 'a,b\n1,2\n'))).toBe('assisted.column_unknown');
    expect(codeOf(await send(office, 'reference\n1\n'))).toBe('assisted.column_missing');
    expect((await send(office, '')).statusCode).toBe(422);
  });
});

it('the figures stand apart by source', async () => {
  const answer = await office.page.get('/assisted/counts?from=2026-03-11&to=2026-03-11');
  expect(answer.json()).toEqual([
    {
      source: 'phone',
      entered: 4,
      excluded: 0,
      goodRate: { value: '0.7500', numerator: 3, denominator: 4 },
    },
    { source: 'paper', entered: 1, excluded: 0, goodRate: { value: '1.0000', numerator: 1, denominator: 1 } },
    {
      source: 'hotline',
      entered: 1,
      excluded: 0,
      goodRate: { value: '1.0000', numerator: 1, denominator: 1 },
    },
  ]);
  const { rows } = await t.db.owner.query(
    `SELECT actor_name FROM oversight.audit WHERE action = 'rating.entered' ORDER BY audit_id LIMIT 1`,
  );
  expect(rows).toEqual([{ actor_name: caller.username }]);
});
