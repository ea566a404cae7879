import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { departmentsOfCity, scannedSign } from '../../feedback/comment/index.ts';
import { Refusal } from '../../kernel/refusal.ts';
import {
  citizenPolicy,
  guessed,
  layout,
  markDevice,
  pageHeaders,
  pageQuery,
  query,
  type View,
  viewOf,
} from '../../platform/citizen-page.ts';
import { randomBytesFast } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import { failurePages } from '../../platform/failure-pages.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import { guessLimit, postLimit } from '../../platform/post-limit.ts';
import { dropStaged, type StagedFile } from '../../platform/stored-file.ts';
import { type IncomingForm, incomingForm } from '../../platform/stored-file-http.ts';
import type { LimitsOf } from '../work-order/index.ts';
import { followPage, progressPage } from './follow-pages.ts';
import { sayWords } from './page-words.ts';
import { follower, judgeAnswer, progressByToken, saidByForm, say, stageSaid } from './say-actions.ts';
import { followForm, type SayForm, sayForm, wordForm } from './say-contract.ts';
import { PARTS, type SayPage, saidPage, sayPage } from './say-form-pages.ts';

const HOUR_MS = 3_600_000;
/** Voices of one device an hour, and of all together a minute, before more have to wait. */
const MOST = { device: 10, together: 120 };

const config = { access: 'public' as const };
const page = { hide: true, querystring: pageQuery };
const signed = { hide: true, querystring: pageQuery.extend({ sign: z.string().max(40).optional() }) };
const policy = citizenPolicy(PARTS);

function show(reply: FastifyReply, content: Html): FastifyReply {
  return pageHeaders(reply, policy).send(content.text);
}

/** Speaking up and following what becomes of it: plain HTML, no script, no account. */
export function resolutionPages(http: Http, deps: Deps, limitsOf: LimitsOf): void {
  const errorHandler = failurePage(deps);
  const { cityCode } = deps.config;
  const post = sayPost(deps, limitsOf);
  http.get('/say', { config, schema: signed, errorHandler }, async (request, reply) =>
    show(reply, sayPage(await formOf(deps, request, {}))),
  );
  http.post(
    '/say',
    { config, schema: { ...signed, body: sayForm.nullish() }, errorHandler },
    async (request, reply) => await post(request, reply),
  );
  http.get(
    '/say/received/:id',
    { config, schema: { ...page, params: z.object({ id: z.string().max(40) }) }, errorHandler },
    async (request, reply) =>
      show(reply, saidPage(viewOf(request), await saidByForm(deps, cityCode, request.params.id))),
  );
  followRoutes(http, deps, { errorHandler, limitsOf });
}

type OnError = ReturnType<typeof failurePage>;

function followRoutes(
  http: Http,
  deps: Deps,
  { errorHandler, limitsOf }: { errorHandler: OnError; limitsOf: LimitsOf },
): void {
  const { cityCode } = deps.config;
  const guesses = guessLimit();
  const follow = follower(deps);
  const numbered = { ...page, querystring: pageQuery.extend({ number: z.string().max(40).optional() }) };
  // The link of a message brings the number; the phone is asked for as ever.
  http.get('/follow', { config, schema: numbered, errorHandler }, (request, reply) =>
    show(reply, followPage(viewOf(request), { number: request.query.number ?? '' })),
  );
  http.post(
    '/follow',
    { config, schema: { ...page, body: followForm }, errorHandler },
    async (request, reply) => {
      const view = viewOf(request);
      const { number = '', phone = '' } = request.body;
      const now = deps.clock.now();
      try {
        const open = () => follow.open(cityCode, { number, phone });
        const token = await guessed({ request, reply }, now, guesses, open);
        return reply.redirect(`/follow/${token}?${query(view)}`, 303);
      } catch (error) {
        if (!(error instanceof Refusal) || error.status >= 500) throw error;
        if (error.status === 429) reply.header('retry-after', '3600');
        return show(reply.code(error.status), followPage(view, { number: number.slice(0, 40), error }));
      }
    },
  );
  const opened = { ...page, params: z.object({ token: z.string().max(80) }) };
  const kept = { ...opened, querystring: pageQuery.extend({ saved: z.string().max(2).optional() }) };
  http.get('/follow/:token', { config, schema: kept, errorHandler }, async (request, reply) => {
    const progress = await progressByToken(deps, cityCode, request.params.token);
    return show(reply, progressPage(viewOf(request), progress, request.query.saved === '1'));
  });
  http.post(
    '/follow/:token',
    { config, schema: { ...opened, body: wordForm }, errorHandler },
    async (request, reply) => {
      const { token } = request.params;
      const { word, note = '' } = request.body;
      await judgeAnswer(deps, cityCode, { token, word, note, limitsOf });
      return reply.redirect(`/follow/${token}?${query(viewOf(request))}&saved=1`, 303);
    },
  );
}

type Asked = FastifyRequest<{ Querystring: { sign?: string | undefined } }>;

/** The form, with the window of the sign that was scanned. */
async function formOf(deps: Deps, request: Asked, values: SayForm): Promise<SayPage> {
  const code = request.query.sign;
  const sign = code === undefined ? undefined : await scannedSign(deps, code);
  const view: View = { ...viewOf(request), ...(sign ? { keep: `sign=${sign.code}` } : {}) };
  const id = /^[A-Za-z0-9_-]{20}$/.test(values.id ?? '')
    ? (values.id ?? '')
    : randomBytesFast(15).toString('base64url');
  const departments = sign ? [] : await departmentsOfCity(deps, deps.config.cityCode);
  return { view, id, now: deps.clock.now(), sign, departments, values };
}

type Sent = Asked & { body: SayForm | null | undefined };

/** A form as it was sent, with its files where it brought any. */
interface Received {
  readonly form: SayForm;
  readonly files: readonly StagedFile[];
  readonly refused: IncomingForm['refused'];
}

async function received(deps: Deps, request: Sent): Promise<Received> {
  if (!request.isMultipart()) return { form: request.body ?? {}, files: [], refused: undefined };
  const { cityCode } = deps.config;
  const id = randomUUID();
  const files: StagedFile[] = [];
  try {
    const { fields, refused } = await incomingForm(request, async (file) => {
      files.push(await stageSaid(deps, cityCode, { id, ...file }));
    });
    const form = sayForm.safeParse(fields);
    if (!form.success) throw new Refusal('request.malformed');
    return { form: form.data, files, refused };
  } catch (error) {
    await dropStaged(deps, cityCode, files);
    throw error;
  }
}

/** Those files of a form that was sent before, or is refused, belong to nothing. */
async function saidOrDropped(
  deps: Deps,
  given: Parameters<typeof say>[2],
  refused: Refusal | undefined,
): Promise<void> {
  const { cityCode } = deps.config;
  try {
    if (refused !== undefined) throw refused;
    await say(deps, cityCode, given);
  } finally {
    await dropStaged(deps, cityCode, given.files);
  }
}

/** Takes a form in: to the receipt, or back with what is wrong on top. */
function sayPost(deps: Deps, limitsOf: LimitsOf) {
  const hour = postLimit(HOUR_MS);
  const minute = postLimit();
  return async (request: Sent, reply: FastifyReply): Promise<FastifyReply> => {
    const now = deps.clock.now();
    const mark = markDevice(request, reply);
    const allowed = [hour.allows(mark, MOST.device, now), minute.allows('say', MOST.together, now)];
    if (allowed.includes(false)) throw new Refusal('say.wait');
    const { form, files, refused } = await received(deps, request);
    const shown = await formOf(deps, request, form);
    const sign = request.query.sign === undefined ? undefined : await scannedSign(deps, request.query.sign);
    const about = sign ? { window: sign.windowCode, department: sign.departmentCode } : {};
    try {
      await saidOrDropped(deps, { form, id: shown.id, about, files, limitsOf }, refused?.error);
      return reply.redirect(`/say/received/${shown.id}?${query(shown.view)}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal) || (error.status !== 422 && error !== refused?.error)) throw error;
      // What was not taken is not counted.
      hour.giveBack(mark, now);
      const lost = files.length > 0 || refused !== undefined;
      const page = { ...shown, error, lost, ...(refused ? { refusedFile: refused.name } : {}) };
      return show(reply.code(error.status), sayPage(page));
    }
  };
}

/** Whatever goes wrong on these pages is told on a page, with the way on. */
function failurePage(deps: Deps) {
  return failurePages(deps, { retryAfter: 60 }, ({ refusal, view, text }, reply) => {
    const words = sayWords(view.lang);
    const title = refusal.status === 429 || refusal.status === 503 ? words.busy : words.failed;
    const content = html`
      <h1>${title}</h1>
      <p>${text}</p>
      <ul class="links">
        <li><a href="/follow?${raw(query(view))}">${words.follow.title}</a></li>
        <li><a href="/say?${raw(query(view))}">${words.say.title}</a></li>
      </ul>
    `;
    return show(reply, layout(view, title, content, PARTS));
  });
}
