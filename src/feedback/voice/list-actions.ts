import { day, dayOf, endOfDay, isoMoment, startOfDay } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, ownStaff } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor } from '../../platform/cursor.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { postedOn } from '../../registry/staff/index.ts';
import type { VoiceFilter } from './contract.ts';
import { voiceHandedOver } from './fact.ts';
import { listVoices, type VoiceListFilter, type VoiceListRow } from './list-store.ts';
import { setDiscipline, type VoiceRow } from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A voice with the names of whom it is about and whose it is. */
export type ListedVoice = VoiceListRow;

/** Voices within the actor's scope, the latest first, one more than asked for. */
export async function voicesFor(
  reader: Reader,
  actor: Actor,
  query: Omit<VoiceFilter, 'format' | 'lang'>,
): Promise<ListedVoice[]> {
  const { from, to, cursor, limit, ...rest } = query;
  const filter: VoiceListFilter = {
    ...rest,
    ...actor.scope,
    cityCode: actor.cityCode,
    from: from === undefined ? undefined : startOfDay(day(from)),
    to: to === undefined ? undefined : endOfDay(day(to)),
    after: decodeMomentCursor(cursor, UUID),
    limit: limit + 1,
  };
  return await listVoices(reader, filter);
}

/**
 * One voice within the actor's scope that isn't about the actor.
 * @throws Refusal `voice.unknown`, `voice.own_matter`
 */
export async function voiceFor(reader: Reader, actor: Actor, id: string): Promise<ListedVoice> {
  const [voice] = await listVoices(reader, { ...actor.scope, cityCode: actor.cityCode, id, limit: 1 });
  if (voice === undefined) throw new Refusal('voice.unknown');
  if (await isAbout(reader, actor, voice)) throw new Refusal('voice.own_matter');
  return voice;
}

/** Whether it is about the actor: the person, or whoever served at the window that day. */
export async function isAbout(reader: Reader, actor: Actor, voice: VoiceRow): Promise<boolean> {
  const staff = ownStaff(actor);
  const { subject_kind: kind, subject_code: code, received_at: at } = voice;
  if (kind === 'staff') return code !== null && staff.includes(code);
  if (kind !== 'window' || code === null) return false;
  for (const staffNo of staff) {
    const posted = { staffNo, windowCode: code, days: [dayOf(at)] };
    if (await postedOn(reader, actor.cityCode, posted)) return true;
  }
  return false;
}

/** Whether the actor may read what was said: a report of discipline is for its officer alone. */
export function mayRead(actor: Actor, voice: Pick<VoiceRow, 'discipline_at'>): boolean {
  if (voice.discipline_at === null) return true;
  return actor.kind === 'user' && actor.permissions.has('discipline.read');
}

interface Passed {
  readonly reason: string;
  readonly at: Date;
}

/**
 * Hands a voice to the discipline inspection; nobody but its officer gives it back.
 * @throws Refusal `voice.discipline` where it is there already
 */
export async function handToDiscipline(
  tx: Tx,
  actor: Actor,
  voice: VoiceRow,
  { reason, at }: Passed,
): Promise<void> {
  const { city_code: cityCode, voice_id: voiceId, number } = voice;
  if (!(await setDiscipline(tx, cityCode, voiceId, at))) throw new Refusal('voice.discipline');
  await emit(tx, voiceHandedOver, { cityCode, voiceId, number, at: isoMoment(at) });
  await note(tx, actor, voice, { action: 'voice.handed_to_discipline', reason, at });
}

/**
 * Gives a voice back to the register, as no matter of discipline.
 * @throws Refusal `voice.not_discipline` where it isn't there
 */
export async function takeFromDiscipline(
  tx: Tx,
  actor: Actor,
  voice: VoiceRow,
  { reason, at }: Passed,
): Promise<void> {
  const { city_code: cityCode, voice_id: voiceId } = voice;
  if (!(await setDiscipline(tx, cityCode, voiceId, null))) throw new Refusal('voice.not_discipline');
  await note(tx, actor, voice, { action: 'voice.given_back', reason, at });
}

async function note(
  tx: Tx,
  actor: Actor,
  voice: VoiceRow,
  { action, reason, at }: Passed & { action: string },
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'voice',
    subjectId: voice.number,
    reason,
    detail: {},
    cityCode: actor.cityCode,
    at,
  });
}
