import type { PatrolKit } from '../../src/conduct/inspection/desk-contract.ts';
import { el, fill } from '../ui/dom.ts';
import type { Entry, Refused } from './store.ts';
import { language, texts } from './texts.ts';

type Window = PatrolKit['windows'][number];
export type Rule = PatrolKit['rules'][number];

/** Whom a finding charges. */
export interface Subject {
  kind: 'window' | 'staff' | 'department';
  code: string;
  label: string;
}

/** What stands on the phone besides the choice of a window. */
export interface Standing {
  me: string;
  waiting: readonly Entry[];
  refused: readonly Refused[];
  /** Said on top, such as that the last one was sent. */
  said: string;
}

const MOST_SHOWN = 60;

/** The word in the reader's language. */
export function worded({ zh, en }: { zh: string; en: string }): string {
  return language() === 'en' ? en : zh;
}

/** A list that a search field above it narrows. */
function searched<T>(
  label: string,
  search: (text: string) => readonly T[],
  draw: (found: readonly T[]) => (Node | string)[],
): HTMLElement[] {
  const list = el('div', { class: 'list' });
  const input = el('input', { type: 'search', 'aria-label': label, placeholder: label, autocomplete: 'off' });
  const show = (): void => fill(list, ...draw(search(input.value.trim().toLowerCase())));
  input.addEventListener('input', show);
  show();
  return [input, list];
}

export function windowsScreen(
  kit: PatrolKit,
  standing: Standing,
  deeds: { choose: (window: Window) => void; sendNow: () => void; putAway: (id: string) => void },
): HTMLElement[] {
  const say = texts();
  const found = (text: string): readonly Window[] =>
    kit.windows.filter(({ code, name, departmentName }) =>
      `${code} ${name} ${departmentName}`.toLowerCase().includes(text),
    );
  const button = (window: Window): HTMLElement =>
    el(
      'button',
      { type: 'button', class: 'row', onclick: () => deeds.choose(window) },
      el('strong', {}, window.code),
      el('span', {}, window.name),
      el('small', {}, window.departmentName),
    );
  return [
    ...(standing.said ? [el('p', { class: 'said', role: 'status' }, standing.said)] : []),
    ...standingBlocks(standing, deeds),
    el('h1', {}, say.window),
    ...searched(say.findWindow, found, (windows) =>
      windows.length === 0 ? [el('p', {}, say.noWindow)] : windows.slice(0, MOST_SHOWN).map(button),
    ),
    el('p', { class: 'soft' }, say.scan),
  ];
}

function standingBlocks(
  { me, waiting, refused }: Standing,
  deeds: { sendNow: () => void; putAway: (id: string) => void },
): HTMLElement[] {
  const say = texts();
  const line = ({ title, photos, by }: Entry): HTMLElement =>
    el(
      'li',
      {},
      title,
      photos.length > 0 ? el('small', {}, ` ${say.photoCount(photos.length)}`) : null,
      by === me ? null : el('small', {}, ` ${say.others}`),
    );
  const no = ({ entry, sentence }: Refused): HTMLElement =>
    el(
      'li',
      {},
      el('strong', {}, entry.title),
      el('p', {}, sentence),
      el('button', { type: 'button', onclick: () => deeds.putAway(entry.id) }, say.putAway),
    );
  return [
    ...(waiting.length > 0
      ? [
          el(
            'section',
            { class: 'waiting' },
            el('h2', {}, say.waitingTitle),
            el('ul', {}, ...waiting.map(line)),
            el('button', { type: 'button', onclick: deeds.sendNow }, say.sendNow),
          ),
        ]
      : []),
    ...(refused.length > 0
      ? [
          el(
            'section',
            { class: 'refused' },
            el('h2', {}, say.refusedTitle),
            el('ul', {}, ...refused.map(no)),
          ),
        ]
      : []),
  ];
}

export function subjectsOf(window: Window): Subject[] {
  const say = texts();
  return [
    { kind: 'window', code: window.code, label: say.theWindow(window.code) },
    ...window.staff.map(({ no, name }) => ({ kind: 'staff' as const, code: no, label: `${name} ${no}` })),
    { kind: 'department', code: window.departmentCode, label: say.theDepartment(window.departmentName) },
  ];
}

/** Whom it charges, then by which rule: grouped by indicator, narrowed by words. */
export function rulesScreen(
  kit: PatrolKit,
  window: Window,
  deeds: { choose: (subject: Subject, rule: Rule) => void; back: () => void },
): HTMLElement[] {
  const say = texts();
  const subjects = subjectsOf(window);
  let subject = subjects[0] as Subject;
  const fits = ({ code }: Rule): boolean => subject.kind !== 'staff' || !code.startsWith('stationing.');
  const [input, list] = searched(
    say.findRule,
    (text) =>
      kit.rules.filter(
        (rule) => fits(rule) && `${rule.code} ${rule.name.zh} ${rule.name.en}`.toLowerCase().includes(text),
      ),
    (rules) =>
      rules.length === 0 ? [el('p', {}, say.noRule)] : groups(rules, (rule) => deeds.choose(subject, rule)),
  ) as [HTMLInputElement, HTMLElement];
  const radios = subjects.map((one, index) => {
    const radio = el('input', { type: 'radio', name: 'subject', ...(index === 0 ? { checked: true } : {}) });
    radio.addEventListener('change', () => {
      subject = one;
      input.dispatchEvent(new Event('input'));
    });
    return el('label', { class: 'choice' }, radio, one.label);
  });
  return [
    backButton(deeds.back),
    el('h1', {}, `${window.code} ${window.name}`),
    el('fieldset', {}, el('legend', {}, say.whom), ...radios),
    el('h2', {}, say.rule),
    el('p', { class: 'soft' }, say.ruleOn(kit.on)),
    input,
    list,
  ];
}

function groups(rules: readonly Rule[], choose: (rule: Rule) => void): HTMLElement[] {
  const say = texts();
  return [...new Set(rules.map(({ part }) => part))].flatMap((part) => {
    const own = rules.filter((rule) => rule.part === part);
    const [first] = own;
    return [
      el('h3', {}, first ? worded(first.partName) : part),
      ...own.map((rule) =>
        el(
          'button',
          { type: 'button', class: 'row', onclick: () => choose(rule) },
          el('strong', {}, worded(rule.name)),
          el('small', {}, rule.veto ? `${rule.points} · ${say.veto}` : rule.points),
        ),
      ),
    ];
  });
}

export function backButton(back: () => void): HTMLElement {
  return el('button', { type: 'button', class: 'back', onclick: back }, texts().back);
}
