import { receiveVoice, type Voice, type VoiceForm } from '../../feedback/voice/index.ts';
import { isoMoment } from '../../kernel/day.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type LimitsOf, type OpenedOrder, openOrder } from '../work-order/index.ts';
import type { VoiceAnswer } from './contract.ts';

/**
 * Registers a voice and opens the order that answers it, both or neither. The same id of the same sender
 * again answers what stands.
 *
 * @throws Refusal as `receiveVoice`
 */
export async function handInVoice(
  deps: Deps,
  actor: Actor,
  form: VoiceForm,
  limitsOf: LimitsOf,
): Promise<{ answer: VoiceAnswer; isNew: boolean }> {
  requirePermission(actor, 'voice.write');
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const { voice, isNew } = await receiveVoice(tx, deps, actor, form);
    const asked = orderFor(voice);
    if (asked === undefined)
      return { answer: { number: voice.number, dueAt: null, state: 'received' }, isNew };
    const limits = await limitsOf(tx, actor.cityCode, at);
    const { order } = await openOrder(tx, actor, asked, { limits, at });
    return { answer: { number: order.number, dueAt: isoMoment(order.due_at), state: order.state }, isNew };
  });
}

/** The order that a voice asks for; praise asks for none. */
function orderFor(voice: Voice): OpenedOrder | undefined {
  const { kind } = voice;
  if (kind === 'praise') return undefined;
  return {
    kind,
    sourceId: voice.voice_id,
    voiceId: voice.voice_id,
    number: voice.number,
    projectNo: voice.project_no,
    concernedStaff: voice.subject_kind === 'staff' ? voice.subject_code : null,
    windowCode: voice.subject_kind === 'window' ? voice.subject_code : null,
    regionCode: voice.region_code,
    ownerDepartment: voice.department_code,
    from: voice.received_at,
  };
}
