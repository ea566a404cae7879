import { z } from 'zod';
import type { Sign } from '../../intake/invitation/index.ts';
import { Refusal, sentence } from '../../kernel/refusal.ts';
import { isStaffBrowser } from '../../oversight/access/index.ts';
import {
  layout,
  markDevice,
  pageQuery,
  query,
  showPage,
  type View,
  viewOf,
} from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import { matterLine } from '../rating/index.ts';
import { findForm } from './contract.ts';
import { failurePage } from './failure-pages.ts';
import { caseFinder, type Match, scannedSign } from './find-actions.ts';
import { commentWords } from './page-words.ts';

const config = { access: 'public' as const };
const schema = {
  hide: true,
  querystring: pageQuery,
  params: z.object({ code: z.string().max(40) }),
};

/** Whether a questionnaire is open at a window: known downstream, and handed in. */
type AsksAt = (spot: { cityCode: string; windowCode: string }) => Promise<boolean>;

/** Where the QR code of a window leads: to the service just had, or to a comment without one. */
export function signPages(http: Http, deps: Deps, asksAt: AsksAt): void {
  const errorHandler = failurePage(deps);
  const finder = caseFinder(deps);
  http.get('/w/:code', { config, schema, errorHandler }, async (request, reply) => {
    const sign = await scannedSign(deps, request.params.code);
    const staff = isStaffBrowser(deps, request);
    return showPage(reply, signPage(viewOf(request), sign, { asks: await asksAt(sign), staff }));
  });
  http.post(
    '/w/:code',
    { config, schema: { ...schema, body: findForm }, errorHandler },
    async (request, reply) => {
      const sign = await scannedSign(deps, request.params.code);
      const view = viewOf(request);
      const { code, tail = '', phone = '' } = request.body;
      const mark = markDevice(request, reply);
      try {
        const matches =
          code === undefined
            ? await finder.byPhone(sign, { tail, phone }, mark)
            : [await finder.byCode(sign, code, mark)];
        const [only] = matches;
        if (matches.length > 1 || only === undefined) return showPage(reply, choicePage(view, matches));
        return reply.redirect(`/r/${only.token}?${query(view)}`, 303);
      } catch (error) {
        if (!(error instanceof Refusal) || error.status === 410) throw error;
        if (error.status === 429) reply.header('retry-after', '3600');
        // What was typed stays, but for the phone: a page never says it back.
        const message = sentence(error.code, view.lang, error.params);
        const field = error.field ?? (code === undefined ? 'tail' : 'code');
        const asks = await asksAt(sign);
        return showPage(reply.code(error.status), signPage(view, sign, { code, tail, message, field, asks }));
      }
    },
  );
}

interface Entered {
  /** signed in as staff on this phone: offered the patrol page */
  readonly staff?: boolean;
  readonly code?: string | undefined;
  readonly tail?: string;
  readonly message?: string;
  readonly field?: string;
  readonly asks: boolean;
}

function signPage(view: View, sign: Sign, entered: Entered): Html {
  const { sign: say } = commentWords(view.lang);
  const title = `${say.title(sign.windowCode)} · ${sign.windowName}`;
  const action = `/w/${sign.code}?${query(view)}`;
  return layout(
    view,
    title,
    html`
      ${entered.message ? problem(entered.message, entered.field ?? 'code') : ''}
      <h1>${say.title(sign.windowCode)} ${sign.windowName}</h1>
      <p>${say.text}</p>
      <h2>${say.code.heading}</h2>
      <form method="post" action="${action}" autocomplete="off">
        ${field({ name: 'code', label: say.code.label, hint: say.code.hint, value: entered.code ?? '' })}
        <button>${say.code.submit}</button>
      </form>
      <h2>${say.phone.heading}</h2>
      <form method="post" action="${action}" autocomplete="off">
        ${field({ name: 'tail', label: say.phone.tail, hint: say.phone.tailHint, value: entered.tail ?? '' })}
        ${field({ name: 'phone', label: say.phone.phone, hint: say.phone.phoneHint, value: '' })}
        <button>${say.phone.submit}</button>
      </form>
      <h2>${say.comment.heading}</h2>
      <p>${say.comment.text}</p>
      <p><a class="button" href="/w/${sign.code}/comment?${raw(query(view))}">${say.comment.go}</a></p>
      ${entered.asks ? questionnaireWay(view, sign) : ''}
      <h2>${say.voice.heading}</h2>
      <p>${say.voice.text}</p>
      <p><a class="button" href="/say?sign=${sign.code}&${raw(query(view))}">${say.voice.go}</a></p>
      ${entered.staff ? patrolLink(sign, say.patrol) : ''}
    `,
  );
}

function questionnaireWay(view: View, sign: Sign): Html {
  const { questionnaire: say } = commentWords(view.lang).sign;
  return html`
    <h2>${say.heading}</h2>
    <p>${say.text}</p>
    <p><a class="button" href="/q/${sign.code}?${raw(query(view))}">${say.go}</a></p>
  `;
}

/** Whoever scans the sign on patrol goes on to its window there. */
function patrolLink({ windowCode }: Sign, words: string): Html {
  const address = `/admin/patrol/?window=${encodeURIComponent(windowCode)}`;
  return html`<p><a class="button" href="${address}">${words}</a></p>`;
}

function problem(message: string, anchor: string): Html {
  return html`
    <div class="error" role="alert" tabindex="-1" autofocus>
      <p><a href="#${anchor}">${message}</a></p>
    </div>
  `;
}

const LENGTHS = { code: 12, tail: 4, phone: 20 } as const;

function field(input: { name: keyof typeof LENGTHS; label: string; hint: string; value: string }): Html {
  const { name, label, hint, value } = input;
  const mode = name === 'phone' ? 'tel' : 'text';
  return html`
    <label class="above" for="${name}">${label}</label>
    <p class="soft" id="${name}-hint">${hint}</p>
    <input type="text" id="${name}" name="${name}" value="${value}" maxlength="${LENGTHS[name]}" required
      inputmode="${mode}" autocapitalize="characters" autocomplete="off" spellcheck="false"
      aria-describedby="${name}-hint">
  `;
}

/** Several services of one person: told apart by matter and time. */
function choicePage(view: View, matches: readonly Match[]): Html {
  const { choose } = commentWords(view.lang).sign;
  const one = (match: Match): Html => {
    const line = matterLine(view.lang, { ...match, online: false });
    return html`<a class="tick" href="/r/${match.token}?${raw(query(view))}">${line}</a>`;
  };
  return layout(
    view,
    choose.title,
    html`
      <h1>${choose.title}</h1>
      <p>${choose.text}</p>
      <div>${matches.map(one)}</div>
    `,
  );
}
