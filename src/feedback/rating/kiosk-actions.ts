import {
  answered,
  invitationsById,
  isShown,
  linkChannels,
  pressInvitation,
  type ShownInvitation,
  showInvitation,
  tokenFor,
  waitingInvitations,
} from '../../intake/invitation/index.ts';
import { dayOf, isoMoment, parseMoment } from '../../kernel/day.ts';
import type { StepId } from '../../kernel/ids.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal, sentence } from '../../kernel/refusal.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { postLimit } from '../../platform/post-limit.ts';
import { deviceSeen, type PairedDevice } from '../../registry/device/index.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import { cleanText, type RatingDesk, type Recorded, type Submission } from './actions.ts';
import type { Contact, ContactDesk } from './contact-actions.ts';
import {
  type KeyPress,
  type KioskState,
  type KioskWords,
  kioskRating,
  type ShownInvitationView,
  type UploadOutcome,
} from './kiosk-contract.ts';
import { kioskRules } from './kiosk-rules.ts';
import { insertLate } from './kiosk-store.ts';
import { isGood, type Level, tagCodes, tagsOf, textLimit } from './rating.ts';
import { nationalRules } from './rule-actions.ts';
import { findStanding } from './store.ts';

const HOUR_MS = 3_600_000;

/** What waits for the device, and where it stands; notes that it spoke. */
export async function kioskStateOf(
  deps: Deps,
  device: PairedDevice,
  waiting: number,
): Promise<Omit<KioskState, 'survey'>> {
  await deviceSeen(deps, device, waiting);
  const on = dayOf(deps.clock.now());
  const { cityCode, windowCode, name } = device;
  const windows = [windowCode];
  const found = await windowsByCode(deps.db.app, cityCode, windows);
  const seconds = kioskRules(on).waitingSeconds;
  const invitation = (await waitingInvitations(deps, cityCode, { windows, seconds })).get(windowCode);
  return {
    device: { name, windowCode, windowName: found.get(windowCode)?.name ?? '' },
    invitation: invitation ?? null,
    on,
  };
}

/** Levels, tags and numbers of the day in both languages. */
export function kioskWordsOn(now: Date): KioskWords {
  const on = dayOf(now);
  const national = nationalRules();
  const { answerSeconds, thanksSeconds } = kioskRules(on);
  const levels = [...national.levels].sort(([one], [other]) => other - one);
  return {
    on,
    levels: levels.map(([code, words]) => ({ code, words, good: isGood(code) })),
    tags: levels.flatMap(([level]) =>
      tagsOf(level, on, national).map(({ code, words }) => ({ code, level, words })),
    ),
    textLimit: textLimit(national.channels.get(deviceChannels.tablet), on, national),
    answerSeconds,
    thanksSeconds,
  };
}

/** National channels (pf) of the halls' devices. */
const deviceChannels = { tablet: 4, button: 5 } as const;

/** Gives the device an invitation to show. @throws Refusal `invitation.unknown`, `invitation.over`. */
export async function showOn(deps: Deps, device: PairedDevice, id: string): Promise<ShownInvitationView> {
  const seconds = kioskRules(dayOf(deps.clock.now())).waitingSeconds;
  const shown = await showInvitation(deps, device, { id, seconds });
  const standing = await findStanding(deps.db.app, device.cityCode, [shown.step_id]);
  return {
    id,
    taskName: shown.task_name,
    windowCode: shown.window_code,
    serviceTime: isoMoment(shown.service_time),
    state: standing.get(shown.step_id)?.receipt ? 'rated' : 'open',
  };
}

/** Takes in what devices of the halls record. */
export interface DeviceDesk {
  /**
   * Takes an upload in its order; each rating is answered by itself, in the language given.
   * @throws Refusal `device.too_many` when not even the first one is taken
   */
  upload(device: PairedDevice, items: readonly unknown[], lang: Lang): Promise<UploadOutcome[]>;
  /** A key of a button device. @throws Refusal for whatever keeps it from being recorded */
  press(device: PairedDevice, press: KeyPress): Promise<Recorded>;
}

export function deviceDesk(deps: Deps, desk: RatingDesk, contact: ContactDesk): DeviceDesk {
  const limit = postLimit();
  const allows = (device: PairedDevice): boolean => {
    const now = deps.clock.now();
    return limit.allows(device.deviceId, kioskRules(dayOf(now)).ratingsPerMinute, now);
  };
  return {
    async upload(device, items, lang) {
      const allowed = items.filter(() => allows(device));
      if (allowed.length === 0) throw new Refusal('device.too_many');
      const taken = await takeAll(deps, { desk, contact }, device, allowed);
      const told = [...taken, ...items.slice(allowed.length).map(tooMany)];
      return told.map(({ id, result }) => outcomeOf(id, result, lang));
    },
    async press(device, press) {
      if (!allows(device)) throw new Refusal('device.too_many');
      return await takePress(deps, desk, device, press);
    },
  };
}

/** What became of one rating, before it is worded. */
type Result = { kind: 'recorded'; recorded: Recorded } | { kind: 'late' } | { kind: 'no'; refusal: Refusal };

interface Taken {
  id: string | null;
  result: Result;
}

function tooMany(item: unknown): Taken {
  return { id: idOf(item), result: { kind: 'no', refusal: new Refusal('device.too_many') } };
}

function idOf(item: unknown): string | null {
  const { id } = (typeof item === 'object' && item !== null ? item : {}) as { id?: unknown };
  return typeof id === 'string' ? id.slice(0, 64) : null;
}

async function takeAll(
  deps: Deps,
  { desk, contact }: { desk: RatingDesk; contact: ContactDesk },
  device: PairedDevice,
  items: readonly unknown[],
): Promise<Taken[]> {
  const parsed = items.map((item) => kioskRating.safeParse(item));
  const ids = parsed.flatMap(({ data }) => (data ? [data.invitation] : []));
  const invitations = await invitationsById(deps.db.app, device.cityCode, [...new Set(ids)]);
  const taken = await Promise.all(
    parsed.map(async ({ data }, at): Promise<Taken> => {
      if (data === undefined) {
        return { id: idOf(items[at]), result: { kind: 'no', refusal: new Refusal('request.invalid') } };
      }
      const invitation = invitations.get(data.invitation);
      const refusal = new Refusal(invitation ? 'invitation.never_shown' : 'invitation.unknown');
      if (!invitation || !isShown(invitation)) return { id: data.id, result: { kind: 'no', refusal } };
      const given: Given = {
        id: data.id,
        satisfaction: data.satisfaction as Level,
        tags: tagCodes(data.evalDetail),
        text: cleanText(data.writingEvaluation),
        deviceAt: parseMoment(data.deviceAt ?? '')?.toISOString() ?? null,
        contact: data.contact && leftBy(contact, data.contact),
      };
      return { id: data.id, result: await takeOne(deps, desk, { device, invitation, given }) };
    }),
  );
  const answers = parsed.flatMap(({ data }, at) =>
    data && taken[at]?.result.kind !== 'no' ? [{ id: data.invitation, ms: data.tookMs ?? null }] : [],
  );
  await answered(deps, device.cityCode, answers);
  return taken;
}

interface Given {
  id: string;
  satisfaction: Level;
  tags: number[] | undefined;
  text: string;
  deviceAt: string | null;
  contact?: Contact | undefined;
}

/** What is no phone costs nobody the rating: the tablet has looked at it before. */
function leftBy(desk: ContactDesk, given: Contact): Contact | undefined {
  try {
    return desk.check(given);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

interface Taking {
  device: PairedDevice;
  invitation: ShownInvitation;
  given: Given;
}

/**
 * Records a rating, or keeps it as late: the record's last ratable day is over, and the hours within which
 * what was shown in time may still be uploaded are over too.
 */
async function takeOne(deps: Deps, desk: RatingDesk, taking: Taking): Promise<Result> {
  try {
    if (isLate(deps, taking.invitation)) return await takeLate(deps, desk, taking);
    return { kind: 'recorded', recorded: await desk.submit(submissionOf(deps, taking)) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'no', refusal: error };
    throw error;
  }
}

function isLate({ clock }: Deps, { ratable_until: until, shown_at: shownAt }: ShownInvitation): boolean {
  const now = clock.now();
  if (now < until) return false;
  const hours = kioskRules(dayOf(now)).lateUploadHours;
  return shownAt >= until || now.getTime() > until.getTime() + hours * HOUR_MS;
}

function submissionOf({ keys }: Deps, { device, invitation, given }: Taking): Submission {
  const { kind } = device;
  const channel = deviceChannels[kind];
  return {
    token: tokenFor(keys, invitation.step_id as StepId, channel),
    satisfaction: given.satisfaction,
    tags: given.tags,
    text: given.text,
    process: null,
    efficiency: null,
    attitude: null,
    anonymous: false,
    clientId: given.id,
    deviceAt: given.deviceAt,
    channel,
    source: kind,
    shownAt: invitation.shown_at,
    // The device of a hall is no mark of a person: it stands in the invitation's log.
    deviceMark: null,
    address: null,
    contact: given.contact,
    admitted: true,
  };
}

/** A rating that stands already is told; else the late one is kept, once. */
async function takeLate(deps: Deps, desk: RatingDesk, taking: Taking): Promise<Result> {
  const { device, invitation, given } = taking;
  const token = tokenFor(deps.keys, invitation.step_id as StepId, linkChannels.qr);
  try {
    const standing = await desk.standing(token, given.id);
    if (standing) return { kind: 'recorded', recorded: standing };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'rating.expired') throw error;
  }
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const late = {
      step_id: invitation.step_id,
      client_id: given.id,
      service_month: invitation.service_month,
      invitation_id: invitation.invitation_id,
      device_id: device.deviceId,
      source: device.kind,
      satisfaction: given.satisfaction,
      tags: given.tags ?? [],
      body: given.text === '' ? null : given.text,
      shown_at: invitation.shown_at,
      device_at: given.deviceAt,
    };
    if (!(await insertLate(tx, device.cityCode, late, at))) return;
    await audit(tx, {
      actor: { kind: 'public', name: device.name },
      action: 'rating.kept_late',
      subjectKind: 'service_record',
      subjectId: invitation.step_id,
      detail: { window: invitation.window_code },
      cityCode: device.cityCode,
      at,
    });
  });
  return { kind: 'late' };
}

async function takePress(
  deps: Deps,
  desk: RatingDesk,
  device: PairedDevice,
  press: KeyPress,
): Promise<Recorded> {
  if (device.keys === null) throw new Refusal('device.wrong_kind');
  const meaning = device.keys.find(({ key }) => key === press.key);
  if (meaning === undefined) throw new Refusal('device.key_unknown', { key: press.key }, { field: 'key' });
  const seconds = kioskRules(dayOf(deps.clock.now())).waitingSeconds;
  const invitation = await pressInvitation(deps, device, { pressId: press.id, seconds });
  const given: Given = {
    id: press.id,
    satisfaction: meaning.satisfaction as Level,
    tags: meaning.tags,
    text: '',
    deviceAt: parseMoment(press.deviceAt ?? '')?.toISOString() ?? null,
  };
  const recorded = await desk.submit(submissionOf(deps, { device, invitation, given }));
  await answered(deps, device.cityCode, [{ id: invitation.invitation_id, ms: null }]);
  return recorded;
}

/** Refusals that pass by themselves: the device keeps the rating and sends it again. */
const PASSING: readonly string[] = ['server.busy', 'device.too_many', 'rating.too_many'];

function outcomeOf(id: string | null, result: Result, lang: Lang): UploadOutcome {
  const plain = { id, receipt: null, code: null, detail: null };
  if (result.kind === 'recorded') return { ...plain, outcome: 'recorded', receipt: result.recorded.receipt };
  if (result.kind === 'late') return { ...plain, outcome: 'late' };
  const { code, params } = result.refusal;
  const outcome = PASSING.includes(code) ? 'again' : 'refused';
  return { ...plain, outcome, code, detail: sentence(code, lang, params) };
}
