import { formatMoment } from '../../kernel/day.ts';
import { layout, query, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { pageWords } from './page-words.ts';
import type { Wording } from './rating.ts';
import { isGood, type Level } from './rating.ts';

export interface ReceiptFacts {
  readonly code: string;
  readonly recordedAt: Date;
  readonly level: Level;
  readonly levelWords: Wording | undefined;
  readonly realName: boolean;
  /** the portal or App from which the citizen came */
  readonly back?: string | undefined;
  /** the number of the wish to be contacted */
  readonly asked?: string | undefined;
}

/** The thank-you: the code, and what happens next. */
export function receiptPage(view: View, receipt: ReceiptFacts): Html {
  const words = pageWords(view.lang);
  const { receipt: say } = words;
  const next = isGood(receipt.level) ? say.good : receipt.realName ? say.badRealName : say.badAnonymous;
  return layout(
    view,
    say.title,
    html`
      <h1>${say.heading}</h1>
      <div class="note">
        <h2>${say.code}</h2>
        <p class="code">${receipt.code}</p>
        <p>${say.keep}</p>
      </div>
      <p>
        ${say.given}${colon(view)}${receipt.levelWords?.[view.lang]}<br>
        ${say.at}${colon(view)}${formatMoment(receipt.recordedAt)}
      </p>
      <p>${next}</p>
      ${receipt.asked ? askedBox(view, receipt.asked) : ''}
      ${receipt.back ? backButton(say.back, receipt.back) : ''}
      <p><a href="/proof/${receipt.code}?${raw(query(view))}">${say.proof}</a></p>
    `,
  );
}

function askedBox(view: View, number: string): Html {
  const { contact: say } = pageWords(view.lang);
  return html`
    <div class="note">
      <h2>${say.asked}</h2>
      <p class="code">${number}</p>
      <p><a href="/follow?${raw(query(view))}">${say.follow}</a></p>
    </div>
  `;
}

/** Back to the portal: only the host is shown, since that is what tells a reader where it leads. */
function backButton(words: (host: string) => string, back: string): Html {
  return html`<p><a class="button" href="${back}">${words(new URL(back).host)}</a></p>`;
}

function colon(view: View): string {
  return view.lang === 'en' ? ': ' : '：';
}

/** A used link; on the device that used it, the way to its receipt. */
export function usedPage(
  view: View,
  { matter, receipt, second }: { matter: string; receipt: string | null; second: string | null },
): Html {
  const words = pageWords(view.lang);
  const yours = receipt
    ? html`
        <div class="note">
          <p>${words.used.yours}</p>
          <p class="code"><a href="/receipt/${receipt}?${raw(query(view))}">${receipt}</a></p>
        </div>
      `
    : '';
  return layout(
    view,
    words.used.heading,
    html`
      <h1>${words.used.heading}</h1>
      <p>${matter}</p>
      ${yours}
      ${second ? html`<p>${words.used.mended}</p><p><a href="${second}">${words.used.again}</a></p>` : ''}
      <p>${words.used.text}</p>
    `,
  );
}

/** A page of one sentence: what happened, why, and what to do. */
export function noticePage(view: View, heading: string, text: string): Html {
  const words = pageWords(view.lang);
  return layout(
    view,
    heading,
    html`<h1>${heading}</h1><p>${text}</p><p><a href="/r?${raw(query(view))}">${words.toEnter}</a></p>`,
  );
}

export interface CodeValues {
  readonly window: string;
  readonly code: string;
  readonly error?: string | undefined;
}

/** The form for the window's number and the short code of the slip. */
export function codePage(view: View, values: CodeValues): Html {
  const words = pageWords(view.lang);
  const title = values.error ? `${words.error.title} · ${words.enter.title}` : words.enter.title;
  return layout(
    view,
    title,
    html`
      ${values.error ? codeError(values.error) : ''}
      <h1>${words.enter.title}</h1>
      <p>${words.enter.text}</p>
      ${codeForm(view, values)}
    `,
  );
}

function codeError(message: string): Html {
  return html`
    <div class="error" role="alert" tabindex="-1" autofocus>
      <p><a href="#window">${message}</a></p>
    </div>
  `;
}

function codeForm(view: View, values: CodeValues): Html {
  const { enter } = pageWords(view.lang);
  const field = (name: 'window' | 'code', label: string, hint: string, length: number): Html =>
    html`
      <label class="above" for="${name}">${label}</label>
      <p class="soft" id="${name}-hint">${hint}</p>
      <input type="text" id="${name}" name="${name}" value="${values[name]}" maxlength="${length}" required
        autocapitalize="characters" autocomplete="off" spellcheck="false" aria-describedby="${name}-hint">
    `;
  return html`
    <form method="post" action="/r?${raw(query(view))}" autocomplete="off">
      ${field('window', enter.window, enter.windowHint, 32)}
      ${field('code', enter.code, enter.codeHint, 12)}
      <button>${enter.submit}</button>
    </form>
  `;
}

/** Where a citizen lands without a link. */
export function homePage(view: View): Html {
  const { home } = pageWords(view.lang);
  return layout(
    view,
    home.title,
    html`
      <h1>${home.title}</h1>
      <p>${home.text}</p>
      ${codeForm(view, { window: '', code: '' })}
      <h2>${home.say}</h2>
      <p>${home.sayText}</p>
      <p><a class="button" href="/say?${raw(query(view))}">${home.toSay}</a></p>
      <p><a href="/follow?${raw(query(view))}">${home.toFollow}</a></p>
      <h2>${home.figures}</h2>
      <p>${home.figuresText}</p>
      <p><a href="/public?${raw(query(view))}">${home.toFigures}</a></p>
      <p><a href="/proof?${raw(query(view))}">${home.toProof}</a></p>
      <footer class="soft"><a href="/admin/">${home.staff}</a></footer>
    `,
  );
}
