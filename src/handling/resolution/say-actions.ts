import { type DeskRules, deskRules } from '../../feedback/stuck-matter/index.ts';
import {
  followCode,
  SPOKEN_KINDS,
  VOICE_FILES,
  type Voice,
  type VoiceForm,
  type VoiceKind,
  voiceOfForm,
  voicesById,
  voiceToFollow,
} from '../../feedback/voice/index.ts';
import { isPhone } from '../../kernel/codes.ts';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { publicActor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { postLimit } from '../../platform/post-limit.ts';
import { filesOf, type StagedFile, stageFile } from '../../platform/stored-file.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { type LimitsOf, type Story, storyOf, takeWord, type Word, wordUntil } from '../work-order/index.ts';
import { registerVoice } from './actions.ts';
import { followToken, readFollowToken } from './follow.ts';
import { wordDays } from './rules.ts';
import { MOST, type SayForm } from './say-contract.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** How long a progress page stays open. */
const OPEN_MINUTES = 30;
/** Wrong tries an hour at one number or with one phone before trying has to wait. */
const WRONG = { number: 10, phone: 20 };

/** Whom the page that was scanned or chosen stands for. */
export interface SaidAbout {
  readonly window?: string;
  readonly department?: string;
}

interface Said {
  readonly form: SayForm;
  readonly id: string;
  readonly about: SaidAbout;
}

/**
 * Takes in what a citizen says on the page; the same form again is the same voice.
 *
 * @throws Refusal `say.*`, `voice.phone`, `voice.unknown_category`, `voice.unknown_subject`
 */
export async function say(
  deps: Deps,
  cityCode: string,
  { form, id, about, files, limitsOf }: Said & { files: readonly StagedFile[]; limitsOf: LimitsOf },
): Promise<void> {
  const given = checked(deps, { form, id, about });
  const actor = publicActor(cityCode);
  try {
    await registerVoice(deps, actor, given, limitsOf, files);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'voice.unknown_case') throw error;
    // Nobody learns here which case numbers exist: one that doesn't is part of what was said.
    const { projectNo, ...rest } = given;
    const told = { ...rest, text: `${given.text}\n（${projectNo}）` };
    await registerVoice(deps, actor, told, limitsOf, files);
  }
}

/** A file of a form that is on its way; nobody reads it before the form is taken in. */
export async function stageSaid(
  deps: Deps,
  cityCode: string,
  { id, ...file }: { id: string; name: string; content: AsyncIterable<Uint8Array> },
): Promise<StagedFile> {
  const { name } = publicActor(cityCode);
  const owner = { cityCode, kind: VOICE_FILES, id };
  return await stageFile(deps, owner, { ...file, by: { id: name, name } });
}

function checked(deps: Deps, { form, id, about }: Said): VoiceForm {
  const kind = SPOKEN_KINDS.find((one) => one === form.kind);
  if (kind === undefined) throw new Refusal('say.kind_missing', {}, { field: 'kind' });
  const text = plain(form.text ?? '');
  if (text === '') throw new Refusal('say.text_missing', {}, { field: 'text' });
  if (text.length > MOST.text) {
    throw new Refusal('say.text_long', { limit: MOST.text, length: text.length }, { field: 'text' });
  }
  const name = plain(form.name ?? '');
  if (name.length > MOST.name) throw new Refusal('say.name_long', { limit: MOST.name }, { field: 'name' });
  const phone = phoneOf(form.phone ?? '');
  if (phone !== '' && !isPhone(phone)) throw new Refusal('voice.phone', {}, { field: 'phone' });
  const projectNo = plain(form.projectNo ?? '').slice(0, 64);
  return {
    id,
    channel: 'web',
    kind,
    ...(form.discipline === '1' ? { discipline: true } : {}),
    ...(kind === 'stuck_matter' && form.category ? { category: form.category } : {}),
    ...subjectOf(form, about),
    ...(projectNo === '' ? {} : { projectNo }),
    text,
    ...(name === '' ? {} : { name }),
    ...(phone === '' ? {} : { phone }),
    receivedAt: isoMoment(deps.clock.now()),
  };
}

function subjectOf(form: SayForm, about: SaidAbout): Pick<VoiceForm, 'subjectKind' | 'subjectCode'> {
  if (form.about === 'window' && about.window !== undefined) {
    return { subjectKind: 'window', subjectCode: about.window };
  }
  const department = form.about === 'department' ? about.department : form.department;
  return department ? { subjectKind: 'department', subjectCode: department } : {};
}

/** Without what no text holds; tags stay words, since every page escapes them. */
export function plain(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .trim()
  );
}

/** A phone number as people type it: wide digits, spaces, the country's code. */
export function phoneOf(text: string): string {
  const narrow = text.normalize('NFKC').replace(/[\s()]/g, '');
  return narrow.replace(/^(\+|00)86-?/, '').replace(/^(1\d\d)-?(\d{4})-?(\d{4})$/, '$1$2$3');
}

/** How a voice is answered, as its page shows it. */
export interface Progress {
  readonly number: string;
  readonly kind: VoiceKind;
  readonly receivedAt: Date;
  /** what the person was told where the desk can't take the matter up */
  readonly excluded: DeskRules['exclusions'][number] | undefined;
  readonly story: Story | undefined;
  /** files that came with it */
  readonly files: readonly { readonly name: string }[];
  /** the discipline inspection deals with it */
  readonly handedOver: boolean;
  readonly departmentName: string | undefined;
  /** until when a word about the answer is taken; undefined where none is */
  readonly wordUntil: Date | undefined;
}

async function progressOf(deps: Deps, voice: Voice): Promise<Progress> {
  const { city_code: cityCode, kind, voice_id: sourceId } = voice;
  const reader = deps.db.app;
  const unanswered = kind === 'praise' || voice.discipline_at !== null;
  const story = unanswered ? undefined : await storyOf(reader, { cityCode, kind, sourceId });
  const owner = story?.ownerDepartment;
  const files = await filesOf(reader, { cityCode, kind: VOICE_FILES, id: sourceId });
  const names = await departmentsByCode(reader, cityCode, owner ? [owner] : []);
  return {
    // What the hall added later is its own.
    files: files.filter(({ uploaded_by: by }) => by === publicActor(cityCode).name),
    number: voice.number,
    kind,
    receivedAt: voice.received_at,
    excluded: deskRules(dayOf(voice.recorded_at)).exclusions.find(({ code }) => code === voice.exclusion),
    story,
    handedOver: voice.discipline_at !== null,
    departmentName: names.get(owner ?? '')?.name,
    wordUntil: story && openUntil(story, deps.clock.now()),
  };
}

function openUntil(story: Story, now: Date): Date | undefined {
  const { state, answer, word } = story;
  if (answer === null || word !== null || (state !== 'call_back' && state !== 'closed')) return undefined;
  const until = wordUntil(answer.at, wordDays(dayOf(answer.at)));
  return now < until ? until : undefined;
}

/** The receipt of a form just sent. */
export interface SaidReceipt {
  readonly progress: Progress;
  /** by which somebody who left no phone follows it */
  readonly code: string;
}

/**
 * What became of a form just sent. The page soon closes: the next who sits at a shared computer reads no
 * code.
 * @throws Refusal `say.unknown_receipt`
 */
export async function saidByForm(deps: Deps, cityCode: string, formId: string): Promise<SaidReceipt> {
  const voice = await voiceOfForm(deps.db.app, cityCode, formId);
  const since = deps.clock.now().getTime() - OPEN_MINUTES * MINUTE_MS;
  if (voice === undefined || voice.recorded_at.getTime() < since) throw new Refusal('say.unknown_receipt');
  return { progress: await progressOf(deps, voice), code: followCode(deps.keys, voice.voice_id) };
}

/** Opens the progress of a voice to whoever knows its number and the phone or code that goes with it. */
export interface Follower {
  /** @throws Refusal `follow.unknown` whatever of it is wrong, `follow.tries` */
  open(cityCode: string, given: { number: string; phone: string }): Promise<string>;
}

export function follower(deps: Deps): Follower {
  const hour = postLimit(HOUR_MS);
  return {
    async open(cityCode, given) {
      const now = deps.clock.now();
      const number = given.number.normalize('NFKC').replace(/\s/g, '').toUpperCase();
      const secret = phoneOf(given.phone);
      const mark = (what: string, text: string) => deps.keys.hash(what, text).toString('hex');
      // Counted as wrong before it is looked up, so that many at the same instant can't outrun the count.
      const counts = [
        [mark('number-tries', number), WRONG.number],
        [mark('phone-tries', secret.toUpperCase()), WRONG.phone],
      ] as const;
      const allowed = counts.map(([one, most]) => hour.allows(one, most, now));
      if (allowed.includes(false)) throw new Refusal('follow.tries');
      const voice = await voiceToFollow(deps.db.app, deps.keys, cityCode, { number, secret });
      if (voice === undefined) throw new Refusal('follow.unknown', {}, { field: 'number' });
      for (const [one] of counts) hour.giveBack(one, now);
      return followToken(deps.keys, voice.voice_id, new Date(now.getTime() + OPEN_MINUTES * MINUTE_MS));
    },
  };
}

/** The voice of a progress page. @throws Refusal `follow.expired` */
async function followed(deps: Deps, cityCode: string, token: string): Promise<Voice> {
  const voiceId = readFollowToken(deps.keys, token, deps.clock.now());
  if (voiceId === undefined) throw new Refusal('follow.expired');
  const voice = (await voicesById(deps.db.app, cityCode, [voiceId])).get(voiceId);
  if (voice === undefined) throw new Refusal('follow.expired');
  return voice;
}

export async function progressByToken(deps: Deps, cityCode: string, token: string): Promise<Progress> {
  return await progressOf(deps, await followed(deps, cityCode, token));
}

/** Takes what somebody thinks of the answer. @throws Refusal `follow.expired`, `word.*` */
export async function judgeAnswer(
  deps: Deps,
  cityCode: string,
  given: { token: string; word: Word; note: string; limitsOf: LimitsOf },
): Promise<void> {
  const voice = await followed(deps, cityCode, given.token);
  const { kind, voice_id: sourceId } = voice;
  if (kind === 'praise') throw new Refusal('word.not_answered');
  const days = wordDays(dayOf(deps.clock.now()));
  const { word, limitsOf } = given;
  await takeWord(deps, { cityCode, kind, sourceId }, { word, note: plain(given.note), days, limitsOf });
}
