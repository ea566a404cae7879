import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { framingOrigin, readToken, tokenOfEntry } from '../../intake/invitation/index.ts';
import { Refusal, sentence } from '../../kernel/refusal.ts';
import {
  citizenPolicy,
  deviceMark,
  layout,
  type PageParts,
  pageHeaders,
  pageQuery,
  query,
  sheetOf,
  showPage,
  type View,
  viewOf,
} from '../../platform/citizen-page.ts';
import { checkoutDir } from '../../platform/config.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Html, html } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import { logFault, refusalOf } from '../../platform/problem.ts';
import { askSoon } from './contact-actions.ts';
import { embedWords } from './embed-words.ts';
import { ratingForm } from './form-contract.ts';
import { noticePage } from './notice-pages.ts';
import { linkReader, unratedToken } from './page-actions.ts';
import { matterLine, pageWords } from './page-words.ts';
import { freshForm, type RatingWays, sentForm, submissionOf, valuesOf } from './pages.ts';

const access = { access: 'public' as const };
const sheet = sheetOf('embed.css');
const FRAME_SCRIPT = '/embed/frame.js';
const parentQuery = pageQuery.extend({ parent: z.string().max(200).optional() });
const tokenParams = z.object({ token: z.string().max(200) });

/**
 * The rating page in the frame of a portal or App: the same form, which works without a script; a script of
 * ours tells the parent what became of it. Only a site of the city's list may frame it.
 */
export function embedPages(http: Http, deps: Deps, ways: RatingWays): void {
  scriptRoute(http, FRAME_SCRIPT, 'embed-frame.js');
  scriptRoute(http, '/embed/button.js', 'embed-button.js');
  entryRoute(http, deps);
  if (deps.config.demo) demoRoute(http, deps);
  frameRoutes(http, deps, ways);
}

function demoRoute(http: Http, deps: Deps): void {
  const policy = citizenPolicy(DEMO_PARTS);
  const schema = { hide: true, querystring: pageQuery };
  http.get('/embed/demo', { config: access, schema }, async (request, reply) => {
    const page = demoPage(viewOf(request), await unratedToken(deps));
    return pageHeaders(reply, policy).send(page.text);
  });
}

/** A script of ours, the same for everybody; portals load the button's from their own pages. */
function scriptRoute(http: Http, url: string, name: string): void {
  const text = readFileSync(join(checkoutDir, 'web/citizen', name), 'utf8');
  http.get(url, { config: access, schema: { hide: true } }, (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'public, max-age=3600')
      .send(text),
  );
}

/** `/go/…`: the way in that a portal asked for; it opens the rating page while it is good. */
function entryRoute(http: Http, deps: Deps): void {
  http.get(
    '/go/:entry',
    {
      config: access,
      schema: {
        hide: true,
        params: z.object({ entry: z.string().max(60) }),
        querystring: pageQuery.extend({ back: z.string().max(500).default('') }),
      },
      errorHandler: embedFailure(deps),
    },
    (request, reply) => {
      const { back } = request.query;
      const token = tokenOfEntry(deps, request.params.entry, back);
      const keep = back === '' ? '' : `&back=${encodeURIComponent(back)}`;
      return reply
        .header('cache-control', 'no-store')
        .redirect(`/r/${token}?${query(viewOf(request))}${keep}`, 303);
    },
  );
}

function frameRoutes(http: Http, deps: Deps, { desk, barrier, contact }: RatingWays): void {
  const links = linkReader(deps);
  const options = { config: access, errorHandler: embedFailure(deps) };
  const schema = { hide: true, querystring: parentQuery, params: tokenParams };
  http.get('/embed/:token', { ...options, schema }, async (request, reply) => {
    const frame = await frameFor(deps, request, request.params.token);
    const opened = await links.open(request.params.token);
    await barrier.admit(request, opened.invitation.cityCode);
    if (opened.state === 'open') return send(reply, frame, freshForm(deps, frame.view, opened, frame.parts));
    const matter = matterLine(frame.view.lang, opened.matter);
    return send(reply, frame, endPage(frame, { kind: opened.state, matter }));
  });
  http.post(
    '/embed/:token',
    { ...options, attachValidation: true, schema: { ...schema, body: ratingForm } },
    async (request, reply) => {
      const { token } = request.params;
      const frame = await frameFor(deps, request, token);
      const values = valuesOf(request.body);
      await barrier.admitToken(request, token);
      try {
        if (request.validationError) throw refusalOf(request.validationError, request);
        const sender = { mark: deviceMark(request), address: request.ip };
        const wanted = contact.check(values);
        await desk.submit({ ...submissionOf(token, values, sender), contact: wanted });
        const asked = wanted && (await askSoon(deps, contact, token));
        return send(reply, frame, endPage(frame, { kind: 'rated', matter: '', asked }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const opened = await links.open(token);
        const matter = matterLine(frame.view.lang, opened.matter);
        if (opened.state !== 'open')
          return send(reply.code(error.status), frame, endPage(frame, { kind: opened.state, matter }));
        if (error.status !== 422) throw error;
        const form = sentForm(deps, frame.view, { opened, values, refusal: error }, frame.parts);
        return send(reply.code(422), frame, form);
      }
    },
  );
}

/** A page in the frame of one site. */
interface Frame {
  readonly view: View;
  readonly parts: PageParts;
}

/** @throws Refusal `embed.not_allowed` when the site may not frame it */
async function frameFor(deps: Deps, request: FastifyRequest, token: string): Promise<Frame> {
  const { parent: asked = '' } = (request.query ?? {}) as { parent?: string };
  const invitation = readToken(deps.keys, token);
  if (invitation === null) throw new Refusal('rating.unknown_token');
  const ours = deps.config.demo && asked === new URL(deps.config.publicUrl).origin ? asked : undefined;
  const parent = ours ?? (await framingOrigin(deps.db.app, invitation.cityCode, asked));
  if (parent === undefined) throw new Refusal('embed.not_allowed');
  const view = { ...viewOf(request), keep: `parent=${encodeURIComponent(parent)}` };
  return { view, parts: { sheet, script: FRAME_SCRIPT, parent } };
}

function send(reply: FastifyReply, { parts }: Frame, content: Html): FastifyReply {
  return pageHeaders(reply, citizenPolicy(parts)).removeHeader('x-frame-options').send(content.text);
}

/** What became of it, in words and for the parent. */
function endPage(
  { view, parts }: Frame,
  { kind, matter, asked }: { kind: 'rated' | 'used' | 'expired'; matter: string; asked?: string | undefined },
): Html {
  const say = embedWords(view.lang)[kind];
  return layout(
    view,
    say.heading,
    html`
      <div role="status" id="result" data-type="${kind}">
        <h1>${say.heading}</h1>
        ${matter ? html`<p>${matter}</p>` : ''}
        <p>${say.text}</p>
        ${asked ? html`<p>${pageWords(view.lang).contact.asked}</p><p class="code">${asked}</p>` : ''}
      </div>
    `,
    parts,
  );
}

/** What goes wrong is told on a plain page, which nobody may frame: whoever opens it itself can read it. */
function embedFailure(deps: Deps) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = refusalOf(error, request);
    logFault(error, refusal, request, deps.log);
    const view = viewOf(request);
    const text = sentence(refusal.code, view.lang, refusal.params);
    return showPage(reply.code(refusal.status), noticePage(view, pageWords(view.lang).broken.heading, text));
  };
}

/** For trying it out with the demo hall: the code as a portal would write it, and what it makes. */
function demoPage(view: View, token: string | undefined): Html {
  const say = embedWords(view.lang).demo;
  if (token === undefined) return layout(view, say.title, html`<h1>${say.title}</h1><p>${say.none}</p>`);
  const snippet = `<script src="/embed/button.js" defer></script>
<div data-yiping-token="${token}" data-yiping-label="${say.button}"></div>`;
  return layout(
    view,
    say.title,
    html`
      <h1>${say.title}</h1>
      <p>${say.text}</p>
      <pre><code>${snippet}</code></pre>
      <div data-yiping-token="${token}" data-yiping-label="${say.button}"></div>
      <p class="soft">${say.note}</p>
    `,
    DEMO_PARTS,
  );
}

const DEMO_PARTS: PageParts = { sheet, script: '/embed/button.js', frames: true };
