import { deskRules } from '../../feedback/stuck-matter/index.ts';
import { SPOKEN_KINDS } from '../../feedback/voice/index.ts';
import { dayOf, formatMoment } from '../../kernel/day.ts';
import { type Refusal, sentence } from '../../kernel/refusal.ts';
import { layout, type PageParts, query, sheetOf, type View } from '../../platform/citizen-page.ts';
import { FILE_TYPES } from '../../platform/file-type.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { fileLimits } from '../../platform/stored-file.ts';
import { sayWords } from './page-words.ts';
import type { Progress, SaidReceipt } from './say-actions.ts';
import { MOST, type SayForm } from './say-contract.ts';

const MEGABYTE = 1024 * 1024;
const ACCEPTED = FILE_TYPES.map((type) => `.${type}`).join(',');

/** What the pages of speaking up bring along: a style of their own. */
export const PARTS: PageParts = { sheet: sheetOf('say.css') };

/** The form for whatever somebody has to say, empty or as it was sent. */
export interface SayPage {
  readonly view: View;
  readonly id: string;
  readonly now: Date;
  /** the window whose sign was scanned */
  readonly sign?:
    | {
        readonly code: string;
        readonly windowCode: string;
        readonly windowName: string;
        readonly departmentName: string;
      }
    | undefined;
  readonly departments: readonly { code: string; name: string }[];
  readonly values: SayForm;
  readonly error?: Refusal;
  /** the file that was refused, by the name that it came with */
  readonly refusedFile?: string;
  /** files came along and weren't kept: a page can't choose them again */
  readonly lost?: boolean;
}

export function sayPage(page: SayPage): Html {
  const { view, sign, error, id, values } = page;
  const { say } = sayWords(view.lang);
  const action = `/say?${query(view)}${sign ? `&sign=${sign.code}` : ''}`;
  return layout(
    view,
    error ? `${say.wrong} · ${say.title}` : say.title,
    html`
      ${error ? problem(page, error) : ''}
      <h1>${say.title}</h1>
      <p>${say.text}</p>
      ${sign ? html`<p class="note">${say.atWindow(`${sign.windowCode} ${sign.windowName}`)}</p>` : ''}
      <form method="post" action="${action}" enctype="multipart/form-data" autocomplete="off">
        <input type="hidden" name="id" value="${id}">
        ${kindChoice(page)}
        ${categoryChoice(page)}
        ${sign ? aboutChoice(page) : departmentChoice(page)}
        ${area(view, values.text ?? '')}
        ${fileChoice(page)}
        ${disciplineTick(page)}
        ${field(view, 'projectNo', values.projectNo ?? '')}
        ${field(view, 'name', '')}
        ${field(view, 'phone', '')}
        <p class="soft">${say.privacy}</p>
        <button>${say.submit}</button>
      </form>
      ${exclusions(page)}
      <p><a href="/follow?${raw(query(view))}">${say.toFollow}</a></p>
    `,
    PARTS,
  );
}

function problem({ view, refusedFile }: SayPage, error: Refusal): Html {
  const field = error.field ?? 'text';
  const anchor = field === 'subjectCode' ? 'department' : field;
  const named = refusedFile === undefined ? '' : sayWords(view.lang).say.fileNamed(refusedFile.slice(0, 120));
  return html`
    <div class="error" role="alert" tabindex="-1" autofocus>
      <h2>${sayWords(view.lang).say.wrong}</h2>
      <p><a href="#${anchor}">${named}${sentence(error.code, view.lang, error.params)}</a></p>
    </div>
  `;
}

function kindChoice({ view, values }: SayPage): Html {
  const { say } = sayWords(view.lang);
  const one = (kind: (typeof SPOKEN_KINDS)[number], at: number): Html => html`
    <label class="tick">
      <input type="radio" name="kind" value="${kind}"${at === 0 ? raw(' id="kind"') : ''}${
        values.kind === kind ? raw(' checked') : ''
      }>
      <span>${say.kinds[kind].name}<small>${say.kinds[kind].hint}</small></span>
    </label>
  `;
  return html`<fieldset><legend>${say.question}</legend>${SPOKEN_KINDS.map(one)}</fieldset>`;
}

function categoryChoice({ view, values, now }: SayPage): Html {
  const { say } = sayWords(view.lang);
  const choices = deskRules(dayOf(now)).categories.map(({ code, words }) => ({
    code,
    name: words[view.lang],
  }));
  return html`
    <div class="stuck">
      <label class="above" for="category">${say.category}</label>
      <p class="soft" id="category-hint">${say.categoryHint}</p>
      ${select({ id: 'category', chosen: values.category, empty: say.none, choices })}
    </div>
  `;
}

function departmentChoice({ view, values, departments }: SayPage): Html {
  const { say } = sayWords(view.lang);
  return html`
    <label class="above" for="department">${say.department}</label>
    <p class="soft" id="department-hint">${say.departmentHint}</p>
    ${select({
      id: 'department',
      chosen: values.department,
      empty: say.aboutNothing,
      choices: departments,
    })}
  `;
}

function select(given: {
  id: string;
  chosen: string | undefined;
  empty: string;
  choices: readonly { code: string; name: string }[];
}): Html {
  const { id, chosen, empty, choices } = given;
  return html`
    <select id="${id}" name="${id}" aria-describedby="${id}-hint">
      <option value="">${empty}</option>
      ${choices.map(
        ({ code, name }) =>
          html`<option value="${code}"${code === chosen ? raw(' selected') : ''}>${name}</option>`,
      )}
    </select>
  `;
}

/** At a sign: this window, its department, or something else; the window is meant where nothing is said. */
function aboutChoice({ view, sign, values }: SayPage): Html {
  const { say } = sayWords(view.lang);
  const chosen = values.about ?? 'window';
  const one = (value: string, name: string): Html => html`
    <label class="tick">
      <input type="radio" name="about" value="${value}"${value === chosen ? raw(' checked') : ''}>
      <span>${name}</span>
    </label>
  `;
  return html`
    <fieldset>
      <legend>${say.about}</legend>
      ${one('window', say.aboutWindow(sign?.windowCode ?? ''))}
      ${one('department', say.aboutDepartment(sign?.departmentName ?? ''))}
      ${one('nothing', say.aboutNothing)}
    </fieldset>
  `;
}

function area(view: View, text: string): Html {
  const { say } = sayWords(view.lang);
  return html`
    <label class="above" for="text">${say.body}</label>
    <p class="soft" id="text-hint">${say.bodyHint(MOST.text)}</p>
    <textarea id="text" name="text" maxlength="${MOST.text}"
      aria-describedby="text-hint">${raw('\n')}${text}</textarea>
  `;
}

/** Pictures and papers; by the same rule as everywhere, and judged by what they are. */
function fileChoice({ view, now, lost }: SayPage): Html {
  const { say } = sayWords(view.lang);
  const { bytes, count } = fileLimits(now);
  return html`
    <label class="above" for="file">${say.files}</label>
    <p class="soft" id="file-hint">${say.filesHint(count, bytes / MEGABYTE)}</p>
    ${lost ? html`<p><strong>${say.filesAgain}</strong></p>` : ''}
    <input type="file" id="file" name="file" multiple accept="${ACCEPTED}" aria-describedby="file-hint">
  `;
}

/** The files that came with a form, by name. */
export function receivedFiles(view: View, files: Progress['files']): Html {
  if (files.length === 0) return html``;
  const { follow: say } = sayWords(view.lang);
  return html`
    <h2>${say.files(files.length)}</h2>
    <ul class="names">${files.map(({ name }) => html`<li>${name}</li>`)}</ul>
  `;
}

function disciplineTick({ view, values }: SayPage): Html {
  const { say } = sayWords(view.lang);
  return html`
    <label class="tick">
      <input type="checkbox" name="discipline" value="1"${values.discipline === '1' ? raw(' checked') : ''}>
      <span>${say.discipline}<small>${say.disciplineHint}</small></span>
    </label>
  `;
}

/** Name and phone are never said back, also not on a page that was refused. */
function field(view: View, name: 'projectNo' | 'name' | 'phone', value: string): Html {
  const { say } = sayWords(view.lang);
  const mode = name === 'phone' ? 'tel' : 'text';
  return html`
    <label class="above" for="${name}">${say[name]}</label>
    <p class="soft" id="${name}-hint">${say[`${name}Hint`]}</p>
    <input type="text" id="${name}" name="${name}" value="${value}" maxlength="64" inputmode="${mode}"
      autocomplete="off" spellcheck="false" aria-describedby="${name}-hint">
  `;
}

function exclusions({ view, now }: SayPage): Html {
  const { say } = sayWords(view.lang);
  return html`
    <details>
      <summary>${say.excluded}</summary>
      <p>${say.excludedText}</p>
      ${deskRules(dayOf(now)).exclusions.map(
        ({ words, remedy }) => html`<p><strong>${words[view.lang]}</strong><br>${remedy[view.lang]}</p>`,
      )}
    </details>
  `;
}

/** The thank-you: number and code, and what happens next until when. */
export function saidPage(view: View, { progress, code }: SaidReceipt): Html {
  const { receipt: say, say: form, follow } = sayWords(view.lang);
  const { story } = progress;
  return layout(
    view,
    say.title,
    html`
      <h1>${say.heading}</h1>
      <div class="note">
        <h2>${say.number}</h2>
        <p class="code">${progress.number}</p>
        <h2>${say.code}</h2>
        <p class="code">${code}</p>
        <p>${say.keep}</p>
      </div>
      ${receivedFiles(view, progress.files)}
      <h2>${say.next}</h2>
      ${
        story
          ? html`
              <p>${say.contact(formatMoment(story.contactDueAt))}</p>
              <p>${say.answer(formatMoment(story.dueAt))}</p>
            `
          : html`<p>${
              progress.handedOver
                ? follow.states.handed_over
                : progress.kind === 'praise'
                  ? say.praise
                  : follow.states.told
            }</p>`
      }
      <p><a class="button" href="/follow?${raw(query(view))}">${form.toFollow}</a></p>
    `,
    PARTS,
  );
}
