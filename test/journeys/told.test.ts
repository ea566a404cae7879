/** Each fact of the flow is told to somebody, or stands here with the reason why nobody hears of it. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { courses } from '../../src/app/flow.ts';
import { openApp } from '../support/app.ts';
import { CLERK } from '../support/hall.ts';
import { CITY } from '../support/office.ts';
import { loadAll } from './assessed-month.ts';

const app = await openApp();

/** Facts that tell nobody of the house by a message, and why. */
const SILENT: Readonly<Record<string, string>> = {
  'record.kept': 'figures only',
  'application.refused': 'the register of every no has it, which its readers look through',
  'application.notice_given': 'the applicant was told at the counter',
  'rating.recorded': 'figures only',
  'rating.bad_recorded': 'its order tells',
  'rating.contact_asked': 'its order tells',
  'comment.bad_received': 'its order tells',
  'questionnaire.suggestion_written': 'its order tells',
  'rating.verified': 'the order and the statement tell',
  'exclusion.decided': 'the order tells',
  'seal.check_asked': 'a job of its own; what differs stands on the page of seals',
  'integrity.reviewed': 'proven inducement becomes a finding of conduct, which tells',
  'step.corrected': 'the book follows',
  'finding.confirmed': 'the months to post; finding.against tells the person',
  'merit.confirmed': 'the statement tells',
  'complaint.upheld': 'the statement tells',
  'scheme.put_in_force': 'the book follows',
  'voice.received': 'the citizen is told; its order tells the house',
  'order.answered': 'the citizen is told; order.moved tells the caller',
  'order.late': 'the card has told',
  'order.called_back': 'order.moved tells',
  'order.charged': 'the statement tells',
  'call.finished': 'its order or merit tells',
  'message.planned': 'it carries what is told',
};

/** The facts of the flow whose line names a consumer that tells. */
async function telling(): Promise<Set<string>> {
  const flow = await readFile(new URL('../../src/app/flow.ts', import.meta.url), 'utf8');
  const lines = flow
    .slice(flow.indexOf('export const courses'))
    .split(/\n {2}on\(/)
    .slice(1);
  expect(lines.length).toBe(courses.length);
  return new Set(courses.flatMap(({ fact }, at) => (/\btell[A-Z]/.test(lines[at] ?? '') ? [fact] : [])));
}

describe('each fact', () => {
  it('tells somebody, or says why nobody', async () => {
    const told = await telling();
    const silent = courses.map(({ fact }) => fact).filter((fact) => !told.has(fact));
    expect(silent.sort()).toEqual(Object.keys(SILENT).sort());
  });

  const CASES: readonly [string, string, object, 'leader' | 'assessment_office' | 'auditor'][] = [
    ['exclusion.proposed', 'exclusion_proposed', { exclusionId: 'x', by: '-', concerned: [] }, 'leader'],
    [
      'integrity.proposed',
      'integrity_proposed',
      { findingId: 'f', reviewId: 'r', by: '-', concerned: [] },
      'leader',
    ],
    ['scheme.draft_proposed', 'scheme_proposed', { draftId: 'd', revision: 1, by: '-' }, 'leader'],
    ['merit.proposed', 'merit_proposed', { reference: 'm', staffNo: '-' }, 'assessment_office'],
    [
      'voice.handed_over',
      'voice_discipline',
      { voiceId: 'v', number: 'TS2026-000009', at: '2026-03-10T09:00:00+08:00' },
      'auditor',
    ],
    ['month.sealed', 'month_sealed', { month: '2026-02', unit: null, whole: true }, 'leader'],
  ];
  it.each(CASES)('%s comes to the inbox of whoever acts on it', async (fact, kind, given, role) => {
    const person = await app.person(role);
    const course = courses.find((one) => one.fact === fact);
    await course?.deliver(app.t, { cityCode: CITY, ...given });
    const { items } = (await person.page.get('/messages')).json();
    expect(items.map((one: { kind: string }) => one.kind)).toEqual([kind]);
  });
});

describe('a confirmed finding', () => {
  it('is told to the person it is about, each of theirs once, with where to object', async () => {
    const clerk = await app.person('clerk', { staffNo: CLERK });
    const other = await app.person('clerk', { staffNo: 'G002' });
    const finding = {
      occurred_on: '2026-03-09',
      subject_kind: 'staff',
      rule: 'daily.late',
      quantity: '1',
      evidence: '打卡记录',
      recorded_by: 'V1',
    };
    const both = { ...finding, subject_code: CLERK, confirmed_by: 'V2' };
    const waiting = { ...finding, subject_code: 'G002', confirmed_by: '' };
    await loadAll(app.t, 'findings', [
      { finding_id: 'F1', ...both },
      { finding_id: 'F2', ...both },
      { finding_id: 'F3', ...waiting },
    ]);
    await app.settle();
    const course = courses.find(({ fact }) => fact === 'finding.against');
    await course?.deliver(app.t, { cityCode: CITY, findingId: 'F1', staffNo: CLERK });
    const { items } = (await clerk.page.get('/messages')).json();
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ kind: 'finding_confirmed', link: '/my-file' });
    expect(items[0].text).toContain('提出申诉');
    expect((await other.page.get('/messages')).json().items).toEqual([]);
  });
});
