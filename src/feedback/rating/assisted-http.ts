import { day, endOfDay, startOfDay } from '../../kernel/day.ts';
import { rate } from '../../kernel/rate.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import { assistedServiceFor, enterRating } from './assisted-actions.ts';
import {
  ASSISTED_SOURCES,
  type AssistedCounts,
  assistedAnswer,
  assistedCounts,
  assistedCountsQuery,
  assistedForm,
  assistedFound,
  assistedQuery,
  batchFileParams,
  batchForm,
  batchPage,
  batchParams,
  batchQuery,
  batchView,
  hotlineAnswer,
} from './assisted-contract.ts';
import { countAssisted } from './assisted-store.ts';
import { addScan, batchBy, batches, finishBatch, openBatch, readScan } from './batch-actions.ts';
import { enterHotlineFile } from './hotline-actions.ts';

const config = { access: { permission: 'rating.enter' } } as const;
const MEGABYTES = 5;

/** Ratings that staff enter for citizens: by phone, from paper, from the hotline. */
export function assistedRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/assisted/service',
    { config, schema: { hide: true, querystring: assistedQuery, response: { 200: assistedFound } } },
    async ({ actor, query }) => await assistedServiceFor(deps, actor, query),
  );
  http.post(
    '/admin/api/assisted/entries',
    { config, schema: { hide: true, body: assistedForm, response: { 200: assistedAnswer } } },
    async ({ actor, body }) => await enterRating(deps, actor, body),
  );
  http.post(
    '/admin/api/assisted/hotline',
    { config, schema: { hide: true, response: { 200: hotlineAnswer } } },
    async (request) => {
      const { name, content } = await incomingFile(request);
      const bytes = await whole(content);
      return await enterHotlineFile(deps, request.actor, { bytes, name }, request.lang);
    },
  );
  http.get(
    '/admin/api/assisted/counts',
    { config, schema: { hide: true, querystring: assistedCountsQuery, response: { 200: assistedCounts } } },
    async ({ actor, query }) => await counts(deps, actor, query),
  );
  batchRoutes(http, deps);
}

async function whole(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    size += piece.length;
    if (size > MEGABYTES * 1024 * 1024) throw new Refusal('import.file_too_large', { limit: MEGABYTES });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function counts(
  deps: Deps,
  actor: Actor,
  query: { from: string; to: string },
): Promise<AssistedCounts> {
  const [from, to] = [day(query.from), day(query.to)];
  if (to < from) throw new Refusal('rating.range_reversed', {}, { field: 'to' });
  const reach = { ...actor.scope, cityCode: actor.cityCode };
  const rows = await countAssisted(deps.db.read, { ...reach, from: startOfDay(from), to: endOfDay(to) });
  return ASSISTED_SOURCES.map((source) => {
    const row = rows.find((one) => one.source === source);
    const { entered = 0, good = 0, rated = 0, excluded = 0 } = row ?? {};
    return { source, entered, goodRate: rate(good, rated), excluded };
  });
}

function batchRoutes(http: Http, deps: Deps): void {
  const params = batchParams;
  const answer = { hide: true, params, response: { 200: batchView } } as const;
  http.get(
    '/admin/api/assisted/batches',
    { config, schema: { hide: true, querystring: batchQuery, response: { 200: batchPage } } },
    async ({ actor, query }) => await batches(deps, actor, query),
  );
  http.post(
    '/admin/api/assisted/batches',
    { config, schema: { hide: true, body: batchForm, response: { 200: batchView } } },
    async ({ actor, body }) => await batchBy(deps, actor, await openBatch(deps, actor, body.note)),
  );
  http.get(
    '/admin/api/assisted/batches/:id',
    { config, schema: answer },
    async ({ actor, params: { id } }) => await batchBy(deps, actor, id),
  );
  http.post('/admin/api/assisted/batches/:id/files', { config, schema: answer }, async (request) => {
    const { actor, params: wanted } = request;
    await addScan(deps, actor, wanted.id, await incomingFile(request));
    return await batchBy(deps, actor, wanted.id);
  });
  http.get(
    '/admin/api/assisted/batches/:id/files/:fileId',
    { config, compress: false, schema: { hide: true, params: batchFileParams } },
    async ({ actor, params: wanted }, reply) => sendFile(reply, await readScan(deps, actor, wanted)),
  );
  http.post(
    '/admin/api/assisted/batches/:id/end',
    { config, schema: answer },
    async ({ actor, params: { id } }) => {
      await finishBatch(deps, actor, id);
      return await batchBy(deps, actor, id);
    },
  );
}
