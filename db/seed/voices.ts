import { addDays } from '../../src/kernel/day.ts';
import { monthOf } from '../../src/kernel/month.ts';
import { addWorkdays, moment, type Span } from './calendar.ts';
import type { Step } from './cases.ts';
import type { DemoContent, Row, TagContent } from './content.ts';
import type { Staffing } from './people.ts';
import { at, type Random } from './random.ts';

/** An invented rating and what the demo knows behind it. */
export interface Voice {
  readonly step: Step;
  readonly satisfaction: number;
  readonly pf: string;
  readonly tags: readonly string[];
  readonly text: string;
  readonly dimensions: readonly [string, string, string];
  readonly time: string;
  readonly verdict: '' | 'upheld' | 'mistaken' | 'malicious';
  readonly attribution: string;
  readonly verifiedBy: string;
  readonly approvedBy: string;
}

interface Audience {
  readonly content: DemoContent;
  readonly chance: Random;
  readonly staffing: Staffing;
  readonly span: Span;
}

/** Tags that speak of the person, not of the process (attribution in the rules of rating). */
export const PERSON_TAGS: ReadonlySet<string> = new Set(['213', '214', '115']);
const TIMELINESS_TAGS = new Set(['209', '110', '309']);

const RATED = 0.374;
const BAD = 0.0155;

/** Ratings for about 35 of 100 steps, 98.5 % of them good, more or fewer by window. */
export function rateSteps(audience: Audience, steps: readonly Step[]): Voice[] {
  const manners = new Map<string, { asks: number; fails: number }>();
  const mannersAt = (place: string): { asks: number; fails: number } => {
    const known = manners.get(place);
    if (known !== undefined) return known;
    const own = audience.chance.fork(place);
    const made = { asks: 0.7 + own.next() * 0.6, fails: own.chance(0.12) ? 3.2 : 0.3 + own.next() * 0.8 };
    manners.set(place, made);
    return made;
  };
  const voices: Voice[] = [];
  const shown = showcaseStep(audience, steps);
  for (const step of steps) {
    const chance = audience.chance.fork(`${step.projectNo}/${step.serviceNumber}`);
    const place = mannersAt(step.window?.code ?? 'web');
    const asked = step.person === audience.staffing.showcase ? 1.3 : place.asks;
    if (step !== shown && !chance.chance(RATED * asked)) continue;
    const bad = step !== shown && chance.chance(BAD * place.fails) && mayFail(audience, step);
    const voice = step === shown ? showcaseVoice(audience, step) : speak(audience, chance, { step, bad });
    if (voice !== undefined) voices.push(voice);
  }
  return voices;
}

export function voiceRow(voice: Voice): Row {
  const [process, efficiency, attitude] = voice.dimensions;
  return {
    projectNo: voice.step.projectNo,
    serviceNumber: String(voice.step.serviceNumber),
    pf: voice.pf,
    satisfaction: String(voice.satisfaction),
    evalDetail: voice.tags.join(','),
    writingEvaluation: voice.text,
    process,
    efficiency,
    attitude,
    assessTime: voice.time,
    verdict: voice.verdict,
    attribution: voice.attribution,
    verified_by: voice.verifiedBy,
    approved_by: voice.approvedBy,
  };
}

/** The showcase clerk keeps to the one bad rating that is written for that file. */
function mayFail({ staffing }: Audience, step: Step): boolean {
  return step.person !== staffing.showcase;
}

function showcaseStep({ staffing, span }: Audience, steps: readonly Step[]): Step | undefined {
  const month = monthOf(span.from);
  const own = steps.filter(
    (step) => step.person === staffing.showcase && monthOf(step.on) === month && step.proStatus === 3,
  );
  return own[Math.floor(own.length / 2)];
}

function showcaseVoice(audience: Audience, step: Step): Voice {
  return {
    step,
    satisfaction: 2,
    pf: '3',
    tags: ['214'],
    text: '问流程的时候语气很差，多问一句就不耐烦，老人在旁边都不敢再开口。',
    dimensions: ['4', '3', '1'],
    time: moment(step.on, step.seconds + 1260),
    ...judged(audience, step, { verdict: 'upheld', attribution: '' }),
  };
}

function speak(
  audience: Audience,
  chance: Random,
  { step, bad }: { step: Step; bad: boolean },
): Voice | undefined {
  const satisfaction = bad ? chance.weighted([2, 1], [66, 34]) : chance.weighted([5, 4, 3], [78, 15, 7]);
  const { pf, time } = channelAndTime(chance, step);
  if (time > audience.span.until) return undefined;
  const verdict = bad ? verdictOn(audience, chance, step, time) : '';
  const tags = chooseTags(audience.content, chance, step, satisfaction);
  const dimensions = chance.chance(0.3) ? scores(chance, satisfaction, tags) : (['', '', ''] as const);
  if (!bad) {
    const text = goodText(audience.content, chance, { step, tags, satisfaction });
    return {
      step,
      satisfaction,
      pf,
      tags,
      text,
      dimensions,
      time,
      ...judged(audience, step, { verdict: '', attribution: '' }),
    };
  }
  const complaint = badText(audience.content, chance, { step, tags, verdict });
  return {
    step,
    satisfaction,
    pf,
    tags: complaint.keepTags ? tags : [],
    text: complaint.text,
    dimensions,
    time,
    ...judged(audience, step, {
      verdict,
      attribution: complaint.keepTags && tags.length > 0 ? '' : complaint.attribution,
    }),
  };
}

/** Verified by a supervisor, approved by another person, neither of them the one rated. */
function judged(
  { staffing, chance }: Audience,
  step: Step,
  { verdict, attribution }: Pick<Voice, 'verdict' | 'attribution'>,
): Pick<Voice, 'verdict' | 'attribution' | 'verifiedBy' | 'approvedBy'> {
  if (verdict === '') return { verdict, attribution: '', verifiedBy: '', approvedBy: '' };
  const verifiedBy = chance.pick(staffing.supervisors).staffNo;
  const others = staffing.confirmers.filter((person) => person !== step.person);
  return { verdict, attribution, verifiedBy, approvedBy: chance.pick(others).staffNo };
}

/** A verdict takes up to five working days; of the running month's not all that are due have one. */
function verdictOn({ span }: Audience, chance: Random, step: Step, time: string): Voice['verdict'] {
  const due = addWorkdays(span, step.on, 6);
  const settled = monthOf(step.on) === monthOf(span.from) || chance.chance(0.6);
  if (due >= span.today || time > `${due} 00:00:00` || !settled) return '';
  return chance.weighted(['upheld', 'mistaken', 'malicious'] as const, [80, 13, 7]);
}

/** Tablets at once, QR codes within the hour, text messages within days, never in the dead of night. */
function channelAndTime(chance: Random, step: Step): { pf: string; time: string } {
  const texted = step.applicant.mobile === '' ? 0 : 12;
  const pf = step.online
    ? chance.weighted(['1', '2', '6'], [38, 50, texted])
    : chance.weighted(['4', '3', '6', '5'], [54, 31, texted, 3]);
  if (pf === '4' || pf === '5') return { pf, time: moment(step.on, step.seconds + chance.between(12, 110)) };
  if (pf === '3') return { pf, time: moment(step.on, step.seconds + chance.between(60, 4200)) };
  const days = chance.weighted([0, 1, 2, 3, 4, 5, 6], [58, 20, 9, 5, 4, 2, 2]);
  if (days === 0) return { pf, time: moment(step.on, step.seconds + chance.between(90, 5000)) };
  return { pf, time: moment(addDays(step.on, days), chance.between(8 * 3600, 21 * 3600 + 1800)) };
}

function chooseTags(content: DemoContent, chance: Random, step: Step, level: number): string[] {
  if (!chance.chance(level <= 2 ? 0.9 : 0.62)) return [];
  const fitting = content.tags.filter((tag) => tag.level === level && fits(tag, step));
  const weights = fitting.map((tag) =>
    PERSON_TAGS.has(tag.tag) || /^(?:517|413|314)$/.test(tag.tag) ? 4 : 1,
  );
  const first = chance.weighted(fitting, weights);
  const second = chance.chance(0.28) ? chance.pick(fitting) : first;
  return [...new Set([first.tag, second.tag])].sort();
}

/** A tag about the counter is not chosen on the web, one about the end of a case not at its beginning. */
function fits(tag: TagContent, step: Step): boolean {
  if (tag.where !== 'both' && tag.where !== (step.online ? 'online' : 'onsite')) return false;
  if (tag.tag === '515' && step.window?.level !== 'township') return false;
  if (
    step.serviceName === '一次性补正告知' &&
    !/^(?:307|308|208|210|109|408)$/.test(tag.tag) &&
    tag.doneOnly
  ) {
    return false;
  }
  if (TIMELINESS_TAGS.has(tag.tag)) {
    if (step.item.promisedDays === 0 || step.proStatus !== 3) return false;
    return step.late > 0 === (tag.tag !== '309');
  }
  return !tag.doneOnly || step.proStatus === 3;
}

function scores(chance: Random, level: number, tags: readonly string[]): [string, string, string] {
  const near = (): string => String(Math.min(5, Math.max(1, level + chance.weighted([-1, 0, 1], [1, 6, 2]))));
  const rude = tags.some((tag) => tag === '214' || tag === '115');
  return [near(), near(), rude ? '1' : near()];
}

interface Said {
  readonly step: Step;
  readonly tags: readonly string[];
}

function goodText(content: DemoContent, chance: Random, said: Said & { satisfaction: number }): string {
  if (!chance.chance(0.15)) return '';
  const lot = chance.next();
  if (lot < 0.3) {
    const nothing = section(content, 'good-nothing');
    // Nobody who finds it merely acceptable writes that it was excellent.
    return chance.pick(said.satisfaction > 3 ? nothing : nothing.filter((text) => !/好|👍|满意/.test(text)));
  }
  const own = said.tags.flatMap((tag) => textsOf(content, tag));
  const plain = section(content, said.step.online ? 'good-plain online' : 'good-plain');
  const core = own.length > 0 && lot < 0.85 ? chance.pick(own) : chance.pick(plain);
  const glad = said.satisfaction > 3 && chance.chance(0.25);
  return glad ? core + chance.pick(section(content, 'good-tail')) : core;
}

interface BadText {
  readonly text: string;
  readonly keepTags: boolean;
  readonly attribution: string;
}

function badText(
  content: DemoContent,
  chance: Random,
  { step, tags, verdict }: Said & { verdict: Voice['verdict'] },
): BadText {
  if (verdict === 'malicious') {
    return { text: chance.pick(section(content, 'malicious')), keepTags: true, attribution: 'staff' };
  }
  if (verdict === 'mistaken') {
    return { text: chance.pick(section(content, 'mistaken')), keepTags: true, attribution: 'window' };
  }
  if (tags.length === 0) {
    const plain = section(content, step.online ? 'bad-only online' : 'bad-only');
    const [attribution = '', text = ''] = chance.pick(plain).split(': ');
    return { text, keepTags: false, attribution };
  }
  if (!chance.chance(0.72)) return { text: '', keepTags: true, attribution: '' };
  if (chance.chance(0.1)) {
    return { text: chance.pick(section(content, 'bad-nothing')), keepTags: true, attribution: '' };
  }
  const core = chance.pick(textsOf(content, at(tags, 0)));
  const tail = chance.chance(0.35) ? chance.pick(section(content, 'bad-tail')) : '';
  return { text: core + tail, keepTags: true, attribution: '' };
}

function textsOf(content: DemoContent, tag: string): readonly string[] {
  return content.tags.find((entry) => entry.tag === tag)?.texts ?? [];
}

function section(content: DemoContent, title: string): readonly string[] {
  return content.texts.get(title) ?? [];
}
