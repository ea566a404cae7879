import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mayReturn } from '../../intake/invitation/index.ts';
import { dayOf } from '../../kernel/day.ts';
import { Refusal, sentence } from '../../kernel/refusal.ts';
import {
  deviceMark,
  guessed,
  markDevice,
  type PageParts,
  pageHeaders,
  pageQuery,
  query,
  showPage as show,
  type View,
  viewOf,
} from '../../platform/citizen-page.ts';
import { randomBytesFast } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import { failurePages } from '../../platform/failure-pages.ts';
import { escapeHtml, type Html, raw } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import { type PageTemplate, pageTemplate } from '../../platform/page-template.ts';
import { guessLimit, postLimit } from '../../platform/post-limit.ts';
import { refusalOf } from '../../platform/problem.ts';
import { cleanText, type RatingDesk, type Submission } from './actions.ts';
import type { Barrier } from './barrier-http.ts';
import { askSoon, type ContactDesk } from './contact-actions.ts';
import { codeForm, type RatingForm, ratingForm } from './form-contract.ts';
import { EMPTY_FORM, type FormValues, formPage } from './form-pages.ts';
import { codePage, homePage, noticePage, receiptPage, usedPage } from './notice-pages.ts';
import { findByReceipt, linkOfCode, linkReader, type Opened, usedBy } from './page-actions.ts';
import { matterLine, pageWords } from './page-words.ts';
import { LEVELS, type Level, tagCodes, textLimit } from './rating.ts';
import { nationalRules } from './rule-actions.ts';
import { secondLinkOf } from './second-actions.ts';

/** Wrong short codes a minute at one window, before typing has to wait. */
const WRONG_CODES = 60;
const PLACE = '\u0000';

const access = { access: 'public' as const };
const page = { hide: true, querystring: pageQuery };
const returning = { hide: true, querystring: pageQuery.extend({ back: z.string().max(500).optional() }) };
/** The number under which a wish to be contacted is followed stands in the address of the receipt. */
const receipts = {
  hide: true,
  querystring: returning.querystring.extend({ asked: z.string().max(20).optional() }),
};
const tokenParams = z.object({ token: z.string().max(200) });

/** How ratings come in, and who is kept from giving them. */
export interface RatingWays {
  readonly desk: RatingDesk;
  readonly barrier: Barrier;
  readonly contact: ContactDesk;
}

/** The citizen's pages (plain HTML, no script): landing, short code, rating form, receipt. */
export function ratingPages(http: Http, deps: Deps, ways: RatingWays): void {
  const onError = failurePage(deps);
  http.get('/', { config: access, schema: page, errorHandler: onError }, (request, reply) =>
    show(reply, homePage(viewOf(request))),
  );
  codeRoutes(http, deps);
  formRoutes(http, deps, ways);
  const guesses = guessLimit();
  http.get(
    '/receipt/:code',
    {
      config: access,
      schema: { ...receipts, params: z.object({ code: z.string().max(40) }) },
      errorHandler: onError,
    },
    async (request, reply) => {
      const back = await backOf(deps, deps.config.cityCode, request.query.back);
      const view = viewBack(request, back);
      const look = () => findByReceipt(deps, request.params.code);
      const receipt = await guessed({ request, reply }, deps.clock.now(), guesses, look);
      const levelWords = nationalRules().levels.get(receipt.level);
      const asked = /^LX\d{4}-\d{6}$/.test(request.query.asked ?? '') ? request.query.asked : undefined;
      return show(reply, receiptPage(view, { ...receipt, levelWords, back, asked }));
    },
  );
}

function codeRoutes(http: Http, deps: Deps): void {
  const onError = failurePage(deps);
  const wrong = postLimit();
  http.get('/r', { config: access, schema: page, errorHandler: onError }, (request, reply) =>
    show(reply, codePage(viewOf(request), { window: '', code: '' })),
  );
  http.post(
    '/r',
    { config: access, schema: { ...page, body: codeForm }, errorHandler: onError },
    async (request, reply) => {
      const view = viewOf(request);
      const mark = `window:${request.body.window.normalize('NFKC').toUpperCase()}`;
      // Counted as wrong before it is looked up, so that many at the same instant can't outrun the count.
      if (!wrong.allows(mark, WRONG_CODES, deps.clock.now())) throw new Refusal('rating.too_many');
      try {
        const token = await linkOfCode(deps, request.body);
        wrong.giveBack(mark, deps.clock.now());
        return reply.redirect(`/r/${token}?${query(view)}`, 303);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const message = sentence(error.code, view.lang, error.params);
        return show(reply.code(error.status), codePage(view, { ...request.body, error: message }));
      }
    },
  );
}

function formRoutes(http: Http, deps: Deps, { desk, barrier, contact }: RatingWays): void {
  const onError = failurePage(deps);
  const links = linkReader(deps);
  const templates = formTemplates(deps);
  http.get(
    '/r/:token',
    { config: access, schema: { ...returning, params: tokenParams }, errorHandler: onError },
    async (request, reply) => {
      const opened = await links.open(request.params.token);
      await barrier.admit(request, opened.invitation.cityCode);
      const view = viewOf(request);
      if (opened.state !== 'open') return closedPage(deps, request, reply, opened);
      const { back } = request.query;
      if (back) return show(reply, freshForm(deps, viewBack(request, back), opened));
      return sendForm(request, reply, templates(view, opened.invitation.channel), [
        escapeHtml(matterLine(view.lang, opened.matter)),
        randomBytesFast(15).toString('base64url'),
      ]);
    },
  );
  http.post(
    '/r/:token',
    {
      // Checked by hand: a form that comes back keeps everything that was entered.
      attachValidation: true,
      config: access,
      schema: { ...returning, params: tokenParams, body: ratingForm },
      errorHandler: onError,
    },
    async (request, reply) => {
      const view = viewOf(request);
      const { token } = request.params;
      const values = valuesOf(request.body);
      await barrier.admitToken(request, token);
      try {
        if (request.validationError) throw refusalOf(request.validationError, request);
        const wanted = contact.check(values);
        const sender = { mark: markDevice(request, reply), address: request.ip };
        const recorded = await desk.submit({ ...submissionOf(token, values, sender), contact: wanted });
        const asked = wanted && (await askSoon(deps, contact, token));
        const { keep } = viewBack(request, request.query.back);
        const more = [query(view), keep, asked && `asked=${asked}`].filter(Boolean).join('&');
        return reply.redirect(`/receipt/${recorded.receipt}?${more}`, 303);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.status === 422)
          return formAgain(deps, request, reply, { opened: await links.open(token), values, refusal: error });
        if (error.code !== 'rating.already_recorded') throw error;
        return closedPage(deps, request, reply.code(409), await links.open(token));
      }
    },
  );
}

/** The view, which keeps the address back for the next page. */
function viewBack(request: FastifyRequest, back: string | undefined): View {
  return { ...viewOf(request), ...(back ? { keep: `back=${encodeURIComponent(back)}` } : {}) };
}

/** Where a citizen who came from a portal is led back to; nowhere but to the city's own list of sites. */
async function backOf(
  deps: Deps,
  cityCode: string,
  address: string | undefined,
): Promise<string | undefined> {
  if (!address) return undefined;
  return (await mayReturn(deps.db.app, cityCode, { address })) ? address : undefined;
}

/** The form as it opens, with nothing chosen. */
export function freshForm(deps: Deps, view: View, opened: Opened, parts?: PageParts): Html {
  const rules = nationalRules();
  const on = dayOf(deps.clock.now());
  return formPage({
    ...{ view, rules, on, parts },
    textLimit: textLimit(rules.channels.get(opened.invitation.channel), on, rules),
    matter: matterLine(view.lang, opened.matter),
    id: randomBytesFast(15).toString('base64url'),
    values: EMPTY_FORM,
  });
}

/** The form as it was sent, with what is wrong on top. */
async function formAgain(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  sent: Sent,
): Promise<FastifyReply> {
  if (sent.opened.state !== 'open')
    return closedPage(deps, request, reply.code(sent.opened.state === 'used' ? 409 : 410), sent.opened);
  return show(reply.code(422), sentForm(deps, viewOf(request), sent));
}

/** What was sent, with what is wrong with it. */
export interface Sent {
  opened: Opened;
  values: FormValues & { id: string };
  refusal: Refusal;
}

export function sentForm(deps: Deps, view: View, sent: Sent, parts?: PageParts): Html {
  const { opened, values, refusal } = sent;
  const rules = nationalRules();
  const on = dayOf(deps.clock.now());
  const field = refusal.field ?? refusal.errors?.[0]?.field ?? 'satisfaction';
  return formPage({
    ...{ view, rules, on, values, parts },
    textLimit: textLimit(rules.channels.get(opened.invitation.channel), on, rules),
    matter: matterLine(view.lang, opened.matter),
    id: values.id || randomBytesFast(15).toString('base64url'),
    error: { message: sentence(refusal.code, view.lang, refusal.params), field },
  });
}

async function closedPage(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
): Promise<FastifyReply> {
  const view = viewOf(request);
  if (opened.state === 'expired') throw new Refusal('rating.expired');
  const own = await usedBy(deps, opened, deviceMark(request));
  const matter = matterLine(view.lang, opened.matter);
  const second = await secondLinkOf(deps, opened.invitation);
  return show(reply, usedPage(view, { matter, receipt: own ? opened.receipt : null, second }));
}

/**
 * Forms of each language, size and length of text, compressed once a day: only the matter and the id are
 * filled in.
 */
function formTemplates(deps: Deps): (view: View, channel: number) => PageTemplate {
  const made = new Map<string, PageTemplate>();
  let madeOn = '';
  return (view, channel) => {
    const rules = nationalRules();
    const on = dayOf(deps.clock.now());
    if (on !== madeOn) made.clear();
    madeOn = on;
    const limit = textLimit(rules.channels.get(channel), on, rules);
    const key = `${view.lang} ${view.elder} ${limit}`;
    const known = made.get(key);
    if (known) return known;
    const place = raw(PLACE);
    const form = formPage({
      view,
      rules,
      on,
      textLimit: limit,
      matter: place,
      id: place,
      values: EMPTY_FORM,
    });
    const template = pageTemplate(form.text, PLACE);
    made.set(key, template);
    return template;
  };
}

function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  template: PageTemplate,
  values: readonly string[],
): FastifyReply {
  pageHeaders(reply);
  const accepted = request.headers['accept-encoding'];
  if (accepted === undefined || !/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?![.\d]))/i.test(accepted)) {
    return reply.send(template.text(values));
  }
  return reply.header('content-encoding', 'gzip').send(template.gzip(values));
}

type SentValues = FormValues & { id: string; level: Level | null; name: string; phone: string };

/** What was sent, whatever its form, as far as the page can show it again. */
export function valuesOf(body: RatingForm | undefined): SentValues {
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof sent[name] === 'string' ? sent[name] : '');
  const detail = sent.evalDetail;
  const written = Array.isArray(detail) ? detail.map(String) : [text('evalDetail')];
  const tags = written.flatMap((one) => one.split(/[,，]/)).map((one) => one.trim());
  return {
    satisfaction: text('satisfaction'),
    level: LEVELS.find((level) => String(level) === text('satisfaction')) ?? null,
    tags: new Set(tags.filter((one) => one !== '')),
    text: text('writingEvaluation').slice(0, 5000),
    anonymous: text('anonymous') !== '',
    name: text('name'),
    phone: text('phone'),
    scores: { process: text('process'), efficiency: text('efficiency'), attitude: text('attitude') },
    id: text('id'),
  };
}

/** @throws Refusal when no level was chosen or a score is none */
export function submissionOf(
  token: string,
  values: SentValues,
  sender: { mark: string | null; address: string },
): Submission {
  if (values.level === null) throw new Refusal('rating.level_missing', {}, { field: 'satisfaction' });
  const rules = nationalRules();
  const { level } = values;
  // Whoever changes the level leaves the tags of the first choice behind, ticked but out of sight: without
  // a script the page can't untick them, and a change of mind must not cost an error.
  const seen = [...values.tags].filter((code) => {
    const tag = rules.tags.get(Number(code));
    return tag === undefined || tag.level === level;
  });
  return {
    token,
    satisfaction: level,
    tags: tagCodes(seen),
    text: cleanText(values.text),
    process: scoreOf(values.scores.process, 'process'),
    efficiency: scoreOf(values.scores.efficiency, 'efficiency'),
    attitude: scoreOf(values.scores.attitude, 'attitude'),
    anonymous: values.anonymous,
    clientId: values.id || null,
    deviceAt: null,
    channel: null,
    source: 'citizen',
    shownAt: null,
    deviceMark: sender.mark,
    address: sender.address,
    admitted: true,
  };
}

function scoreOf(text: string | undefined, field: string): number | null {
  if (!text) return null;
  if (/^[1-5]$/.test(text)) return Number(text);
  throw new Refusal('rating.score_out_of_range', {}, { field });
}

/** An address there is none of, such as a link that was cut off on its way: a page with the way on. */
export function unknownAddressPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const view = viewOf(request);
  const refusal = new Refusal('request.not_found');
  const page = noticePage(view, pageWords(view.lang).unknown.heading, sentence(refusal.code, view.lang));
  return show(reply.code(refusal.status), page);
}

/** Whatever goes wrong on a citizen's page is told on a page, with the way on. */
function failurePage(deps: Deps) {
  return failurePages(deps, { retryAfter: 5 }, ({ refusal, view, text }, reply) => {
    const words = pageWords(view.lang);
    const headings: Readonly<Record<string, string>> = {
      'rating.unknown_token': words.unknown.heading,
      'rating.unknown_receipt': words.unknownReceipt.heading,
      'rating.expired': words.expired.heading,
      'rating.staff_browser': words.barred.heading,
      'rating.office_network': words.barred.heading,
      'server.busy': words.busy.heading,
      'rating.too_many': words.busy.heading,
    };
    const heading = headings[refusal.code] ?? words.broken.heading;
    return show(reply, noticePage(view, heading, text));
  });
}
