import { dayOf, formatMoment } from '../../kernel/day.ts';
import { type Refusal, sentence } from '../../kernel/refusal.ts';
import { layout, query, type View } from '../../platform/citizen-page.ts';
import { randomBytesFast } from '../../platform/crypto.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import {
  EMPTY_FORM,
  errorBox,
  type FormValues,
  isGood,
  levelsAndTags,
  nationalRules,
  pageWords,
  textBox,
  textLimit,
} from '../rating/index.ts';
import type { Received } from './actions.ts';
import { PLATFORMS, type PUBLIC_SUBJECTS } from './contract.ts';
import { commentWords } from './page-words.ts';

type PublicKind = (typeof PUBLIC_SUBJECTS)[number];

/** A form for a comment, empty or as it was sent. */
export interface CommentPage {
  readonly view: View;
  /** what stands on top */
  readonly heading: string;
  /** what it can be about; the first is meant where nothing is said */
  readonly subjects: readonly { kind: PublicKind; code: string; name?: string }[];
  readonly action: string;
  readonly channel: number;
  readonly chosen?: PublicKind;
  readonly values?: FormValues & { id: string };
  readonly error?: Refusal;
}

/** One question, as in the form of a rating; a person can't be named. */
export function commentPage(now: Date, page: CommentPage): Html {
  const { view, values = { ...EMPTY_FORM, id: randomBytesFast(15).toString('base64url') } } = page;
  const words = pageWords(view.lang);
  const { comment: say } = commentWords(view.lang);
  const rules = nationalRules();
  const on = dayOf(now);
  const heading = say.heading(page.heading);
  return layout(
    view,
    page.error ? `${words.error.title} · ${heading}` : heading,
    html`
      ${page.error ? problem(page, page.error) : ''}
      <h1>${heading}</h1>
      <p>${say.apart}</p>
      <form method="post" action="${page.action}?${raw(query(view))}" autocomplete="off">
        <input type="hidden" name="id" value="${values.id}">
        ${page.subjects.length > 1 ? subjectChoice(page) : ''}
        <fieldset>
          <legend>${say.question}</legend>
          ${levelsAndTags({ view, rules, on, values })}
          ${rest(page, values.text, textLimit(rules.channels.get(page.channel), on, rules))}
        </fieldset>
      </form>
    `,
  );
}

function problem({ view }: CommentPage, error: Refusal): Html {
  const field = error.field ?? error.errors?.[0]?.field ?? 'satisfaction';
  const message = sentence(error.code, view.lang, error.params);
  return errorBox(pageWords(view.lang).error.heading, { message, field });
}

function subjectChoice({ view, subjects, chosen }: CommentPage): Html {
  const { comment: say } = commentWords(view.lang);
  const meant = chosen ?? subjects[0]?.kind;
  return html`
    <fieldset>
      <legend>${say.about}</legend>
      ${subjects.map(
        ({ kind, name }) => html`
          <label class="tick">
            <input type="radio" name="kind" value="${kind}"${kind === meant ? raw(' checked') : ''}>
            <span>${say.kinds[kind]}${name === undefined ? '' : ` · ${name}`}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

function rest({ view }: CommentPage, text: string, limit: number): Html {
  const words = pageWords(view.lang);
  const { comment: say } = commentWords(view.lang);
  return html`
    <div class="part rest">
      <label class="above" for="text">${words.text.label}</label>
      <p class="soft" id="text-hint">${say.textHint(limit)}</p>
      ${textBox(text, limit)}
      <button>${say.submit}</button>
      <p class="soft">${say.privacy}</p>
    </div>
  `;
}

/** The thank-you: the code, and what happens next. */
export function commentReceiptPage(view: View, received: Received): Html {
  const words = pageWords(view.lang);
  const { receipt: say } = commentWords(view.lang).comment;
  const colon = view.lang === 'en' ? ': ' : '：';
  return layout(
    view,
    say.title,
    html`
      <h1>${say.heading}</h1>
      <div class="note">
        <h2>${words.receipt.code}</h2>
        <p class="code">${received.receipt}</p>
        <p>${words.receipt.keep}</p>
      </div>
      <p>
        ${words.receipt.given}${colon}${nationalRules().levels.get(received.level)?.[view.lang]}<br>
        ${words.receipt.at}${colon}${formatMoment(received.receivedAt)}
      </p>
      <p>${isGood(received.level) ? say.good : say.bad}</p>
    `,
  );
}

/** What can be commented on without a sign: the ways to the services, and the departments. */
export function subjectsPage(view: View, departments: readonly { code: string; name: string }[]): Html {
  const words = commentWords(view.lang);
  const { choose } = words.comment;
  const one = (kind: PublicKind, code: string, name: string): Html =>
    html`<a class="tick" href="/comment/${kind}/${code}?${raw(query(view))}">${name}</a>`;
  return layout(
    view,
    choose.title,
    html`
      <h1>${choose.title}</h1>
      <p>${choose.text}</p>
      <p><a href="/r?${raw(query(view))}">${words.sign.toCode}</a></p>
      <h2>${choose.platforms}</h2>
      ${PLATFORMS.map((code) => one('platform', code, words.platforms[code]))}
      <h2>${choose.departments}</h2>
      ${departments.map(({ code, name }) => one('department', code, name))}
    `,
  );
}
