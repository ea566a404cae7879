import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sentence } from '../../kernel/refusal.ts';
import { guessed, pageQuery, query, showPage, viewOf } from '../../platform/citizen-page.ts';
import { checkoutDir } from '../../platform/config.ts';
import type { Deps } from '../../platform/deps.ts';
import { failurePages } from '../../platform/failure-pages.ts';
import { TABLE_TYPES, writeTable } from '../../platform/files-write.ts';
import type { Http } from '../../platform/http.ts';
import { guessLimit } from '../../platform/post-limit.ts';
import { nationalRules } from '../rating/index.ts';
import { sealWords } from './page-words.ts';
import { proofOf, proveReceipt } from './proof-actions.ts';
import { chainAfter, chainTable, newestSeals, publishedCity } from './public-actions.ts';
import { failedPage, findPage, proofPage, sealsPage } from './view-pages.ts';

const access = { access: 'public' as const };
const codeParams = z.object({ code: z.string().max(40) });
const findQuery = pageQuery.extend({ code: z.string().max(100).optional() });
const city = z.string().max(20).optional();
const number = z.coerce.number().int().min(0).max(2_147_483_647);
const listQuery = pageQuery.extend({ city, before: number.optional() });
const fileQuery = z.object({ city, after: number.default(0), lang: z.string().max(10).optional() });

/** A month of seals on a page. */
const PER_PAGE = 31;
/** What is published changes once a day; whoever fetches it often is served from a cache. */
const CACHED = 'public, max-age=300';

/** The citizen's proof of a rating, and the published seals: plain pages and files. */
export function sealPages(http: Http, deps: Deps): void {
  proofRoutes(http, deps);
  publicRoutes(http, deps);
}

function proofRoutes(http: Http, deps: Deps): void {
  const errorHandler = failurePage(deps);
  const guesses = guessLimit();
  http.get(
    '/proof',
    { config: access, schema: { hide: true, querystring: findQuery }, errorHandler },
    (request, reply) => {
      const view = viewOf(request);
      const code = request.query.code?.trim();
      if (code === undefined) return showPage(reply, findPage(view, null));
      if (/^[\w\s-]{1,40}$/.test(code)) {
        return reply.redirect(`/proof/${encodeURIComponent(code)}?${query(view)}`, 303);
      }
      return showPage(reply.code(404), findPage(view, sentence('rating.unknown_receipt', view.lang)));
    },
  );
  http.get(
    '/proof/:code',
    { config: access, schema: { hide: true, querystring: pageQuery, params: codeParams }, errorHandler },
    async (request, reply) => {
      const look = () => proveReceipt(deps, request.params.code);
      const proved = await guessed({ request, reply }, deps.clock.now(), guesses, look);
      if (proved.standing.kind === 'broken') {
        deps.log.error({ event: 'seal.broken', seal: proved.standing.number }, 'a rating is not as sealed');
      }
      const view = viewOf(request);
      const level = nationalRules().levels.get(proved.level)?.[view.lang] ?? '';
      return showPage(reply, proofPage(view, proved, level));
    },
  );
  http.get(
    '/proof/:code/proof.json',
    { config: access, schema: { hide: true, querystring: pageQuery, params: codeParams } },
    async (request, reply) => {
      const look = () => proofOf(deps, request.params.code);
      const proof = await guessed({ request, reply }, deps.clock.now(), guesses, look);
      return reply
        .type('application/json; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="rating-proof.json"')
        .send(JSON.stringify(proof, null, 1));
    },
  );
}

function publicRoutes(http: Http, deps: Deps): void {
  http.get(
    '/public/seals',
    {
      config: access,
      schema: { hide: true, querystring: listQuery },
      errorHandler: failurePage(deps),
    },
    async (request, reply) => {
      const { before } = request.query;
      const shown = await publishedCity(deps, request.query.city);
      const page = { before: before ?? null, limit: PER_PAGE + 1 };
      const found = await newestSeals(deps, shown.code, page);
      const seals = found.slice(0, PER_PAGE);
      const older = found.length > PER_PAGE ? (seals.at(-1)?.header.number ?? null) : null;
      const listed = { city: shown, seals, older, paged: before !== undefined };
      return showPage(reply, sealsPage(viewOf(request), listed));
    },
  );
  const file = { config: access, schema: { hide: true, querystring: fileQuery } };
  http.get('/public/seals.json', file, async ({ query: asked }, reply) => {
    const { code } = await publishedCity(deps, asked.city);
    const { seals, next } = await chainAfter(deps, code, asked.after);
    const lines = seals.map(({ text, hash }) => ({ seal: text, hash }));
    return reply
      .type('application/json; charset=utf-8')
      .header('cache-control', CACHED)
      .send(JSON.stringify({ city: code, seals: lines, next }, null, 1));
  });
  http.get('/public/seals.csv', file, async ({ query: asked }, reply) => {
    const { code } = await publishedCity(deps, asked.city);
    const { seals } = await chainAfter(deps, code, asked.after);
    return reply
      .type(TABLE_TYPES.csv)
      .header('cache-control', CACHED)
      .header('content-disposition', `attachment; filename="seals-${code}.csv"`)
      .send(await writeTable(chainTable(seals), 'csv'));
  });
  const script = readFileSync(join(checkoutDir, 'docs/integration/verify-receipt.mjs'), 'utf8');
  http.get('/public/verify-receipt.mjs', { config: access, schema: { hide: true } }, (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', CACHED)
      .header('content-disposition', 'attachment; filename="verify-receipt.mjs"')
      .send(script),
  );
}

/** Whatever goes wrong is told on a page, with the way on. */
function failurePage(deps: Deps) {
  return failurePages(deps, { retryAfter: 60 }, ({ refusal, view, text }, reply) => {
    const words = sealWords(view.lang);
    const headings: Readonly<Record<string, string>> = {
      'rating.unknown_receipt': words.unknownReceipt,
      'request.too_many': words.busy,
      'server.busy': words.busy,
    };
    const heading = headings[refusal.code] ?? words.failed;
    return showPage(reply, failedPage(view, heading, text));
  });
}
