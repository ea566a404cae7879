import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { dayOf } from '../../kernel/day.ts';
import { type FieldError, Refusal } from '../../kernel/refusal.ts';
import { officeNetworks } from '../../oversight/access/index.ts';
import {
  citizenPolicy,
  deviceMark,
  markDevice,
  pageHeaders,
  pageQuery,
  query,
  viewOf,
} from '../../platform/citizen-page.ts';
import { randomBytesFast } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import { failurePages } from '../../platform/failure-pages.ts';
import type { Html } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import { postLimit } from '../../platform/post-limit.ts';
import { pairedDevice, sentCredential } from '../../registry/device/index.ts';
import { scannedSign } from '../comment/index.ts';
import { ratingBarrier } from '../rating/index.ts';
import { choicePage, SHEET_PARTS, type SheetPage, sheetPage, shortPage } from './form-pages.ts';
import { sheetWords } from './page-words.ts';
import { type Answers, alongPath, faultOf, pagesOf } from './path.ts';
import { questionsOf } from './questionnaire.ts';
import { questionnaireRules } from './rules.ts';
import { answeredToday, type OpenQuestionnaire, openAt, type Spot, takeSheet } from './sheet-actions.ts';
import { type SheetForm, sheetForm } from './sheet-contract.ts';

/** Sheets of one phone an hour, and at one window a minute, before more have to wait. */
const MOST = { device: 20, window: 60 };
const HOUR_MS = 3_600_000;
/** In place of a sign's code on the windows' own tablets. */
const TABLET = 'tablet';
const POLICY = citizenPolicy(SHEET_PARTS);

const config = { access: 'public' as const };
const atSpot = { hide: true, querystring: pageQuery, params: z.object({ code: z.string().max(40) }) };
const atSheet = {
  ...atSpot,
  params: z.object({ code: z.string().max(40), number: z.string().max(20) }),
};

/** Where somebody fills in: a spot, and whether it is the window's own tablet. */
interface Stand extends Spot {
  readonly code: string;
  readonly tablet: boolean;
}

type Asked = FastifyRequest<{ Params: { code: string; number: string } }>;

/** Questionnaires for citizens (现场问卷): plain HTML, one page after the other, no script. */
export function questionnairePages(http: Http, deps: Deps): void {
  const errorHandler = failurePage(deps);
  const post = sheetPost(deps);
  http.get('/q/:code', { config, schema: atSpot, errorHandler }, async (request, reply) => {
    const stand = await standOf(deps, request, request.params.code);
    const open = await openAt(deps.db.app, stand, deps.clock.now());
    const view = viewOf(request);
    const links = open.map(({ number, content: { title } }) => ({ href: hrefOf(stand, number), title }));
    const [only] = links;
    if (links.length === 1 && only) return reply.redirect(`${only.href}?${query(view)}`, 303);
    if (links.length > 1) return show(deps, reply, stand, choicePage(view, { ...stand, links }));
    const { none } = sheetWords(view.lang);
    const lines = [none.text];
    return show(
      deps,
      reply,
      stand,
      shortPage(view, { title: none.title, lines, links: onward(request, stand) }),
    );
  });
  http.get('/q/:code/:number', { config, schema: atSheet, errorHandler }, async (request, reply) => {
    const { stand, questionnaire } = await askedFor(deps, request);
    const page = await freshPage(deps, request, { stand, questionnaire });
    return show(deps, reply, stand, sheetPage(page));
  });
  http.post(
    '/q/:code/:number',
    { config, schema: { ...atSheet, body: sheetForm }, errorHandler },
    async (request, reply) => post(request as FastifyRequest<{ Body: SheetForm }> & Asked, reply),
  );
  http.get('/q/:code/:number/thanks', { config, schema: atSheet, errorHandler }, async (request, reply) => {
    const stand = await standOf(deps, request, request.params.code);
    const { thanks } = sheetWords(viewOf(request).lang);
    const links = onward(request, stand);
    const lines = stand.tablet ? [thanks.text] : [thanks.text, thanks.more];
    return show(deps, reply, stand, shortPage(viewOf(request), { title: thanks.title, lines, links }));
  });
}

function hrefOf({ code }: Stand, number: string): string {
  return `/q/${code}/${number}`;
}

/** Where a page leads on: back to the tablet's own page, or to the sign of the window. */
function onward(request: FastifyRequest, { tablet, code }: Stand) {
  const say = sheetWords(viewOf(request).lang);
  return [tablet ? { href: '/kiosk/', label: say.toKiosk } : { href: `/w/${code}`, label: say.toSign }];
}

/** On a tablet a page that nobody goes on with gives way to the next person. */
function show(deps: Deps, reply: FastifyReply, stand: Stand, content: Html): FastifyReply {
  const { tabletSeconds } = questionnaireRules(dayOf(deps.clock.now()));
  if (stand.tablet) reply.header('refresh', `${tabletSeconds}; url=/kiosk/`);
  return pageHeaders(reply, POLICY).send(content.text);
}

/**
 * Which window it is: that of the sign, or that of the tablet which asks.
 * @throws Refusal `sign.*`, `questionnaire.no_tablet`
 */
async function standOf(deps: Deps, request: FastifyRequest, code: string): Promise<Stand> {
  if (code !== TABLET) {
    const { cityCode, windowCode, code: known } = await scannedSign(deps, code);
    return { cityCode, windowCode, code: known, tablet: false };
  }
  const device = await pairedDevice(deps, sentCredential(deps, request));
  if (device?.kind !== 'tablet') throw new Refusal('questionnaire.no_tablet');
  return { cityCode: device.cityCode, windowCode: device.windowCode, code, tablet: true };
}

async function askedFor(deps: Deps, request: Asked) {
  const stand = await standOf(deps, request, request.params.code);
  const open = await openAt(deps.db.app, stand, deps.clock.now());
  const questionnaire = open.find(({ number }) => number === request.params.number.toUpperCase());
  if (questionnaire === undefined) throw new Refusal('questionnaire.none_here');
  return { stand, questionnaire };
}

interface Standing {
  readonly stand: Stand;
  readonly questionnaire: OpenQuestionnaire;
}

async function freshPage(
  deps: Deps,
  request: FastifyRequest,
  { stand, questionnaire }: Standing,
): Promise<SheetPage> {
  const { id, content } = questionnaire;
  const device = stand.tablet ? null : deviceMark(request);
  return {
    view: viewOf(request),
    windowCode: stand.windowCode,
    content,
    textLimit: questionnaireRules(dayOf(deps.clock.now())).limits.text,
    action: hrefOf(stand, questionnaire.number),
    answers: {},
    pages: pagesOf(content, {}),
    at: 0,
    formId: randomBytesFast(15).toString('base64url'),
    faults: [],
    answeredToday: await answeredToday(deps, stand.cityCode, { id, device }),
  };
}

/** Takes a page in: on to the next one, back to the one before, or in with the whole sheet. */
function sheetPost(deps: Deps) {
  const hour = postLimit(HOUR_MS);
  const minute = postLimit();
  const barrier = ratingBarrier(deps, officeNetworks(deps));
  return async (request: FastifyRequest<{ Body: SheetForm }> & Asked, reply: FastifyReply) => {
    const standing = await askedFor(deps, request);
    const { stand, questionnaire } = standing;
    const { content } = questionnaire;
    // The hall answers its own questionnaires no more than it rates itself.
    await barrier.admit(request, stand.cityCode);
    const fresh = await freshPage(deps, request, standing);
    const answers = answersOf(request.body, questionnaire);
    const pages = pagesOf(content, answers);
    const sent = oneOf(request.body._at);
    const at = Math.max(
      pages.findIndex(({ questions }) => questions[0]?.id === sent),
      0,
    );
    const page = { ...fresh, answers, pages, formId: formIdOf(request.body) ?? fresh.formId };
    if (oneOf(request.body._do) === 'back') {
      return show(deps, reply, stand, sheetPage({ ...page, at: Math.max(at - 1, 0) }));
    }
    const { limits } = questionnaireRules(dayOf(deps.clock.now()));
    const questions = pages[at]?.questions ?? [];
    const faults = questions.flatMap((question) => faultOf(question, answers, limits) ?? []);
    if (faults.length > 0) return wrong(deps, reply, stand, { ...page, at, faults });
    if (at < pages.length - 1) return show(deps, reply, stand, sheetPage({ ...page, at: at + 1 }));
    const mark = stand.tablet ? null : markDevice(request, reply);
    const now = deps.clock.now();
    const spot = `${stand.cityCode}/${stand.windowCode}`;
    const allowed = [
      mark === null || hour.allows(mark, MOST.device, now),
      minute.allows(spot, MOST.window, now),
    ];
    try {
      if (allowed.includes(false)) throw new Refusal('questionnaire.wait');
      await takeSheet(deps, stand.cityCode, {
        questionnaire,
        windowCode: stand.windowCode,
        channel: stand.tablet ? 'tablet' : 'qr',
        answers: alongPath(content, answers),
        clientId: page.formId,
        device: mark,
      });
    } catch (error) {
      // Whatever was wrong, what was answered stays on the page.
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 429) reply.header('retry-after', '3600');
      const told = error.errors ?? [{ field: '', code: error.code, params: error.params }];
      return wrong(deps, reply.code(error.status), stand, { ...page, at: pageOf(page, told), faults: told });
    }
    return reply.redirect(`${page.action}/thanks?${query(page.view)}`, 303);
  };
}

/** The page on which the first fault stands; the last one where it stands on none. */
function pageOf({ pages }: SheetPage, faults: readonly FieldError[]): number {
  const fields = new Set(faults.map(({ field }) => field));
  const found = pages.findIndex(({ questions }) => questions.some(({ id }) => fields.has(id)));
  return found === -1 ? pages.length - 1 : found;
}

function wrong(deps: Deps, reply: FastifyReply, stand: Stand, page: SheetPage): FastifyReply {
  if (reply.statusCode === 200) reply.code(422);
  return show(deps, reply, stand, sheetPage(page));
}

function oneOf(field: SheetForm[string] | undefined): string | undefined {
  return Array.isArray(field) ? field[0] : field;
}

function formIdOf(body: SheetForm): string | undefined {
  const id = oneOf(body._id) ?? '';
  return /^[A-Za-z0-9_-]{20}$/.test(id) ? id : undefined;
}

/** What was answered to questions that there are; everything else is left behind. */
function answersOf(body: SheetForm, { content }: OpenQuestionnaire): Answers {
  const answers: Record<string, string[]> = {};
  for (const { id } of questionsOf(content)) {
    const given = Object.hasOwn(body, id) ? [body[id] ?? []].flat() : [];
    const chosen = given.filter((value) => value !== '');
    if (chosen.length > 0) answers[id] = chosen.map((value) => value.replace(/\r\n?/g, '\n'));
  }
  return answers;
}

/** Whatever goes wrong is told on a page. */
function failurePage(deps: Deps) {
  return failurePages(deps, { retryAfter: 60 }, ({ refusal, view, text }, reply) => {
    const say = sheetWords(view.lang);
    const titles: Readonly<Record<number, string>> = {
      404: say.none.title,
      410: say.ended,
      429: say.busy,
      503: say.busy,
    };
    const title = titles[refusal.status] ?? say.broken;
    const lines = [text];
    const page = shortPage(view, { title, lines, links: [] });
    return pageHeaders(reply, POLICY).send(page.text);
  });
}
