import {
  handToDiscipline,
  speakerOf,
  takeFromDiscipline,
  type Voice,
  voiceFor,
  voicesById,
} from '../../feedback/voice/index.ts';
import { present } from '../../kernel/assert.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type LimitsOf, openOrder, reviveOrderOf, withdrawOrderOf } from '../work-order/index.ts';
import { orderFor } from './actions.ts';

interface Asked {
  readonly id: string;
  readonly reason: string;
}

/**
 * Hands a report of discipline or corruption to the discipline inspection: its order ends, and from then on
 * only the officer reads it.
 * @throws Refusal `voice.*`
 */
export async function handOver(deps: Deps, actor: Actor, { id, reason }: Asked): Promise<void> {
  requirePermission(actor, 'voice.write');
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const voice = await voiceFor(tx, actor, id);
    await handToDiscipline(tx, actor, voice, { reason, at });
    if (voice.kind === 'praise') return;
    await withdrawOrderOf(tx, actor, { kind: voice.kind, sourceId: id, what: 'to_discipline', at });
  });
}

/**
 * The officer gives a report back that is no matter of discipline: whoever reads the register reads it again,
 * and it is answered like any other, with limits that begin anew. Why it was given back stands in the audit.
 * @throws Refusal `voice.*`
 */
export async function giveBack(
  deps: Deps,
  actor: Actor,
  { id, reason }: Asked,
  limitsOf: LimitsOf,
): Promise<void> {
  requirePermission(actor, 'discipline.read');
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const held = await voiceFor(tx, actor, id);
    await takeFromDiscipline(tx, actor, held, { reason, at });
    const voices = await voicesById(tx, actor.cityCode, [id]);
    await answerAgain(tx, actor, present(voices.get(id), 'it was just read'), { at, limitsOf });
  });
}

async function answerAgain(
  tx: Tx,
  actor: Actor,
  voice: Voice,
  { at, limitsOf }: { at: Date; limitsOf: LimitsOf },
): Promise<void> {
  const asked = orderFor(voice);
  if (asked === undefined) return;
  const limits = await limitsOf(tx, actor.cityCode, at);
  const { isNew } = await openOrder(tx, actor, { ...asked, from: at }, { limits, at });
  if (isNew) return;
  await reviveOrderOf(tx, actor, { kind: asked.kind, sourceId: asked.sourceId, at, limits });
}

/** Opens who reported, for the discipline officer alone; every look is noted with its reason. */
export async function openReporter(
  deps: Deps,
  actor: Actor,
  { id, reason }: Asked,
): Promise<{ name: string | null; phone: string | null }> {
  requirePermission(actor, 'discipline.read');
  const { cityCode } = actor;
  return await inTx(deps.db, async (tx) => {
    const voice = await voiceFor(tx, actor, id);
    if (voice.discipline_at === null) throw new Refusal('voice.unknown');
    await audit(tx, {
      actor,
      action: 'voice.speaker_viewed',
      subjectKind: 'voice',
      subjectId: voice.number,
      reason,
      detail: {},
      cityCode,
      at: deps.clock.now(),
    });
    return await speakerOf(tx, deps, cityCode, id);
  });
}
