import type { KioskWords, ShownInvitationView } from '../../src/feedback/rating/kiosk-contract.ts';
import type { Lang } from '../../src/kernel/lang.ts';
import { el } from '../ui/dom.ts';
import { face } from './face.ts';
import { textsOf } from './texts.ts';

/** Name and phone of whoever wants to be contacted, as they are typed. */
export interface Wish {
  name: string;
  phone: string;
}

/** What was good or wrong about a level, and what of it was entered so far. */
export interface Reasons {
  name: 'reasons';
  view: ShownInvitationView;
  level: number;
  tags: number[];
  text: string;
  /** null where nobody wants to be contacted */
  wish: Wish | null;
  fault: boolean;
}

/** What is on the screen. Each is drawn whole from its name and what it needs. */
export type Screen =
  | { name: 'insecure' | 'storeless' }
  | { name: 'pairing'; fault: string; away: boolean }
  | { name: 'idle' }
  | { name: 'asking'; view: ShownInvitationView }
  | Reasons
  | { name: 'contact'; reasons: Reasons; wish: Wish; fault: boolean }
  | { name: 'thanks'; here: boolean }
  | { name: 'already' }
  | { name: 'full' };

/** What a screen may set off. */
export interface Deeds {
  pair(code: string): void;
  choose(level: number): void;
  back(): void;
  /** Name and phone are asked for. */
  contact(): void;
  submit(): void;
  tryAgain(): void;
}

export interface Around {
  lang: Lang;
  words: KioskWords | undefined;
  place: { windowCode: string; windowName: string };
  /** A questionnaire is open at the window, and the server can be reached. */
  survey: boolean;
  /** The server can be reached: nothing personal is asked for that would wait on a device of many. */
  online: boolean;
}

/** The words of the matter as they are shown and read: what, where and when, and nobody's name. */
export function matterOf(view: ShownInvitationView, lang: Lang): string {
  const [, year = '', month = '', day = '', time = ''] =
    /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(view.serviceTime) ?? [];
  const date = lang === 'en' ? `${year}-${month}-${day}` : `${Number(month)}月${Number(day)}日`;
  return textsOf(lang).matter(`${date} ${time}`, view.windowCode, view.taskName);
}

/** The content of the screen. */
export function draw(screen: Screen, around: Around, deeds: Deeds): Node[] {
  const texts = textsOf(around.lang);
  switch (screen.name) {
    case 'insecure':
      return [middle(texts.insecure, texts.insecureText)];
    case 'storeless':
      return [middle(texts.product, texts.storeless)];
    case 'pairing':
      return [pairing(screen, around, deeds)];
    case 'idle':
      return [idle(around)];
    case 'asking':
      return asking(screen.view, around, deeds);
    case 'reasons':
      return [reasons(screen, around, deeds)];
    case 'contact':
      return [contact(screen, around, deeds)];
    case 'thanks':
      return [middle(texts.thanks, screen.here ? texts.keptHere : texts.kept)];
    case 'already':
      return [middle(texts.already, texts.alreadyText)];
    case 'full':
      return [
        middle(
          texts.full,
          texts.fullText,
          el('button', { type: 'button', class: 'primary', onclick: deeds.tryAgain }, texts.tryAgain),
        ),
      ];
  }
}

function middle(title: string, text: string, more: Node | null = null): Node {
  return el(
    'div',
    { class: 'middle', role: 'status' },
    el('h1', { class: 'big' }, title),
    el('p', {}, text),
    more && el('p', {}, more),
  );
}

function idle({ lang, place, survey }: Around): Node {
  const texts = textsOf(lang);
  return el(
    'div',
    { class: 'middle' },
    el('h1', { class: 'number' }, place.windowCode),
    el('p', { class: 'place' }, place.windowName),
    el('p', {}, texts.idle),
    survey ? surveyButton(lang) : null,
  );
}

function surveyButton(lang: Lang): Node {
  const onclick = () => location.assign(`/q/tablet?lang=${lang}`);
  return el('p', {}, el('button', { type: 'button', class: 'second', onclick }, textsOf(lang).survey));
}

function pairing({ fault, away }: { fault: string; away: boolean }, { lang }: Around, deeds: Deeds): Node {
  const texts = textsOf(lang);
  const code = el('input', {
    class: 'code',
    id: 'code',
    maxlength: '12',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
  });
  const form = el(
    'form',
    { class: 'middle' },
    el('h1', {}, texts.pairTitle),
    el('p', {}, texts.pairText),
    el('p', { class: 'fault', role: 'alert' }, away ? texts.pairAway : fault),
    el('p', {}, el('label', { for: 'code' }, texts.pairCode), code),
    el('button', { class: 'primary', type: 'submit' }, texts.pair),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    deeds.pair(code.value);
  });
  return form;
}

function asking(view: ShownInvitationView, { lang, words }: Around, deeds: Deeds): Node[] {
  const texts = textsOf(lang);
  const levels = (words?.levels ?? []).map(({ code, words: word }) =>
    el('li', {}, el('button', { type: 'button', onclick: () => deeds.choose(code) }, face(code), word[lang])),
  );
  return [
    el('p', { class: 'matter' }, matterOf(view, lang)),
    el('h1', { class: 'question' }, texts.question),
    el('ul', { class: 'levels' }, ...levels),
    el('p', { class: 'privacy' }, texts.privacy),
  ];
}

function reasons(screen: Reasons, around: Around, deeds: Deeds): Node {
  const { lang, words } = around;
  const texts = textsOf(lang);
  const level = words?.levels.find(({ code }) => code === screen.level);
  const limit = words?.textLimit ?? 0;
  const counter = el('span', {}, texts.left([...screen.text].length, limit));
  const text = el('textarea', { id: 'text' });
  text.value = screen.text;
  text.addEventListener('input', () => {
    // Characters as people count them; what is too long isn't taken in at all.
    const signs = [...text.value];
    if (signs.length > limit) text.value = signs.slice(0, limit).join('');
    counter.textContent = texts.left(Math.min(signs.length, limit), limit);
    screen.text = text.value;
  });
  const question = level?.good ? texts.what : texts.why;
  return el(
    'div',
    { class: 'reasons' },
    el(
      'div',
      { class: 'row' },
      el('h1', { class: 'question' }, texts.chosen(level?.words[lang] ?? '')),
      screen.fault ? el('p', { class: 'fault', role: 'alert' }, texts.needReason) : el('p', {}, question),
    ),
    el('fieldset', { class: 'tags' }, el('legend', {}, question), ...tagsOf(screen, around)),
    el(
      'div',
      { class: 'words' },
      el('div', { class: 'row' }, el('label', { for: 'text' }, texts.text), counter),
      text,
    ),
    el(
      'div',
      { class: 'steps' },
      el('button', { type: 'button', class: 'second', onclick: deeds.back }, texts.back),
      around.online || screen.wish
        ? el(
            'button',
            { type: 'button', class: 'wish', onclick: deeds.contact },
            screen.wish ? texts.contacted : texts.contact,
          )
        : null,
      el('button', { type: 'button', class: 'primary', onclick: deeds.submit }, texts.submit),
    ),
  );
}

/** Name and phone, for whoever wants an answer; both empty means nobody does. */
function contact(screen: Extract<Screen, { name: 'contact' }>, { lang }: Around, deeds: Deeds): Node {
  const texts = textsOf(lang);
  const field = (name: keyof Wish, most: string) => {
    const input = el('input', { id: name, maxlength: most, autocomplete: 'off', spellcheck: 'false' });
    if (name === 'phone') input.inputMode = 'tel';
    input.value = screen.wish[name];
    input.addEventListener('input', () => {
      screen.wish[name] = input.value;
    });
    return el('p', {}, el('label', { for: name }, texts.wish[name]), input);
  };
  const steps = el(
    'div',
    { class: 'steps' },
    el('button', { type: 'button', class: 'second', onclick: deeds.back }, texts.noContact),
    el('button', { type: 'submit', class: 'primary' }, texts.keepContact),
  );
  const form = el(
    'form',
    { class: 'contact' },
    el('h1', { class: 'question' }, texts.contact),
    el(
      'p',
      screen.fault ? { class: 'fault', role: 'alert' } : {},
      screen.fault ? texts.noPhone : texts.wishHint,
    ),
    field('phone', '40'),
    field('name', '60'),
    steps,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    deeds.submit();
  });
  return form;
}

/** What is ticked stays with the screen, so that another size or language of text loses nothing. */
function tagsOf(screen: Reasons, { lang, words }: Around): Node[] {
  const tags = (words?.tags ?? []).filter((tag) => tag.level === screen.level);
  return tags.map(({ code, words: word }) => {
    const on = screen.tags.includes(code);
    const box = el('input', { type: 'checkbox', value: String(code), checked: on });
    const label = el('label', on ? { class: 'on' } : {}, box, word[lang]);
    box.addEventListener('change', () => {
      const others = screen.tags.filter((one) => one !== code);
      screen.tags = box.checked ? [...others, code].sort() : others;
      label.classList.toggle('on', box.checked);
    });
    return label;
  });
}
