import { randomUUID } from 'node:crypto';
import { textKeptFrom } from '../../intake/case/index.ts';
import { present } from '../../kernel/assert.ts';
import { type Day, dayOf, isoMoment, parseMoment, startOfDay } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit, auditErasure } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { eraseFiles } from '../../platform/stored-file.ts';
import { inReach, type Place } from '../../registry/region/index.ts';
import { placesOfSubjects } from '../../registry/staff/index.ts';
import { deskRules } from '../stuck-matter/index.ts';
import type { VoiceForm } from './contract.ts';
import { voiceHandedOver, voiceReceived } from './fact.ts';
import {
  eraseVoices,
  findHandedIn,
  findPlaceOfCase,
  findSpeaker,
  findVoices,
  insertVoice,
  lockHandIn,
  nextVoiceCount,
  type VoiceRow,
} from './store.ts';
import { plainPhone, VOICE_FILES, voiceNumber } from './voice.ts';

/** A voice as it stands, without who spoke. */
export type Voice = VoiceRow;

const NAME = 'feedback.speaker.name';
const PHONE = 'feedback.speaker.phone';

/**
 * Registers what somebody has to say. The sender's own id makes a repeat harmless: it answers what stands,
 * whatever the repeat says.
 *
 * @throws Refusal `voice.unknown_subject`, `voice.unknown_case`, `voice.in_future`,
 * `voice.unknown_category`, `voice.beyond_scope`
 */
export async function receiveVoice(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'keys'>,
  actor: Actor,
  form: VoiceForm,
): Promise<{ voice: Voice; isNew: boolean }> {
  const { cityCode } = actor;
  const sender = actor.kind === 'user' || actor.kind === 'key' ? `${actor.kind}:${actor.id}` : actor.kind;
  await lockHandIn(tx, `voice/${cityCode}/${sender}/${form.id}`);
  const known = await findHandedIn(tx, cityCode, { sender, clientId: form.id });
  if (known !== undefined) return { voice: known, isNew: false };
  const now = deps.clock.now();
  const receivedAt = present(parseMoment(form.receivedAt), 'the form has checked the moment');
  if (receivedAt > now) throw new Refusal('voice.in_future', {}, { field: 'receivedAt' });
  const on = dayOf(now);
  requireListed(form, on);
  const place = await placeOf(tx, actor, form);
  const voice: VoiceRow = {
    city_code: cityCode,
    voice_id: randomUUID(),
    number: voiceNumber(form.kind, on, await nextVoiceCount(tx, cityCode, Number(on.slice(0, 4)))),
    client_id: form.id,
    kind: form.kind,
    channel: form.channel,
    subject_kind: form.subjectKind ?? null,
    subject_code: form.subjectCode ?? null,
    project_no: form.projectNo ?? null,
    region_code: place.regionCode,
    department_code: place.departmentCode ?? null,
    category: form.category ?? null,
    exclusion: form.exclusion ?? null,
    body: form.text,
    named: form.name !== undefined || form.phone !== undefined,
    received_at: receivedAt,
    recorded_at: now,
    discipline_at: form.discipline ? now : null,
  };
  const { keys } = deps;
  const phone = form.phone;
  await insertVoice(tx, cityCode, {
    ...voice,
    sender,
    recorded_by: actor.name,
    name_enc: form.name === undefined ? null : keys.seal(NAME, form.name),
    phone_enc: phone === undefined ? null : keys.seal(PHONE, phone),
    phone_hash: phone === undefined ? null : keys.hash('phone', plainPhone(phone)),
  });
  await audit(tx, {
    actor,
    action: 'voice.received',
    subjectKind: 'voice',
    subjectId: voice.number,
    detail: { kind: voice.kind, channel: voice.channel, named: voice.named },
    cityCode,
    at: now,
  });
  const { voice_id: voiceId, kind, number } = voice;
  await emit(tx, voiceReceived, { cityCode, voiceId, kind });
  if (form.discipline) await emit(tx, voiceHandedOver, { cityCode, voiceId, number, at: isoMoment(now) });
  return { voice, isNew: true };
}

/** What is said of a stuck matter stands in the lists of the desk. */
function requireListed({ kind, category, exclusion }: VoiceForm, on: Day): void {
  const { categories, exclusions } = deskRules(on);
  for (const [field, given, known] of [
    ['category', category, categories],
    ['exclusion', exclusion, exclusions],
  ] as const) {
    if (given === undefined) continue;
    const fits = kind === 'stuck_matter' && known.some(({ code }) => code === given);
    if (!fits) throw new Refusal('voice.unknown_category', {}, { field });
  }
}

/** Where what the voice is about stands, and whose it is. */
async function placeOf(tx: Tx, actor: Actor, form: VoiceForm): Promise<Place> {
  const { cityCode } = actor;
  const { subjectKind: kind, subjectCode: code, projectNo } = form;
  const ofCase = projectNo === undefined ? undefined : await findPlaceOfCase(tx, cityCode, projectNo);
  if (projectNo !== undefined && ofCase === undefined) {
    throw new Refusal('voice.unknown_case', {}, { field: 'projectNo' });
  }
  const ofSubject =
    kind === undefined || code === undefined
      ? undefined
      : (await placesOfSubjects(tx, cityCode, [{ kind, code }]))[0];
  if (code !== undefined && ofSubject === undefined) {
    throw new Refusal('voice.unknown_subject', {}, { field: 'subjectCode' });
  }
  const found = ofSubject ?? ofCase;
  if (found === undefined) return await ownPlace(tx, actor);
  const place = { regionCode: found.region_code, departmentCode: found.department_code };
  if (!inReach(actor.scope, place)) throw new Refusal('voice.beyond_scope');
  return place;
}

/** What names nothing belongs to where it was handed in: the sender's own part of the city. */
async function ownPlace(tx: Tx, { cityCode, scope }: Actor): Promise<Place> {
  if (scope.departmentCode !== undefined) {
    const [own] = await placesOfSubjects(tx, cityCode, [{ kind: 'department', code: scope.departmentCode }]);
    if (own !== undefined) return { regionCode: own.region_code, departmentCode: own.department_code };
  }
  return { regionCode: (scope.regionPrefix ?? cityCode).padEnd(12, '0') };
}

/** Voices by id; those that don't exist are missing from the map. */
export async function voicesById(
  reader: Reader,
  cityCode: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Voice>> {
  return new Map((await findVoices(reader, cityCode, ids)).map((row) => [row.voice_id, row]));
}

/** The voice that the form of a citizen's page became. */
export async function voiceOfForm(
  reader: Reader,
  cityCode: string,
  clientId: string,
): Promise<Voice | undefined> {
  return await findHandedIn(reader, cityCode, { sender: 'public', clientId });
}

/** Opens who spoke, for whoever has to answer; the caller has checked the right and notes the reason. */
export async function speakerOf(
  tx: Tx,
  deps: Pick<Deps, 'keys'>,
  cityCode: string,
  voiceId: string,
): Promise<{ name: string | null; phone: string | null }> {
  const row = await findSpeaker(tx, cityCode, voiceId);
  return {
    name: row?.name_enc ? deps.keys.open(NAME, row.name_enc) : null,
    phone: row?.phone_enc ? deps.keys.open(PHONE, row.phone_enc) : null,
  };
}

/** Empties texts and speakers whose retention is over; answers how many texts. */
export async function eraseVoicesDue(deps: Deps, cityCode: string): Promise<number> {
  const now = deps.clock.now();
  const before = textKeptFrom(now);
  return await inTx(deps.db, async (tx) => {
    const erased = await eraseVoices(tx, cityCode, startOfDay(before));
    await eraseFiles(tx, { cityCode, kind: VOICE_FILES }, startOfDay(before));
    if (erased > 0) {
      await auditErasure(tx, {
        action: 'voice.texts_erased',
        subjectKind: 'voice',
        detail: { texts: erased, received_before: before },
        cityCode,
        at: now,
      });
    }
    return erased;
  });
}
