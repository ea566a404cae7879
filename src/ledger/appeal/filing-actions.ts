import { openDuty } from '../../handling/duty/index.ts';
import { dayOf, formatMoment } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import type { Subject } from '../../kernel/ids.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { type Scheme, schemeOn, schemesInForce } from '../scheme/index.ts';
import { appealUntil, effectOf, type MonthEnding, numberOf, speaksForItself } from './appeal.ts';
import type { AppealedLine } from './contract.ts';
import { appealFiled, KIND } from './fact.ts';
import { note } from './note-actions.ts';
import { findStanding, insertAppeal, nextCount, shareGate } from './store.ts';

/** What somebody objects to, as the statement knows it. */
export interface Filing {
  /** made by the sender: the same filing again is the same appeal */
  readonly id: string;
  readonly month: Month;
  readonly subject: Subject;
  readonly subjectName: string;
  readonly departmentCode: string;
  readonly regionCode: string;
  readonly lineKey: string;
  readonly line: AppealedLine;
  readonly entryId: string | null;
  readonly text: string;
  /** the hall whose month's end it is */
  readonly unitCode: string;
  readonly ending: MonthEnding;
}

/** Whether the actor is who may appeal for the subject: the person, or the department's liaison. */
export function mayAppeal(actor: Actor, subject: Subject, departmentCode: string): boolean {
  if (actor.kind !== 'user' || !actor.permissions.has('appeal.file')) return false;
  if (subject.kind === 'staff') return actor.staffNo === subject.code;
  return actor.permissions.has('appeal.opinion') && actor.scope.departmentCode === departmentCode;
}

/** The numbers of the scheme that hold on the day for appeals. */
export function limitsOn(scheme: Scheme, now: Date) {
  const today = dayOf(now);
  const days = (name: 'appeal.file' | 'appeal.department_opinion' | 'appeal.review'): number =>
    valueOn(scheme.limits[name].values, today).value.amount;
  return {
    file: days('appeal.file'),
    opinion: days('appeal.department_opinion'),
    review: days('appeal.review'),
    officeEnd: valueOn(scheme.officeEnd, today).value.time,
    reviewClause: valueOn(scheme.limits['appeal.review'].values, today),
  };
}

/** The scheme in force today with the numbers for appeals. */
export async function presentLimits(reader: Reader, cityCode: string, now: Date) {
  const { scheme, hash } = schemeOn(await schemesInForce(reader, cityCode), dayOf(now));
  return { ...limitsOn(scheme, now), hash };
}

/** Last instant at which lines of the month can be appealed; null while no limit runs yet. */
export async function appealableUntil(
  reader: Reader,
  cityCode: string,
  given: { state: Parameters<typeof appealUntil>[0]; ending: MonthEnding; now: Date },
): Promise<Date | null> {
  const { file, officeEnd } = await presentLimits(reader, cityCode, given.now);
  const calendar = await readCalendar(reader);
  return appealUntil(given.state, given.ending, { days: file, officeEnd }, calendar);
}

/**
 * Files an appeal against a line. The month's gate is held meanwhile, so that it can't be sealed over an
 * appeal that nobody has seen. The same filing again answers the same appeal.
 *
 * @throws Refusal `appeal.not_subject`, `appeal.line_follows`, `appeal.too_late`, `appeal.already_filed`
 */
export async function fileAppeal(deps: Deps, actor: Actor, filing: Filing): Promise<{ id: string }> {
  requirePermission(actor, 'appeal.file');
  const { subject, line } = filing;
  if (actor.kind !== 'user' || !mayAppeal(actor, subject, filing.departmentCode)) {
    throw new Refusal('appeal.not_subject');
  }
  if (effectOf(line) === 'none') throw new Refusal('appeal.line_follows', {}, { field: 'line' });
  const { cityCode } = actor;
  const now = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const known = await findStanding(tx, cityCode, { lineKey: filing.lineKey, appealId: filing.id });
    if (known !== undefined) return repeated(known, actor.id, filing);
    const limits = await presentLimits(tx, cityCode, now);
    await refuseLate(tx, cityCode, filing, now);
    const number = numberOf(now, await nextCount(tx, cityCode, Number(dayOf(now).slice(0, 4))));
    const spoken = speaksForItself(subject);
    const added = await insertAppeal(tx, cityCode, {
      ...filing,
      appealId: filing.id,
      month: firstDay(filing.month),
      subjectKind: subject.kind,
      subjectCode: subject.code,
      number,
      by: actor.id,
      name: actor.name,
      at: now,
      spoken,
    });
    if (!added) {
      const other = await findStanding(tx, cityCode, { lineKey: filing.lineKey, appealId: filing.id });
      if (other === undefined) throw new Refusal('appeal.line_unknown');
      return repeated(other, actor.id, filing);
    }
    await openDuty(tx, {
      cityCode,
      matter: { kind: KIND, id: filing.id, number },
      step: spoken ? 'review' : 'opinion',
      owner: spoken
        ? { kind: 'office', code: cityCode }
        : { kind: 'department', code: filing.departmentCode },
      from: now,
      days: spoken ? limits.review : limits.opinion,
      officeEnd: limits.officeEnd,
    });
    const detail = { month: filing.month, subject: `${subject.kind}/${subject.code}`, part: line.part };
    await note(tx, actor, 'appeal.filed', { number, at: now, detail });
    await emit(tx, appealFiled, { cityCode, appealId: filing.id, month: filing.month });
    return { id: filing.id };
  });
}

/** The same filing again is the same appeal; any other appeal against the line is one too many. */
function repeated(
  known: { appeal_id: string; number: string; filed_by: string; line_key: string },
  by: string,
  filing: Filing,
): { id: string } {
  const same = known.appeal_id === filing.id && known.filed_by === by && known.line_key === filing.lineKey;
  if (!same) throw new Refusal('appeal.already_filed', { number: known.number }, { field: 'line' });
  return { id: known.appeal_id };
}

async function refuseLate(tx: Tx, cityCode: string, filing: Filing, now: Date): Promise<void> {
  const { subject, unitCode } = filing;
  const gate = { month: firstDay(filing.month), unitCode, ...subject };
  const state = (await shareGate(tx, cityCode, gate)) ?? 'open';
  const until = await appealableUntil(tx, cityCode, { state, ending: filing.ending, now });
  if (until !== null && now > until) {
    throw new Refusal('appeal.too_late', { until: formatMoment(until) }, { field: 'line' });
  }
}
