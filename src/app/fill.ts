/**
 * Fills a new database: regions, calendar, city and rules always; the invented demo hall when it is asked
 * for. Interrupted at any point, the next start goes on: every step may be repeated, and the demo remembers
 * the moment it was made for.
 */

import { z } from 'zod';
import { type DemoAccount, demoHall } from '../../db/seed/demo.ts';
import { closeMonth } from '../close/month/index.ts';
import { sealNow } from '../feedback/seal/index.ts';
import { issueSigns } from '../intake/invitation/index.ts';
import { dayOf, formatSecond } from '../kernel/day.ts';
import { cityCode as asCity } from '../kernel/ids.ts';
import { monthOf, previousMonth } from '../kernel/month.ts';
import { Refusal } from '../kernel/refusal.ts';
import { installScheme } from '../ledger/scheme/index.ts';
import { anyUser, createUser, resetUser, systemActor } from '../oversight/access/index.ts';
import { audit } from '../oversight/audit/index.ts';
import { monotonicMs } from '../platform/clock.ts';
import { inTx } from '../platform/db.ts';
import { type Deps, unhurried } from '../platform/deps.ts';
import { findKind, type ImportRecord, runImport } from '../platform/imports.ts';
import { readMark, writeMark } from '../platform/marks.ts';
import { readCalendar, seedCalendar } from '../registry/calendar/index.ts';
import { departmentCount } from '../registry/department/index.ts';
import { readSeedRegions, seedCity, seedRegions } from '../registry/region/index.ts';
import type { Filled, NewAccount } from './announce.ts';
import { fillAttendance } from './demo-attendance.ts';
import { fillQuestionnaire } from './demo-questionnaire.ts';
import { importKinds, staffExists } from './slices.ts';

const SEED = 20220101;

const demoMark = z.object({ state: z.enum(['loading', 'loaded']), at: z.iso.datetime() });

/** The database can't be filled as it is wished; the message is the sentence that the operator reads. */
export class FillError extends Error {}

/**
 * What every database holds, and the demo where it belongs. Safe to repeat.
 * @throws FillError when a demo that was interrupted isn't wanted any more: half of it stands in the book
 */
export async function fillNew(deps: Deps): Promise<Filled> {
  await fillBasics(deps);
  const mark = await readMark(deps.db.app, 'demo', demoMark);
  if (mark?.state === 'loading' && !deps.config.demo) {
    throw new FillError(
      'The demo hall was interrupted while it was loaded and half of it stands in this database: start ' +
        'with DEMO=1 to complete it, or begin with a new DATA_DIR or database.',
    );
  }
  const wanted = deps.config.demo && (await isEmpty(deps));
  if (mark?.state === 'loaded' || (mark === undefined && !wanted)) {
    const needsAccounts = !(await anyUser(deps.db.app, deps.config.cityCode));
    return { rows: {}, accounts: [], needsAccounts };
  }
  // The demo goes on with the moment it began with, so that what was loaded already is found unchanged.
  const at = mark ? new Date(mark.at) : deps.clock.now();
  await writeMark(deps.db.app, 'demo', { state: 'loading', at: at.toISOString() }, at);
  const filled = await fillDemo(deps, at);
  await writeMark(deps.db.app, 'demo', { state: 'loaded', at: at.toISOString() }, deps.clock.now());
  return filled;
}

/** No department and no account: beside what a hall has begun with, the demo would stay for ever. */
async function isEmpty({ db, config }: Deps): Promise<boolean> {
  return (await departmentCount(db.app, config.cityCode)) === 0 && !(await anyUser(db.app, config.cityCode));
}

/** Regions, calendar, city and the example scheme: also `migrate` leaves them in a new database. */
export async function fillBasics(deps: Deps): Promise<void> {
  const { cityCode } = deps.config;
  await inTx(deps.db, async (tx) => {
    await seedRegions(tx);
    await seedCalendar(tx);
    await seedCity(tx, cityCode);
  });
  await installScheme(deps, asCity(cityCode));
}

async function fillDemo(deps: Deps, at: Date): Promise<Filled> {
  const { cityCode } = deps.config;
  const { isWorkday } = await readCalendar(deps.db.app);
  const regions = (await readSeedRegions()).map((one) => ({ ...one, parent_code: one.parent_code ?? '' }));
  const hall = demoHall({
    seed: SEED,
    today: dayOf(at),
    now: formatSecond(at).slice(11),
    cityCode,
    regions,
    isWorkday,
  });
  const loads: readonly (readonly [string, readonly ImportRecord[]])[] = [
    ['departments', hall.departments],
    ['windows', hall.windows],
    ['staff', hall.staff],
    ['postings', hall.postings],
    ['items', hall.items],
    ['service-records', hall.serviceRecords],
    ['ratings', hall.ratings],
    ['findings', hall.findings],
    ['merits', hall.merits],
    ['complaints', hall.complaints],
  ];
  const rows: Record<string, number> = {};
  for (const [kind, records] of loads) {
    const began = monotonicMs();
    rows[kind] = await loadDemo(deps, kind, records);
    deps.log.info({ kind, rows: records.length, ms: Math.round(monotonicMs() - began) }, 'demo loaded');
  }
  const accounts: NewAccount[] = [];
  for (const account of hall.accounts) accounts.push(await demoAccount(deps, account));
  const actor = systemActor(cityCode, 'demo');
  await fillAttendance(deps, hall, at);
  const cityHall = hall.windows.filter((window) => window.region_code === `${cityCode}000000`);
  const windows = cityHall.map((window) => window.code ?? '');
  await issueSigns(deps, actor, { windows });
  rows.questionnaire_sheets = await fillQuestionnaire(deps, { seed: SEED, at, windows });
  await sealNow(unhurried(deps), actor);
  await closeMonth(unhurried(deps), actor, previousMonth(monthOf(dayOf(at))));
  return { rows, accounts, needsAccounts: false };
}

async function loadDemo(deps: Deps, kind: string, records: readonly ImportRecord[]): Promise<number> {
  const actor = systemActor(deps.config.cityCode, 'demo');
  const report = await runImport(deps, findKind(importKinds, kind), records, {
    by: 'demo',
    source: 'demo',
    audit: (tx, done) =>
      audit(tx, {
        actor,
        action: 'import.demo',
        subjectKind: kind,
        subjectId: '',
        detail: { created: done.created, problems: done.problemCount },
        cityCode: deps.config.cityCode,
        at: deps.clock.now(),
      }),
  });
  if (report.outcome === 'loaded') return report.created;
  const first = report.problems[0];
  throw new Error(`the demo's ${kind} can't be loaded: line ${first?.line} ${first?.column} ${first?.code}`);
}

async function demoAccount(deps: Deps, account: DemoAccount): Promise<NewAccount> {
  const { username, displayName, role } = account;
  const actor = systemActor(deps.config.cityCode, 'demo');
  const check = (cityCode: string, staffNo: string): Promise<boolean> => staffExists(deps, cityCode, staffNo);
  const given = {
    username,
    name: displayName,
    role,
    scope: account.scope,
    staffNo: account.staffNo,
    lasting: true,
  };
  try {
    const { password } = await createUser(deps, actor, given, check);
    return { username, displayName, role, password };
  } catch (error) {
    // A start that was interrupted has made the account, but nobody has seen its password.
    if (!(error instanceof Refusal) || error.code !== 'access.username_taken') throw error;
    const { password } = await resetUser(deps, actor, { username });
    return { username, displayName, role, password };
  }
}
