import { isoMoment } from '../../kernel/day.ts';
import type { StepId } from '../../kernel/ids.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { portalLink } from '../invitation/index.ts';
import type { RatingLink, RatingLinkWish } from './contract.ts';
import { recordBy } from './record-actions.ts';

/**
 * A way into the rating page of a record within the key's reach.
 * @throws Refusal `service_record.unknown`, `link.not_ratable`, `link.return_not_allowed`
 */
export async function ratingLinkFor(deps: Deps, actor: Actor, wish: RatingLinkWish): Promise<RatingLink> {
  const { projectNo, serviceNumber, pf, returnUrl } = wish;
  const record = await recordBy(deps, actor, { projectNo, serviceNumber });
  const link = await portalLink(deps, {
    cityCode: actor.cityCode,
    stepId: record.step_id as StepId,
    channel: pf,
    ratableUntil: record.ratable_until,
    returnUrl: returnUrl || undefined,
    keyName: actor.name,
  });
  return { url: link.url, expiresAt: isoMoment(link.expiresAt), embedUrl: link.embedUrl };
}
