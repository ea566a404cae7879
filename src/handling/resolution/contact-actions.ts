import { type ContactDesk, contactOfRating, nationalRules } from '../../feedback/rating/index.ts';
import type { VoiceForm } from '../../feedback/voice/index.ts';
import { present } from '../../kernel/assert.ts';
import { isPhone } from '../../kernel/codes.ts';
import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { publicActor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { LimitsOf } from '../work-order/index.ts';
import { registerVoice } from './actions.ts';
import { findRatedStep, type RatedStep } from './contact-store.ts';
import { phoneOf, plain } from './say-actions.ts';
import { MOST } from './say-contract.ts';

/**
 * Takes in that whoever has rated wants to be contacted, whatever the level: name and phone are sealed
 * beside the rating and with the speakers, never in it; the clerk who was rated neither reads nor handles it.
 */
export function contactDesk(deps: Deps, limitsOf: LimitsOf): ContactDesk {
  return {
    check({ name, phone }) {
      const given = { name: plain(name), phone: phoneOf(phone) };
      if (given.name === '' && given.phone === '') return undefined;
      if (!isPhone(given.phone)) throw new Refusal('contact.phone', {}, { field: 'phone' });
      if (given.name.length > MOST.name) {
        throw new Refusal('say.name_long', { limit: MOST.name }, { field: 'name' });
      }
      return given;
    },
    ask: (rated) => registerContact(deps, rated, limitsOf),
  };
}

/**
 * Registers what was left with a rating, once; answers its number, or undefined where nothing was left.
 * Called by the page that has just taken the rating, and by the fact that was told with it.
 */
export async function registerContact(
  deps: Deps,
  rated: { cityCode: string; stepId: string; assessNumber: number },
  limitsOf: LimitsOf,
): Promise<string | undefined> {
  const { cityCode, stepId } = rated;
  const left = await contactOfRating(deps, rated);
  if (left === undefined) return undefined;
  const { receipt, level, contact } = left;
  const step = present(await findRatedStep(deps.db.app, cityCode, stepId), 'what was rated is recorded');
  const form: VoiceForm = {
    // The same rating again is the same request.
    id: `rating-${receipt}`,
    channel: 'web',
    kind: 'contact_request',
    ...subjectOf(step),
    projectNo: step.project_no,
    text: `评价后请求联系：${step.task_name}（${nationalRules().levels.get(level)?.['zh-CN']}）`,
    ...(contact.name === '' ? {} : { name: contact.name }),
    phone: contact.phone,
    receivedAt: isoMoment(deps.clock.now()),
  };
  return (await registerVoice(deps, publicActor(cityCode), form, limitsOf)).answer.number;
}

/** Whoever served is named as concerned, so that somebody else answers. */
function subjectOf(step: RatedStep): Pick<VoiceForm, 'subjectKind' | 'subjectCode'> {
  if (step.staff_no !== null) return { subjectKind: 'staff', subjectCode: step.staff_no };
  if (step.window_code !== null) return { subjectKind: 'window', subjectCode: step.window_code };
  return { subjectKind: 'department', subjectCode: step.dept_code };
}
