import { ownRatings } from '../../feedback/rating/index.ts';
import { type Duty, dutiesOf, dutyCard } from '../../handling/duty/index.ts';
import { day, isoMoment } from '../../kernel/day.ts';
import type { Subject } from '../../kernel/ids.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { formatPoints, parsePoints } from '../../kernel/points.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { fileLimits, filesOf } from '../../platform/stored-file.ts';
import { entriesWithReceipts } from '../entry/index.ts';
import { effectOf, isOpen, mostGiven, tally } from './appeal.ts';
import type { Appeal, AppealQuery, AppealRow } from './contract.ts';
import { KIND } from './fact.ts';
import { fileViewOf } from './file-actions.ts';
import { isSubject, sightOf } from './sight-actions.ts';
import { findMembers, type MemberRow } from './step-store.ts';
import {
  type AppealDbRow,
  findAppeal,
  findOfLines,
  findOpen,
  type LineAppeal,
  listAppeals,
  updateCarried,
} from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whom an appeal concerns by now, for telling them; never what it says. */
export async function appealToTell(deps: Deps, actor: Actor, appealId: string) {
  return await inTx(deps.db, async (tx) => {
    const row = await findAppeal(tx, sightOf(actor), appealId);
    if (row === undefined) return undefined;
    const members = await findMembers(tx, actor.cityCode, appealId);
    return {
      number: row.number,
      state: row.state,
      departmentCode: row.department_code,
      filedBy: row.filed_by,
      subjectStaff: row.subject_kind === 'staff' ? row.subject_code : null,
      members: members.map(({ user_id: id }) => id),
    };
  });
}

/** A page of the appeals that concern the reader, the newest first. */
export async function appealPage(deps: Deps, actor: Actor, query: AppealQuery) {
  const { state, month, part, card, q, mine, cursor, limit } = query;
  const now = deps.clock.now();
  const sight = sightOf(actor);
  const rows = await listAppeals(deps.db.read, sight, {
    state,
    month: month === undefined ? undefined : `${month}-01`,
    part,
    card,
    q,
    mine: mine === '1',
    now,
    after: decodeMomentCursor(cursor, UUID),
    limit: limit + 1,
  });
  const ids = rows.map(({ appeal_id: id }) => id);
  const duties = await dutiesOf(deps.db.read, sight.cityCode, { kind: KIND, ids });
  return pageOf(
    rows,
    limit,
    (row) => rowOf(row, duties.get(row.appeal_id) ?? [], now),
    (row) => [row.filed_at.toISOString(), row.appeal_id],
  );
}

function rowOf(row: AppealDbRow, duties: readonly Duty[], now: Date): AppealRow {
  const due = duties.find(({ doneAt }) => doneAt === null);
  return {
    id: row.appeal_id,
    number: row.number,
    month: monthOf(day(row.month)),
    subjectKind: row.subject_kind,
    subjectCode: row.subject_code,
    subjectName: row.subject_name,
    departmentCode: row.department_code,
    line: row.line,
    state: row.state,
    filedAt: isoMoment(row.filed_at),
    due: due === undefined ? null : dutyViewOf(due, now),
    carried: row.carried_at !== null,
  };
}

function dutyViewOf(duty: Duty, now: Date): Appeal['duties'][number] {
  return {
    step: duty.step === 'opinion' ? 'opinion' : 'review',
    days: duty.days,
    openedAt: isoMoment(duty.openedAt),
    dueAt: isoMoment(duty.dueAt),
    doneAt: duty.doneAt && isoMoment(duty.doneAt),
    card: dutyCard(duty, now),
  };
}

/** One appeal as the reader may see it. @throws Refusal `appeal.unknown` */
export async function readAppeal(deps: Deps, actor: Actor, appealId: string): Promise<Appeal> {
  const sight = sightOf(actor);
  const { cityCode } = sight;
  const reader = deps.db.app;
  const row = await findAppeal(reader, sight, appealId);
  if (row === undefined) throw new Refusal('appeal.unknown');
  const now = deps.clock.now();
  const duties = (await dutiesOf(reader, cityCode, { kind: KIND, ids: [appealId] })).get(appealId) ?? [];
  const members = await findMembers(reader, cityCode, appealId);
  const limits = fileLimits(now);
  const me = actor.kind === 'user' ? members.find(({ user_id: id }) => id === actor.id) : undefined;
  const inside = me !== undefined || actor.permissions.has('appeal.appoint');
  const { upheld, rejected, missing } = tally(members.map(({ vote }) => vote));
  const fact = await factOf(reader, actor, row);
  return {
    ...rowOf(row, duties, now),
    filedBy: row.filed_name,
    text: row.text,
    files: (await filesOf(reader, { cityCode, kind: KIND, id: appealId })).map(fileViewOf),
    fileLimits: { megabytes: limits.bytes / 1024 / 1024, count: limits.count },
    opinion: opinionOf(row),
    group: members.map((member) => memberOf(member, { inside, me: member === me })),
    votes: inside && members.length > 0 ? { upheld, rejected, missing } : null,
    outcome: outcomeOf(row, fact),
    carriedOver: carriedOf(row),
    fact,
    effect: effectOf(row.line),
    mostPoints: formatPoints(
      mostGiven(parsePoints(row.line.points) ?? 0, parsePoints(row.line.highest) ?? 0),
    ),
    course: courseOf(row, members, inside),
    duties: duties.map((duty) => dutyViewOf(duty, now)),
    may: mayOf(actor, row, { me, missing }),
  };
}

function opinionOf(row: AppealDbRow): Appeal['opinion'] {
  // A department that appeals for itself has said what it thinks by doing so.
  if (row.stance === null || row.opinion_at === null || row.subject_kind !== 'staff') return null;
  return { stance: row.stance, text: row.opinion, by: row.opinion_name, at: isoMoment(row.opinion_at) };
}

function memberOf(
  member: MemberRow,
  { inside, me }: { inside: boolean; me: boolean },
): Appeal['group'][number] {
  return {
    name: member.name,
    chair: member.chair,
    voted: inside && member.vote !== null,
    vote: inside ? member.vote : null,
    reason: inside ? member.vote_reason : null,
    me,
  };
}

function outcomeOf(row: AppealDbRow, fact: Appeal['fact']): Appeal['outcome'] {
  if (row.decided_at === null || row.decided_name === null) return null;
  // An entry is named after its fact: where the fact isn't told, neither is the entry that took it back.
  const hidden = fact !== null && fact.id === null;
  return {
    reason: row.reason,
    by: row.decided_name,
    at: isoMoment(row.decided_at),
    points: row.given_centi === null ? null : formatPoints(row.given_centi),
    entryId: hidden ? null : row.given_entry,
    month: row.given_month === null ? null : monthOf(day(row.given_month)),
  };
}

function carriedOf(row: AppealDbRow): Appeal['carriedOver'] {
  const { carried_at: at, carried_by: by, carried_reason: reason } = row;
  return at === null || by === null || reason === null ? null : { at: isoMoment(at), by, reason };
}

/** The fact behind the line. The rated clerk isn't told which case it was: that would tell who rated. */
async function factOf(reader: Reader, actor: Actor, row: AppealDbRow): Promise<Appeal['fact']> {
  if (row.entry_id === null) return null;
  const month = monthOf(day(row.month));
  const subject: Subject = { kind: row.subject_kind, code: row.subject_code };
  const wanted = { ids: [row.entry_id], month, subject };
  const all = await entriesWithReceipts(reader, row.city_code, wanted);
  const found = all.find(({ entry }) => entry.entry_id === row.entry_id);
  if (found === undefined) return null;
  const { entry, receipt } = found;
  const rating = entry.fact_kind === 'rating';
  const rated = rating && (await ownRatings(reader, actor, [entry.fact_id])).has(entry.fact_id);
  const hidden = rated || (rating && isSubject(actor, row));
  return {
    kind: entry.fact_kind,
    id: hidden ? null : entry.fact_id,
    projectNo: hidden ? null : entry.project_no,
    evidence: receipt?.evidence ?? null,
    recordedBy: hidden ? null : entry.recorded_by,
    confirmedBy: hidden ? null : entry.confirmed_by,
  };
}

/** Who did what, in order. Who voted when is the group's own. */
function courseOf(row: AppealDbRow, members: readonly MemberRow[], inside: boolean): Appeal['course'] {
  const steps: { what: Appeal['course'][number]['what']; at: Date | null; by: string | null }[] = [
    { what: 'filed', at: row.filed_at, by: row.filed_name },
    ...(row.subject_kind === 'staff'
      ? [{ what: 'opinion' as const, at: row.opinion_at, by: row.opinion_name }]
      : []),
    { what: 'appointed', at: row.appointed_at, by: row.appointed_by },
    ...(inside ? members.map(({ voted_at: at, name: by }) => ({ what: 'voted' as const, at, by })) : []),
    { what: 'carried', at: row.carried_at, by: row.carried_by },
    ...(isOpen(row.state) ? [] : [{ what: row.state as 'upheld', at: row.decided_at, by: row.decided_name }]),
  ];
  return steps
    .flatMap(({ what, at, by }) => (at === null ? [] : [{ what, at, by }]))
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ what, at, by }) => ({ what, at: isoMoment(at), by }));
}

function mayOf(
  actor: Actor,
  row: AppealDbRow,
  { me, missing }: { me: MemberRow | undefined; missing: number },
): Appeal['may'] {
  const own = isSubject(actor, row);
  const filer = actor.kind === 'user' && actor.id === row.filed_by;
  const open = isOpen(row.state);
  const can = (permission: Parameters<typeof actor.permissions.has>[0]): boolean =>
    actor.permissions.has(permission);
  const liaison = can('appeal.opinion') && actor.scope.departmentCode === row.department_code;
  const votes = me !== undefined && row.state === 'review' && can('appeal.review');
  return {
    opinion: liaison && !own && row.state === 'opinion',
    appoint: can('appeal.appoint') && !own && open,
    vote: votes,
    decide: votes && me.chair && missing === 0,
    withdraw: filer && open,
    attach: open && (filer || own || liaison || me !== undefined || can('appeal.appoint')),
  };
}

/** The standing appeals against lines, by the lines' keys. */
export async function appealsOfLines(
  reader: Reader,
  cityCode: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, LineAppeal>> {
  const rows = keys.length === 0 ? [] : await findOfLines(reader, cityCode, keys);
  return new Map(rows.map((row) => [row.line_key, row]));
}

/** Staff numbers whose appeal against a line of the month isn't decided: their pay waits. */
export async function staffAppealing(
  reader: Reader,
  cityCode: string,
  month: Month,
): Promise<ReadonlySet<string>> {
  const rows = await findOpen(reader, cityCode, firstDay(month));
  return new Set(
    rows.flatMap(({ subject_kind, subject_code }) => (subject_kind === 'staff' ? [subject_code] : [])),
  );
}

/** Numbers of the month's appeals that aren't decided, and of those that its sealing has not carried over. */
export async function openAppeals(
  reader: Reader,
  cityCode: string,
  month: Month,
): Promise<{ number: string; carried: boolean; subject: Subject }[]> {
  const rows = await findOpen(reader, cityCode, firstDay(month));
  return rows.map(({ number, carried_at, subject_kind: kind, subject_code: code }) => {
    return { number, carried: carried_at !== null, subject: { kind, code } };
  });
}

/** The month is sealed without waiting for these appeals: what they win counts in a later month. */
export async function carryOver(
  tx: Tx,
  cityCode: string,
  given: { month: Month; numbers: readonly string[]; at: Date; by: string; reason: string },
): Promise<void> {
  await updateCarried(tx, cityCode, { ...given, month: firstDay(given.month) });
}
