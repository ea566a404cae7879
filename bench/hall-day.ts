import { randomUUID } from 'node:crypto';
import { createUser, systemActor } from '../src/oversight/access/index.ts';
import type { Deps } from '../src/platform/deps.ts';
import type { Bench } from './bench.ts';
import { departmentCode } from './hall.ts';
import { BenchError, print, quantile, say } from './line.ts';
import { type OfficeSession, signIn, systemImport } from './office-session.ts';

const NAME = 'hall-day';
const CLERKS = 12;
/** Visits an hour, and the state changes that come of them (two and a half a visit). */
const VISITS = 3000;
const ITEM = `${departmentCode(0)}43720${'99999'}888`;

interface Clerk {
  session: OfficeSession;
  window: string;
}

/** What has been done by the clients' own count. */
interface Tally {
  visits: number;
  moments: number;
  times: number[];
}

/**
 * A hall at work over HTTP: tickets drawn, called and finished, cases taken in, told once, completed, decided
 * and handed out. First at the pace of a full hour, then the visits of an hour as fast as they go; afterwards
 * nothing may be lost or doubled.
 */
export async function hallDay({ deps, instance, quick }: Bench): Promise<void> {
  const clerks = await layDownDesks(deps, instance.port);
  const tally: Tally = { visits: 0, moments: 0, times: [] };
  const paced = quick ? 15 : 120;
  await atPace(clerks, tally, paced);
  figures(tally.times, 'at_pace', `${VISITS} visits an hour for ${paced} s, ${tally.times.length} requests`);
  tally.times.length = 0;
  const rest = (quick ? 200 : VISITS) - tally.visits;
  const start = performance.now();
  await Promise.all(clerks.slice(0, CLERKS / 2).map((clerk) => work(clerk, tally, tally.visits + rest)));
  const seconds = (performance.now() - start) / 1000;
  const note = `${rest} visits in ${Math.round(seconds)} s by ${CLERKS / 2} clerks at once`;
  figures(tally.times, 'replayed', note);
  print({ bench: NAME, metric: 'visits', value: (rest / seconds) * 3600, unit: 'an hour', note });
  await account(deps, tally);
}

function figures(times: readonly number[], metric: string, note: string): void {
  print({ bench: NAME, metric: `${metric}_p50`, value: quantile(times, 0.5), unit: 'ms', note });
  print({ bench: NAME, metric: `${metric}_p95`, value: quantile(times, 0.95), unit: 'ms', note });
}

async function layDownDesks(deps: Deps, port: number): Promise<Clerk[]> {
  const city = deps.config.cityCode;
  const [department, region] = [departmentCode(0), `${city}000000`];
  const numbers = Array.from({ length: CLERKS }, (_, at) => String(at).padStart(2, '0'));
  const windows = numbers.map((n) => `DAY${n}`);
  await systemImport(
    deps,
    'windows',
    windows.map((code) => ({
      ...{ code, name: code, department_code: department, region_code: region, kind: 'general' },
    })),
  );
  const staff = numbers.map((n) => `DAY${n}`);
  await systemImport(
    deps,
    'staff',
    staff.map((staff_no) => ({
      ...{ staff_no, name: staff_no, identity: 'stationed', department_code: department },
    })),
  );
  await systemImport(
    deps,
    'postings',
    staff.map((staff_no) => ({
      ...{ staff_no, window_code: staff_no, from_date: '2022-01-01', role: 'clerk' },
    })),
  );
  const item = { code: ITEM, name: '大厅日常事项', department_code: department, type: '20' };
  await systemImport(deps, 'items', [{ ...item, promise: 'promised', promised_days: '5' }]);
  const paper = { item_code: ITEM, material_no: '1', name: '申请书', may_follow: '否' };
  await systemImport(deps, 'materials', [paper]);
  const group = { code: 'DAY', name: '综合业务', region_code: region, prefix: 'D' };
  await systemImport(deps, 'ticket_groups', [{ ...group, windows: windows.join(',') }]);
  const clerks: Clerk[] = [];
  for (const [at, window] of windows.entries()) {
    const given = { username: `bench_day_${at}`, role: 'clerk', lasting: true, staffNo: `DAY${numbers[at]}` };
    const { password } = await createUser(deps, systemActor(city, 'bench'), given, async () => true);
    clerks.push({ session: await signIn(port, given.username, password), window });
  }
  return clerks;
}

/** A visit every so often as they come in a full hour, each at the next free window. */
async function atPace(clerks: readonly Clerk[], tally: Tally, seconds: number): Promise<void> {
  const gap = 3_600_000 / VISITS;
  const count = Math.floor((seconds * 1000) / gap);
  const free = [...clerks];
  const running: Promise<void>[] = [];
  for (let at = 0; at < count; at += 1) {
    const clerk = free.shift();
    if (clerk === undefined) throw new BenchError(`${NAME}: no window is free at the pace of the hour`);
    tally.visits += 1;
    running.push(visit(clerk, tally, tally.visits).then(() => void free.push(clerk)));
    await new Promise((resolve) => setTimeout(resolve, gap));
  }
  await Promise.all(running);
}

async function work(clerk: Clerk, tally: Tally, until: number): Promise<void> {
  while (tally.visits < until) {
    tally.visits += 1;
    await visit(clerk, tally, tally.visits);
  }
}

/** One visitor from the ticket to the result, by one window and its back office. */
async function visit({ session, window }: Clerk, tally: Tally, number: number): Promise<void> {
  const timed = async (path: string, body: object): Promise<unknown> => {
    const start = performance.now();
    const answer = await session.post(path, body);
    tally.times.push(performance.now() - start);
    return answer;
  };
  await timed('/tickets', { id: randomUUID(), group: 'DAY', priority: number % 10 === 0 });
  await timed('/tickets/call', { window });
  const short = number % 2 === 0;
  const decision = { kind: short ? 'notice' : 'accept', handed: short ? [] : [1] };
  const applicant = {
    userProp: 1,
    userName: `申请人${number}`,
    mobile: `138${String(number).padStart(8, '0')}`,
  };
  const body = { id: randomUUID(), window, item: ITEM, applicant, decision };
  const { projectNo } = (await timed('/applications', body)) as { projectNo: string };
  tally.moments += 1;
  await timed('/tickets/finish', { window });
  if (short) {
    await timed(`/applications/${projectNo}/supplement`, {
      window,
      decision: { kind: 'accept', handed: [1] },
    });
    tally.moments += 1;
    return;
  }
  await timed(`/approvals/${projectNo}/decision`, { step: 1, outcome: 'pass', opinion: '符合条件' });
  await timed(`/results/${projectNo}/hand-out`, { window, way: 'counter' });
  tally.moments += 2;
}

/** By the database's own count: nothing lost, nothing doubled. */
async function account(deps: Deps, tally: Tally): Promise<void> {
  const { rows } = await deps.db.owner.query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM intake.ticket WHERE city_code = $1 AND state = 'finished') AS finished,
       (SELECT count(*) FROM intake.ticket WHERE city_code = $1) AS tickets,
       (SELECT count(*) FROM intake.application WHERE city_code = $1) AS cases,
       (SELECT count(*) FROM intake.case_step WHERE city_code = $1 AND source = 'hall') AS moments,
       (SELECT count(*) FROM intake.application_event WHERE city_code = $1 AND step_id IS NOT NULL) AS noted`,
    [deps.config.cityCode],
  );
  const found = rows[0] ?? {};
  const { visits, moments } = tally;
  const wanted: Record<string, number> = {
    finished: visits,
    tickets: visits,
    cases: visits,
    moments,
    noted: moments,
  };
  const wrong = Object.entries(wanted).filter(([name, count]) => Number(found[name]) !== count);
  if (wrong.length > 0) throw new BenchError(`${NAME}: ${JSON.stringify({ wanted, found })}`);
  say(`${NAME}: ${visits} visits and ${moments} service records, none lost, none doubled`);
  print({ bench: NAME, metric: 'lost_or_doubled', value: 0, unit: 'records', note: `${visits} visits` });
}
