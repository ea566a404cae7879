/** Who is told that something waits for a decision, and what was decided. */

import { dutiesOf } from '../handling/duty/index.ts';
import { isoMoment } from '../kernel/day.ts';
import { appealToTell } from '../ledger/appeal/index.ts';
import { type Permission, systemActor } from '../oversight/access/index.ts';
import {
  type Audience,
  type MessageKind,
  type Notice,
  notify,
  type Params,
} from '../oversight/message/index.ts';
import type { Deps } from '../platform/deps.ts';
import { readCalendar } from '../registry/calendar/index.ts';

interface Waiting {
  readonly kind: MessageKind;
  readonly factKey: string;
  readonly link: string;
  readonly audience: Audience;
  readonly params?: Params;
}

async function tell(deps: Deps, cityCode: string, ...waiting: readonly Waiting[]): Promise<void> {
  const notices = waiting.map((one): Notice => ({ params: {}, place: null, ...one, cityCode }));
  await notify(deps, readCalendar, notices);
}

/** The city's people who could decide, but not whoever proposed, and nobody it concerns. */
function deciders(permission: Permission, by: string, concerned: readonly string[] = []): Audience {
  return { permission, over: { regionCode: null }, except: { accounts: [by], staff: concerned } };
}

/** A proposal to take out a rating; which one it is stands on its page only. */
export async function tellExclusionProposed(
  deps: Deps,
  told: { cityCode: string; exclusionId: string; by: string; concerned: string[] },
): Promise<void> {
  const { cityCode, exclusionId, by, concerned } = told;
  await tell(deps, cityCode, {
    kind: 'exclusion_proposed',
    factKey: exclusionId,
    link: `/exclusions/${exclusionId}`,
    audience: deciders('exclusion.decide', by, concerned),
  });
}

/** Something new was found: one message a look, however much it is. */
export async function tellFindingsFound(
  deps: Deps,
  { cityCode, at }: { cityCode: string; at: string },
): Promise<void> {
  await tell(deps, cityCode, {
    kind: 'integrity_found',
    factKey: at,
    link: '/integrity',
    audience: { permission: 'integrity.propose', over: { regionCode: null } },
  });
}

export async function tellReviewProposed(
  deps: Deps,
  told: { cityCode: string; findingId: string; reviewId: string; by: string; concerned: string[] },
): Promise<void> {
  const { cityCode, findingId, reviewId, by, concerned } = told;
  await tell(deps, cityCode, {
    kind: 'integrity_proposed',
    factKey: reviewId,
    link: `/integrity/${findingId}`,
    audience: deciders('integrity.decide', by, concerned),
  });
}

/** A finding is confirmed: whom it is about hears of it, and where to object. */
export async function tellFindingAgainst(
  deps: Deps,
  { cityCode, findingId, staffNo }: { cityCode: string; findingId: string; staffNo: string },
): Promise<void> {
  await tell(deps, cityCode, {
    kind: 'finding_confirmed',
    factKey: findingId,
    link: '/my-file',
    audience: { permission: 'score.own', staff: [staffNo] },
  });
}

/** A merit on file: nobody hears of the own one here. */
export async function tellMeritsProposed(
  deps: Deps,
  { cityCode, reference, staffNo }: { cityCode: string; reference: string; staffNo: string },
): Promise<void> {
  await tell(deps, cityCode, {
    kind: 'merit_proposed',
    factKey: reference,
    link: '/merits',
    audience: { permission: 'merit.confirm', over: { regionCode: null }, except: { staff: [staffNo] } },
  });
}

export async function tellDraftProposed(
  deps: Deps,
  told: { cityCode: string; draftId: string; revision: number; by: string },
): Promise<void> {
  const { cityCode, draftId, revision, by } = told;
  await tell(deps, cityCode, {
    kind: 'scheme_proposed',
    factKey: `${draftId}/${revision}`,
    link: `/scheme-drafts/${draftId}`,
    audience: deciders('scheme.approve', by),
  });
}

/** A report of discipline: its officer hears the number, and nothing else of it. */
export async function tellHandedOver(
  deps: Deps,
  { cityCode, voiceId, number, at }: { cityCode: string; voiceId: string; number: string; at: string },
): Promise<void> {
  await tell(deps, cityCode, {
    kind: 'voice_discipline',
    // Given back and handed over once more, it is told once more.
    factKey: `${voiceId}/${at}`,
    params: { number },
    link: `/voices/${voiceId}`,
    audience: { permission: 'discipline.read' },
  });
}

export async function tellFaultProposed(
  deps: Deps,
  told: {
    cityCode: string;
    voiceId: string;
    number: string;
    decisionId: string;
    by: string;
    concerned: string[];
  },
): Promise<void> {
  const { cityCode, voiceId, number, decisionId, by, concerned } = told;
  await tell(deps, cityCode, {
    kind: 'voice_fault',
    factKey: decisionId,
    params: { number },
    link: `/voices/${voiceId}`,
    audience: deciders('voice.decide', by, concerned),
  });
}

interface AppealTold {
  readonly cityCode: string;
  readonly appealId: string;
  readonly month: string;
}

type AppealNow = NonNullable<Awaited<ReturnType<typeof appealToTell>>>;

/** Tells of an appeal whatever its state makes of it, with the limit of the step that is owed. */
async function tellAppeal(
  deps: Deps,
  { cityCode, appealId }: AppealTold,
  of: (appeal: AppealNow) => { kind: MessageKind; audience: Audience; key?: string },
): Promise<void> {
  const appeal = await appealToTell(deps, systemActor(cityCode, 'message'), appealId);
  if (appeal === undefined) return;
  const { kind, audience, key = '' } = of(appeal);
  const duties = (await dutiesOf(deps.db.app, cityCode, { kind: 'appeal', ids: [appealId] })).get(appealId);
  const owed = duties?.find(({ doneAt }) => doneAt === null);
  await tell(deps, cityCode, {
    kind,
    factKey: `${appealId}${key}`,
    params: { number: appeal.number, ...(owed ? { due: isoMoment(owed.dueAt) } : {}) },
    link: `/appeals/${appealId}`,
    audience,
  });
}

/** The department owes its opinion, or, where it has spoken by filing, the office a group. */
export async function tellAppealFiled(deps: Deps, told: AppealTold): Promise<void> {
  await tellAppeal(deps, told, ({ state, departmentCode, subjectStaff, filedBy }) => {
    const except = { accounts: [filedBy], staff: subjectStaff === null ? [] : [subjectStaff] };
    if (state !== 'opinion') {
      return { kind: 'appeal_group', audience: { ...deciders('appeal.appoint', filedBy), except } };
    }
    const audience = { permission: 'appeal.opinion', department: departmentCode, except } as const;
    return { kind: 'appeal_opinion', audience };
  });
}

/** The opinion is there: the office names a group. The group is named: its members vote. */
export async function tellAppealMoved(deps: Deps, told: AppealTold & { what: string }): Promise<void> {
  await tellAppeal(deps, told, ({ members, filedBy }) =>
    told.what === 'group_appointed'
      ? { kind: 'appeal_named', audience: { accounts: members } }
      : { kind: 'appeal_group', audience: deciders('appeal.appoint', filedBy) },
  );
}

/** Whoever filed it, and whom it is about, hear how it was decided. */
export async function tellAppealUpheld(deps: Deps, told: AppealTold): Promise<void> {
  await tellAppeal(deps, told, ({ filedBy }) => ({
    kind: 'appeal_upheld',
    audience: { accounts: [filedBy] },
  }));
}

export async function tellAppealRejected(deps: Deps, told: AppealTold): Promise<void> {
  await tellAppeal(deps, told, ({ filedBy }) => ({
    kind: 'appeal_rejected',
    audience: { accounts: [filedBy] },
  }));
}

/** The results of every hall are on notice: whoever has a statement may object. */
export async function tellMonthPublished(
  deps: Deps,
  told: { cityCode: string; month: string; whole: boolean; until: string },
): Promise<void> {
  const { cityCode, month, whole, until } = told;
  if (whole) await tellMonth(deps, cityCode, { kind: 'month_published', params: { month, until } });
}

/** Nothing of the month is left open. */
export async function tellMonthSealed(
  deps: Deps,
  { cityCode, month, whole }: { cityCode: string; month: string; whole: boolean },
): Promise<void> {
  if (whole) await tellMonth(deps, cityCode, { kind: 'month_sealed', params: { month } });
}

async function tellMonth(
  deps: Deps,
  cityCode: string,
  { kind, params }: { kind: MessageKind; params: Params & { month: string } },
): Promise<void> {
  const about = { kind, params, factKey: params.month, place: { regionCode: null, departmentCode: null } };
  const notices = [
    { ...about, cityCode, link: '/my-file', audience: { permission: 'score.own' } },
    { ...about, cityCode, link: '/scores', audience: { permission: 'score.read' } },
  ] as const satisfies readonly Notice[];
  await notify(deps, readCalendar, notices);
}
