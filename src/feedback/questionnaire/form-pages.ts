import { type FieldError, sentence } from '../../kernel/refusal.ts';
import { layout, query, sheetOf, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import type { Content, Question, Words } from './content-contract.ts';
import { sheetWords } from './page-words.ts';
import { type Answers, chosenFor, type Page, pathOf } from './path.ts';
import { questionsOf, skipsOf, valuesOf, wordsIn } from './questionnaire.ts';

const style = sheetOf('questionnaire.css');

/** Policy parts of these pages: their own few styles. */
export const SHEET_PARTS = { sheet: style };

/** A page of a sheet that is being filled in. */
export interface SheetPage {
  readonly view: View;
  readonly windowCode: string;
  readonly content: Content;
  readonly textLimit: number;
  readonly action: string;
  readonly answers: Answers;
  readonly pages: readonly Page[];
  /** which of the pages */
  readonly at: number;
  /** the form's own id */
  readonly formId: string;
  readonly faults: readonly FieldError[];
  readonly answeredToday: boolean;
}

/** One page of questions; what stands on the others travels along, out of sight. */
export function sheetPage(page: SheetPage): Html {
  const { view, content, pages, at, faults } = page;
  const say = sheetWords(view.lang);
  const { section = 0, questions = [] } = pages[at] ?? {};
  const title = text(content.title, view);
  const heading = content.sections[section]?.title;
  const order = new Map(pathOf(content, page.answers).map(({ id }, place) => [id, place]));
  return layout(
    view,
    faults.length > 0
      ? `${say.wrong} · ${wordsIn(content.title, view.lang)}`
      : wordsIn(content.title, view.lang),
    html`
      ${faults.length > 0 ? problems(page, questions) : ''}
      <h1>${title}</h1>
      <p class="soft">${say.here(page.windowCode)} · ${say.page(at + 1)}</p>
      ${at === 0 ? begin(page) : ''}
      ${heading && heading.zh !== '' ? html`<h2>${text(heading, view)}</h2>` : ''}
      <form method="post" action="${page.action}?${raw(query(view))}" autocomplete="off" class="sheet">
        <input type="hidden" name="_id" value="${page.formId}">
        <input type="hidden" name="_at" value="${questions[0]?.id ?? ''}">
        ${elsewhere(page, questions)}
        ${questions.map((question) => questionBlock(page, question, (order.get(question.id) ?? 0) + 1))}
        <button name="_do" value="next">${isLast(page) ? say.send : say.next}</button>
        ${at > 0 ? raw(`<button name="_do" value="back" class="second">${say.back}</button>`) : ''}
      </form>
    `,
    SHEET_PARTS,
  );
}

/** The last page for now: its own answers may still lead further. */
function isLast({ pages, at, content }: SheetPage): boolean {
  const last = pages[at]?.questions.at(-1);
  const order = questionsOf(content);
  return at === pages.length - 1 && (last === undefined || last.id === order.at(-1)?.id);
}

function begin({ view, content, answeredToday }: SheetPage): Html {
  const say = sheetWords(view.lang);
  return html`
    ${content.intro.zh === '' ? '' : html`<p class="lines">${text(content.intro, view)}</p>`}
    <p class="soft">${say.privacy}</p>
    ${answeredToday ? html`<div class="note"><p>${say.answered}</p></div>` : ''}
  `;
}

/** Words in the reader's language; where there are Chinese ones only, a screen reader is told. */
function text(words: Words, view: View): Html {
  const shown = wordsIn(words, view.lang);
  const foreign = view.lang === 'en' && words.en === '' && words.zh !== '';
  return foreign ? html`<span lang="zh-CN">${shown}</span>` : html`${shown}`;
}

function problems({ view, faults, content }: SheetPage, shown: readonly Question[]): Html {
  const say = sheetWords(view.lang);
  const lines = faults.map(({ field, code, params }) => {
    const question = questionsOf(content).find(({ id }) => id === field);
    const told = sentence(code, view.lang, params);
    const label = question ? `${wordsIn(question.title, view.lang)}` : '';
    const here = shown.find(({ id }) => id === field);
    const line = label === '' ? told : `${label} ${told}`;
    return html`<li>${here ? html`<a href="#${controlOf(here)}">${line}</a>` : line}</li>`;
  });
  return html`
    <div class="error" role="alert" tabindex="-1" autofocus>
      <p><strong>${say.wrong}</strong></p>
      <ul>${lines}</ul>
    </div>
  `;
}

function controlOf(question: Question): string {
  return question.kind === 'text' ? question.id : `${question.id}-${valuesOf(question)[0]}`;
}

/** Answers of the other pages, so that going back and forth loses nothing. */
function elsewhere({ content, answers }: SheetPage, shown: readonly Question[]): Html[] {
  const here = new Set(shown.map((question) => question.id));
  return questionsOf(content).flatMap((question) =>
    here.has(question.id)
      ? []
      : chosenFor(answers, question).map(
          (value) => html`<input type="hidden" name="${question.id}" value="${value}">`,
        ),
  );
}

/** What a question needs of its page. */
type Around = Pick<SheetPage, 'view' | 'answers' | 'faults' | 'textLimit'>;

function questionBlock(page: Around, question: Question, place: number): Html {
  const { view, answers, faults } = page;
  const say = sheetWords(view.lang);
  const fault = faults.find(({ field }) => field === question.id);
  const title = html`${place}. ${text(question.title, view)}${question.required ? '' : say.optional}`;
  const wrong = fault
    ? html`<p class="wrong" id="${question.id}-wrong">${sentence(fault.code, view.lang, fault.params)}</p>`
    : '';
  const described = fault ? raw(` aria-describedby="${question.id}-wrong"`) : raw('');
  if (question.kind === 'text') {
    return html`
      <div class="ask">
        <label class="above" for="${question.id}">${title}</label>
        <p class="soft" id="${question.id}-hint">
          ${question.suggestion ? say.suggestion : say.textHint(page.textLimit)}
        </p>
        ${wrong}
        <textarea id="${question.id}" name="${question.id}" maxlength="${page.textLimit}" rows="4"
          aria-describedby="${question.id}-hint${fault ? ` ${question.id}-wrong` : ''}"
        >${chosenFor(answers, question)[0] ?? ''}</textarea>
      </div>
    `;
  }
  return html`
    <fieldset class="ask"${described}>
      <legend>${title}</legend>
      ${wrong}
      ${choices(page, question)}
    </fieldset>
  `;
}

function choices(page: Around, question: Exclude<Question, { kind: 'text' }>): Html {
  const { view, answers } = page;
  const say = sheetWords(view.lang);
  const chosen = chosenFor(answers, question);
  const pass = question.required ? '' : passTick(question, chosen, say.pass);
  if (question.kind === 'scale' || question.kind === 'nps')
    return html`${dots(view, question, chosen)}${pass}`;
  const { options, kind } = question;
  const many = kind === 'multiple';
  return html`
    ${many && question.most !== null ? html`<p class="soft">${say.most(question.most)}</p>` : ''}
    ${options.map(
      ({ id, label }) => html`
        <label class="tick">
          <input type="${many ? 'checkbox' : 'radio'}" id="${question.id}-${id}" name="${question.id}"
            value="${id}"${chosen.includes(id) ? raw(' checked') : ''}>
          <span>${text(label, view)}</span>
        </label>
      `,
    )}
    ${many ? '' : pass}
  `;
}

/** A radio that was chosen can't be taken back without a script; this takes it back. */
function passTick(question: Question, chosen: readonly string[], label: string): Html {
  return html`
    <label class="tick pass">
      <input type="radio" name="${question.id}" value=""${chosen.length === 0 ? raw(' checked') : ''}>
      <span>${label}</span>
    </label>
  `;
}

function dots(
  view: View,
  question: Extract<Question, { kind: 'scale' | 'nps' }>,
  chosen: readonly string[],
): Html {
  const say = sheetWords(view.lang);
  const scale = question.kind === 'scale';
  const low = scale ? wordsIn(question.low, view.lang) : say.nps.low;
  const high = scale ? wordsIn(question.high, view.lang) : say.nps.high;
  const values = valuesOf(question);
  const first = values[0];
  const last = values.at(-1);
  return html`
    <p class="ends"><span>${low}</span><span>${high}</span></p>
    <div class="dots">
      ${values.map((value) => {
        const ends = value === first ? low : value === last ? high : '';
        const name = ends === '' ? value : say.point(value, ends, '');
        return html`
          <input class="pick" type="radio" id="${question.id}-${value}" name="${question.id}"
            value="${value}" aria-label="${name}"${chosen.includes(value) ? raw(' checked') : ''}>
          <label class="dot" for="${question.id}-${value}">${value}</label>
        `;
      })}
    </div>
  `;
}

/** Several are open: one is chosen. */
export function choicePage(view: View, page: { windowCode: string; links: readonly OpenLink[] }): Html {
  const say = sheetWords(view.lang);
  return layout(
    view,
    say.choose.title,
    html`
      <h1>${say.choose.title}</h1>
      <p>${say.here(page.windowCode)} · ${say.choose.text}</p>
      ${page.links.map(
        ({ href, title }) =>
          html`<p><a class="tick" href="${href}?${raw(query(view))}">${text(title, view)}</a></p>`,
      )}
    `,
    SHEET_PARTS,
  );
}

interface OpenLink {
  readonly href: string;
  readonly title: Words;
}

/** A heading, a sentence, and where to go on. */
export function shortPage(
  view: View,
  page: { title: string; lines: readonly string[]; links: readonly { href: string; label: string }[] },
): Html {
  return layout(
    view,
    page.title,
    html`
      <h1>${page.title}</h1>
      ${page.lines.map((line) => html`<p>${line}</p>`)}
      ${page.links.map(
        ({ href, label }) => html`<p><a class="button" href="${href}?${raw(query(view))}">${label}</a></p>`,
      )}
    `,
    SHEET_PARTS,
  );
}

/** The draft as citizens will see it, all questions in a row with what leads where. */
export function previewPage(view: View, content: Content, textLimit: number): Html {
  const say = sheetWords(view.lang);
  const order = new Map(questionsOf(content).map((question, at) => [question.id, at + 1]));
  const around: Around = { view, answers: {}, faults: [], textLimit };
  const leads = (question: Question): Html[] =>
    skipsOf(question).map(({ values, to }) => {
      const target = order.get(to);
      const where = target === undefined ? say.preview.end : `${target}`;
      const named = values.map((one) => nameOf(question, one, view)).join('、');
      return html`<p class="skip">${say.preview.skip(named, where)}</p>`;
    });
  return layout(
    view,
    wordsIn(content.title, view.lang),
    html`
      <div class="note"><p>${say.preview.note}</p></div>
      <h1>${text(content.title, view)}</h1>
      ${content.intro.zh === '' ? '' : html`<p class="lines">${text(content.intro, view)}</p>`}
      <p class="soft">${say.privacy}</p>
      ${content.sections.map(
        ({ title, questions }) => html`
          ${title.zh === '' ? '' : html`<h2>${text(title, view)}</h2>`}
          <div class="sheet">
            ${questions.map(
              (question) =>
                html`${questionBlock(around, question, order.get(question.id) ?? 0)}${leads(question)}`,
            )}
          </div>
        `,
      )}
    `,
    SHEET_PARTS,
  );
}

function nameOf(question: Question, value: string, view: View): string {
  if (question.kind !== 'single' && question.kind !== 'multiple') return value;
  const option = question.options.find(({ id }) => id === value);
  return option ? wordsIn(option.label, view.lang) : value;
}
