import { formatMoment } from '../../kernel/day.ts';
import type { StepId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { shortCodeOf } from '../case/index.ts';
import { linkChannels, ratingUrl } from '../invitation/index.ts';
import type { ApplicationView, Verb } from './contract.ts';
import { caseFor, reachedCase } from './list-actions.ts';
import { listEvents } from './store.ts';

/** A slip that goes to the applicant: what was done, and how to rate it. */
export interface Slip {
  readonly verb: Verb;
  readonly at: string;
  readonly by: string;
  readonly remark: string | null;
  readonly view: ApplicationView;
  readonly noticeNo: string | null;
  readonly ratingUrl: string;
  readonly shortCode: string;
}

/**
 * The slip of a line of a case's course.
 * @throws Refusal `acceptance.unknown` for a line that isn't one for the applicant, too
 */
export async function slipOf(
  deps: Deps,
  actor: Actor,
  { projectNo, number }: { projectNo: string; number: number },
): Promise<Slip> {
  requirePermission(actor, 'case.accept');
  const row = await reachedCase(deps, actor, projectNo);
  const view = await caseFor(deps, actor, projectNo);
  const events = await listEvents(deps.db.app, actor.cityCode, row.project_no);
  const event = events.find((one) => one.event_no === number);
  if (event === undefined || event.step_id === null) throw new Refusal('acceptance.unknown');
  const notices = events.filter((one) => one.verb === 'notice').map((one) => one.event_no);
  return {
    verb: event.verb,
    at: formatMoment(event.happened_at),
    by: event.staff_name,
    remark: event.remark,
    view,
    noticeNo: view.notices[notices.indexOf(number)]?.noticeNo ?? null,
    ratingUrl: ratingUrl(deps, event.step_id as StepId, linkChannels.qr),
    shortCode: await shortCodeOf(deps.db.app, actor.cityCode, event.step_id),
  };
}
