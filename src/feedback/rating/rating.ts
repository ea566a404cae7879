import type { Day } from '../../kernel/day.ts';
import { findOn, type History } from '../../kernel/history.ts';

export const LEVELS = [5, 4, 3, 2, 1] as const;
/** 5 非常满意 … 1 非常不满意. */
export type Level = (typeof LEVELS)[number];

export const DIMENSIONS = ['process', 'efficiency', 'attitude'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** 3, 4 and 5 are good; 1 and 2 are bad ratings (差评). */
export function isGood(level: Level): boolean {
  return level >= 3;
}

export interface Wording {
  readonly 'zh-CN': string;
  readonly en: string;
}

/** A national tag (evalDetail). */
export interface Tag {
  readonly code: number;
  readonly level: Level;
  /** `core` is shown first, `extended` under "more" */
  readonly group: 'core' | 'extended';
  /** whom it speaks of: the person at the window or the process */
  readonly concerns: 'person' | 'process';
  readonly timeliness: boolean;
  readonly from: Day;
  readonly words: Wording;
}

/** A channel (pf): 1-7 national, 90 and up local. */
export interface Channel {
  readonly code: number;
  /** the national code under which it is reported upward */
  readonly reportedAs: number;
  readonly tablet: boolean;
  readonly words: Wording;
}

/** What is the same in the whole country, as dated data (`rules/national`). */
export interface NationalRules {
  readonly levels: ReadonlyMap<Level, Wording>;
  readonly dimensions: ReadonlyMap<Dimension, Wording>;
  readonly tags: ReadonlyMap<number, Tag>;
  readonly retired: ReadonlySet<number>;
  readonly channels: ReadonlyMap<number, Channel>;
  /** names of the figures, by their name in an answer (`ratable`, `active_good_rate`) */
  readonly metrics: ReadonlyMap<string, Wording>;
  readonly textLimits: { readonly tablet: History<number>; readonly elsewhere: History<number> };
}

/** A rating as it is handed in, its shape already checked. */
export interface Given {
  readonly satisfaction: Level;
  /** undefined when one of them is no code at all */
  readonly tags: readonly number[] | undefined;
  /** trimmed; empty when nothing was written */
  readonly text: string;
  readonly channel: number;
  /** given by a key without a screen, which can't ask why: a bad word counts all the same */
  readonly reasonless?: boolean;
}

/** What is wrong with a rating, with the numbers of the sentence; `fine` when nothing is. */
export type Judgement =
  | { kind: 'fine' }
  | { kind: 'tag_malformed' }
  | { kind: 'tag_unknown'; tag: number }
  | { kind: 'tag_retired'; tag: number }
  | { kind: 'tag_of_other_level'; tag: number; level: Level }
  | { kind: 'reason_missing'; level: Level }
  | { kind: 'text_too_long'; length: number; limit: number }
  | { kind: 'channel_unknown'; channel: number };

const FINE: Judgement = { kind: 'fine' };

/**
 * Applies the rules on content (domain §2): tags of the level, a reason for a bad rating, the length of the
 * text.
 */
export function judge(given: Given, on: Day, rules: NationalRules): Judgement {
  if (given.tags === undefined) return { kind: 'tag_malformed' };
  for (const code of given.tags) {
    const tag = rules.tags.get(code);
    if (rules.retired.has(code)) return { kind: 'tag_retired', tag: code };
    if (tag === undefined || tag.from > on) return { kind: 'tag_unknown', tag: code };
    if (tag.level !== given.satisfaction) return { kind: 'tag_of_other_level', tag: code, level: tag.level };
  }
  const channel = rules.channels.get(given.channel);
  if (channel === undefined) return { kind: 'channel_unknown', channel: given.channel };
  if (!isGood(given.satisfaction) && !given.reasonless && given.tags.length === 0 && given.text === '') {
    return { kind: 'reason_missing', level: given.satisfaction };
  }
  if (given.text !== '') {
    const limit = textLimit(channel, on, rules);
    const length = lengthOf(given.text);
    if (length > limit) return { kind: 'text_too_long', length, limit };
  }
  return FINE;
}

/** Characters that a text may have on this channel and day. */
export function textLimit(channel: Channel | undefined, on: Day, rules: NationalRules): number {
  const history = channel?.tablet ? rules.textLimits.tablet : rules.textLimits.elsewhere;
  return (findOn(history, on) ?? history[0]).value;
}

/** Characters as people count them: one per sign, also outside the basic plane; a line break is one. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.replaceAll('\r\n', '\n')) length += 1;
  return length;
}

/** Active tags of a level on a day: the core ones first, each group in the order of the national list. */
export function tagsOf(level: Level, on: Day, rules: NationalRules): Tag[] {
  const active = [...rules.tags.values()].filter((tag) => tag.level === level && tag.from <= on);
  return [...active.filter((tag) => tag.group === 'core'), ...active.filter((tag) => tag.group !== 'core')];
}

/**
 * The codes of a tag list as it is written: ['214'], '210,214' or repeated; undefined when one is no code.
 */
export function tagCodes(written: readonly string[]): number[] | undefined {
  const codes = new Set<number>();
  for (const part of written.flatMap((text) => text.split(/[,，]/))) {
    const code = part.trim();
    if (code === '') continue;
    if (!/^[1-9]\d{2}$/.test(code)) return undefined;
    codes.add(Number(code));
  }
  return [...codes].sort((one, other) => one - other);
}

/**
 * Whether a service can be rated at the moment, and why not. The window ends at `ratableUntil`; what came
 * before the record's own time stays possible, since clocks of other systems run ahead, and is a matter for
 * the detectors.
 */
export function windowAt(now: Date, ratableUntil: Date): 'open' | 'expired' {
  return now < ratableUntil ? 'open' : 'expired';
}

/** What is kept of a rating, as far as a repeat or a second attempt must know it. */
export interface Kept {
  readonly clientId: string | null;
}

/** A submission against what is kept: the same one again, or another one, which is refused. */
export function compare(kept: Kept, clientId: string | null): 'repeat' | 'already_rated' {
  return clientId !== null && kept.clientId === clientId ? 'repeat' : 'already_rated';
}
