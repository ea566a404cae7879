import { addDays, dayOf, formatTime, timeOn } from '../../kernel/day.ts';

/** The dated rule of invitations by short message (`rules/example-city/invitation.yaml`). */
export interface SmsRule {
  readonly enabled: boolean;
  readonly after_minutes: number;
  readonly completed_only: boolean;
  /** 'HH:mm'; between the two nothing is sent, over midnight if the first is later. */
  readonly quiet_from: string;
  readonly quiet_until: string;
}

/** What may become of an invitation. */
export const SMS_STATES = [
  'waiting',
  'sending',
  'sent',
  'unneeded',
  'opted_out',
  'expired',
  'refused',
  'unclear',
] as const;
export type SmsState = (typeof SMS_STATES)[number];

const COMPLETED = 3;
const MINUTE_MS = 60_000;
/** Minutes after which a message that did not go out is tried again; the last one from then on. */
const TRY_AGAIN = [1, 5, 15, 60] as const;

/** A service that may be invited. */
export interface Invitable {
  readonly proStatus: number;
  readonly hasMobile: boolean;
  readonly ratableUntil: Date;
}

/** When the invitation goes out; undefined for a service that gets none. */
export function inviteAt(service: Invitable, now: Date, rule: SmsRule): Date | undefined {
  if (!rule.enabled || !service.hasMobile) return undefined;
  if (rule.completed_only && service.proStatus !== COMPLETED) return undefined;
  const at = afterQuiet(new Date(now.getTime() + rule.after_minutes * MINUTE_MS), rule);
  return at < service.ratableUntil ? at : undefined;
}

/** The instant itself, or the end of the quiet hours in which it lies. */
export function afterQuiet(
  at: Date,
  { quiet_from: from, quiet_until: until }: Pick<SmsRule, 'quiet_from' | 'quiet_until'>,
): Date {
  const time = formatTime(at);
  const today = dayOf(at);
  if (from <= until) return time >= from && time < until ? timeOn(today, until) : at;
  if (time >= from) return timeOn(addDays(today, 1), until);
  return time < until ? timeOn(today, until) : at;
}

/** When a message is tried again that has not gone out at the given attempt, from 1. */
export function tryAgainAt(now: Date, attempts: number): Date {
  const minutes = TRY_AGAIN[Math.min(attempts, TRY_AGAIN.length) - 1] ?? 1;
  return new Date(now.getTime() + minutes * MINUTE_MS);
}

/** Characters of a matter's name that a provider's template takes. */
const LONGEST_MATTER = 20;

/** What goes into the template: day, matter, link; and the whole text. */
export function invitationMessage(of: { serviceTime: Date; taskName: string; url: string }): {
  params: string[];
  text: string;
} {
  const [, month, date] = dayOf(of.serviceTime).split('-').map(Number);
  const on = `${month}月${date}日`;
  const characters = Array.from(of.taskName);
  const long = characters.length > LONGEST_MATTER;
  const matter = long ? `${characters.slice(0, LONGEST_MATTER - 1).join('')}…` : of.taskName;
  return {
    params: [on, matter, of.url],
    text:
      `您${on}办理的“${matter}”已完成，请您评价（自愿）：${of.url} ` +
      `不想再收到此类短信，请打开 ${of.url}/stop`,
  };
}
