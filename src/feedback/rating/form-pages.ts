import type { Day } from '../../kernel/day.ts';
import { layout, type PageParts, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { pageWords } from './page-words.ts';
import {
  DIMENSIONS,
  type Dimension,
  isGood,
  LEVELS,
  type Level,
  type NationalRules,
  type Tag,
  tagsOf,
} from './rating.ts';

/** What the form holds: nothing at first, what was sent when it comes back. */
export interface FormValues {
  readonly satisfaction?: string | undefined;
  readonly tags: ReadonlySet<string>;
  readonly text: string;
  readonly anonymous: boolean;
  readonly scores: Readonly<Partial<Record<Dimension, string | undefined>>>;
}

export const EMPTY_FORM: FormValues = { tags: new Set(), text: '', anonymous: false, scores: {} };

export interface FormPage {
  readonly view: View;
  readonly rules: NationalRules;
  readonly on: Day;
  readonly textLimit: number;
  /** "您 6月1日 10:20 在 T01 窗口办理的…" */
  readonly matter: Html | string;
  /** the submission's own id, hidden in the form */
  readonly id: Html | string;
  readonly values: FormValues;
  /** what a page in somebody else's frame brings along */
  readonly parts?: PageParts | undefined;
  /** what was wrong with the last attempt, and the field to go to */
  readonly error?: { readonly message: string; readonly field: string } | undefined;
}

/**
 * The rating form: one question, and what belongs to the answer opened by CSS alone. Nothing is chosen
 * beforehand, the five choices are equal, and one post carries everything (GB/T 39735; no script needed).
 */
export function formPage(page: FormPage): Html {
  const words = pageWords(page.view.lang);
  const { error } = page;
  const title = error ? `${words.error.title} · ${words.rate.title}` : words.rate.title;
  return layout(
    page.view,
    title,
    html`
      ${error ? errorBox(words.error.heading, error) : ''}
      <h1>${page.matter}</h1>
      <form method="post" autocomplete="off">
        <input type="hidden" name="id" value="${page.id}">
        <fieldset>
          <legend>${words.rate.question}</legend>
          ${levelsAndTags(page)}
          ${restSection(page)}
        </fieldset>
      </form>
    `,
    page.parts,
  );
}

/** What the choices hang on; other forms that ask for a level have them too. */
export type Choices = Pick<FormPage, 'view' | 'rules' | 'on' | 'values'>;

/** The five levels, equal and none chosen, and the tags of each, which open with it. */
export function levelsAndTags(page: Choices): Html {
  return html`
    ${LEVELS.map((level) => levelChoice(page, level))}
    ${LEVELS.map((level) => tagSection(page, level))}
  `;
}

export function errorBox(heading: string, error: { message: string; field: string }): Html {
  return html`
    <div class="error" role="alert" tabindex="-1" autofocus>
      <h2>${heading}</h2>
      <p><a href="#${anchorOf(error.field)}">${error.message}</a></p>
    </div>
  `;
}

function anchorOf(field: string): string {
  if (field === 'writingEvaluation') return 'text';
  if (field === 'evalDetail') return 'tags';
  if (field === 'phone' || field === 'name') return field;
  return 's5';
}

const mouths: Readonly<Record<Level, string>> = {
  5: 'M10 19q6 9 12 0z',
  4: 'M10 20q6 5 12 0',
  3: 'M11 21h10',
  2: 'M10 23q6-5 12 0',
  1: 'M10 25q6-9 12 0z',
};

function levelChoice({ rules, view, values }: Choices, level: Level): Html {
  const checked = values.satisfaction === String(level) ? raw(' checked') : '';
  const id = `s${level}`;
  return html`
    <input class="pick" type="radio" name="satisfaction" id="${id}" value="${level}" required${checked}>
    <label class="level" for="${id}">
      <svg class="face" viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="16" r="14"/>
        <path d="M11 11v3m10-3v3"/>
        <path d="${mouths[level]}"/>
      </svg>
      <span>${rules.levels.get(level)?.[view.lang]}</span>
    </label>
  `;
}

function tagSection(page: Choices, level: Level): Html {
  const words = pageWords(page.view.lang);
  const tags = tagsOf(level, page.on, page.rules);
  const box = (tag: Tag): Html => tagBox(page, tag);
  const extended = tags.filter((tag) => tag.group === 'extended');
  const open = extended.some((tag) => page.values.tags.has(String(tag.code))) ? raw(' open') : '';
  const here = page.values.satisfaction === String(level) ? raw(' id="tags" tabindex="-1"') : '';
  return html`
    <div class="part t${level}">
      <fieldset${here}>
        <legend>${words.tagQuestion[level]}</legend>
        ${isGood(level) ? '' : html`<p class="soft">${words.reasonHint}</p>`}
        ${tags.filter((tag) => tag.group === 'core').map(box)}
        <details${open}>
          <summary>${words.rate.more}</summary>
          ${extended.map(box)}
        </details>
      </fieldset>
    </div>
  `;
}

function tagBox({ view, values }: Choices, tag: Tag): Html {
  const checked = values.tags.has(String(tag.code)) ? raw(' checked') : '';
  return html`
    <label class="tick">
      <input type="checkbox" name="evalDetail" value="${tag.code}"${checked}>
      <span>${tag.words[view.lang]}</span>
    </label>
  `;
}

function restSection(page: FormPage): Html {
  const words = pageWords(page.view.lang);
  const { values } = page;
  const scored = DIMENSIONS.some((dimension) => values.scores[dimension]);
  const limit = page.textLimit;
  return html`
    <div class="part rest">
      <label class="above" for="text">${words.text.label}</label>
      <p class="soft" id="text-hint">${words.text.hint(limit)}</p>
      ${textBox(values.text, limit)}
      <details${scored ? raw(' open') : ''}>
        <summary>${words.dimensions.summary}</summary>
        <p class="soft">${words.dimensions.hint}</p>
        ${DIMENSIONS.map((dimension) => scoreRow(page, dimension))}
      </details>
      <label class="tick">
        <input type="checkbox" name="anonymous" value="1" aria-describedby="real"${
          values.anonymous ? raw(' checked') : ''
        }>
        <span>${words.anonymous}</span>
      </label>
      <p class="soft" id="real">${words.rate.realName}</p>
      ${contactSection(page)}
      <button>${words.rate.submit}</button>
      <p class="soft">${words.rate.privacy}</p>
    </div>
  `;
}

/** What was typed isn't sent back: the next at a shared screen would read it. */
function contactSection({ view, error }: FormPage): Html {
  const { contact: say } = pageWords(view.lang);
  const open = error?.field === 'phone' || error?.field === 'name' ? raw(' open') : '';
  return html`
    <details${open}>
      <summary>${say.summary}</summary>
      <p class="soft">${say.hint}</p>
      <label class="above" for="name">${say.name}</label>
      <input type="text" id="name" name="name" maxlength="60">
      <label class="above" for="phone">${say.phone}</label>
      <input type="text" id="phone" name="phone" maxlength="40">
    </details>
  `;
}

/** A line break right after the tag belongs to the tag, so that a text may begin with one. */
export function textBox(text: string, limit: number): Html {
  const about = html`maxlength="${limit}" aria-describedby="text-hint"`;
  return html`<textarea id="text" name="writingEvaluation" ${about}>${raw('\n')}${text}</textarea>`;
}

function scoreRow({ rules, view, values }: FormPage, dimension: Dimension): Html {
  const words = pageWords(view.lang);
  const dot = (value: string, label: string): Html => {
    const id = `${dimension}${value}`;
    const checked = value !== '' && values.scores[dimension] === value ? raw(' checked') : '';
    return html`
      <input class="pick" type="radio" name="${dimension}" id="${id}" value="${value}"${checked}>
      <label class="dot" for="${id}">${label}</label>
    `;
  };
  return html`
    <fieldset>
      <legend>${rules.dimensions.get(dimension)?.[view.lang]}</legend>
      <div class="dots">
        ${['1', '2', '3', '4', '5'].map((value) => dot(value, value))}
        ${dot('', words.dimensions.none)}
      </div>
    </fieldset>
  `;
}
