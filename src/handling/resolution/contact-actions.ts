import { type ContactDesk, nationalRules } from '../../feedback/rating/index.ts';
import { isPhone, type VoiceForm } from '../../feedback/voice/index.ts';
import { present } from '../../kernel/assert.ts';
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
 * Takes in that whoever has rated wants to be contacted, whatever the level: name and phone are sealed with
 * the speakers, never with the rating, and the clerk who was rated neither reads nor handles it.
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
    async ask({ cityCode, stepId, receipt, level, contact }) {
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
    },
  };
}

/** Whoever served is named as concerned, so that somebody else answers. */
function subjectOf(step: RatedStep): Pick<VoiceForm, 'subjectKind' | 'subjectCode'> {
  if (step.staff_no !== null) return { subjectKind: 'staff', subjectCode: step.staff_no };
  if (step.window_code !== null) return { subjectKind: 'window', subjectCode: step.window_code };
  return { subjectKind: 'department', subjectCode: step.dept_code };
}
