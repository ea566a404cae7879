import type { FastifyReply, FastifyRequest } from 'fastify';
import { showPage } from '../../platform/citizen-page.ts';
import { sha256 } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import { failurePages } from '../../platform/failure-pages.ts';
import { type OutTable, TABLE_TYPES, writeCsv } from '../../platform/files-write.ts';
import { missingPage } from './pages.ts';

/** Something published, with the moment at which it was counted. */
interface Dated {
  readonly asOf: string;
  readonly period: { readonly from: string; readonly to: string };
}

/** Hands out a table as CSV, unless the reader has it already. */
export function sendCsv<T extends Dated>(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { name, said, tableOf }: { name: string; said: T; tableOf: (said: T) => OutTable },
): FastifyReply {
  openToAll(reply);
  if (isKnown(request, reply, { said, of: 'csv' })) return reply.code(304).send();
  const file = `${name}-${said.period.from}-${said.period.to}.csv`;
  return reply
    .type(TABLE_TYPES.csv)
    .header('content-disposition', `attachment; filename="${file}"`)
    .send(writeCsv(tableOf(said)));
}

/** The same as JSON. */
export function sendJson(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  said: Dated,
): FastifyReply {
  openToAll(reply);
  if (isKnown(request, reply, { said, of: 'json' })) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(said));
}

/** Anybody may keep the figures for a minute; then it is asked whether they are still the same. */
export const CACHE = 'public, max-age=60';

/** Pages of any other site may read them: they are public, and no cookie is looked at. */
export function openToAll(reply: FastifyReply): void {
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', CACHE);
}

/** Whether the reader has these figures already: the same numbers, whenever they were counted. */
export function isKnown(
  request: FastifyRequest,
  reply: FastifyReply,
  { said, of }: { said: Dated; of: string },
): boolean {
  const mark = sha256(`${of}\n${markOf(said)}`).toString('base64url');
  const tag = `W/"${mark.slice(0, 22)}"`;
  reply.header('etag', tag);
  const given = request.headers['if-none-match'] ?? '';
  const known = given.split(',').some((one) => one.trim() === tag || one.trim() === tag.slice(2));
  if (known) reply.header('cache-control', CACHE);
  return known;
}

/** Of the lists, which are long and stay the same objects while their numbers do. */
const marks = new WeakMap<object, string>();

/** The same for the same numbers, whenever they were counted. */
function markOf({ asOf: _, ...said }: Dated): string {
  const { lists, rankings, lines, ...rest } = said as Partial<Record<string, object>>;
  const long = lists ?? rankings ?? lines;
  if (long === undefined) return sha256(JSON.stringify(rest)).toString('base64url');
  const known = marks.get(long) ?? sha256(JSON.stringify(long)).toString('base64url');
  marks.set(long, known);
  return sha256(`${known}${JSON.stringify(rest)}`).toString('base64url');
}

/** What goes wrong is told on a page, with the way back. */
export function failurePage(deps: Deps) {
  return failurePages(deps, { retryAfter: null }, ({ view, text }, reply) => {
    return showPage(reply, missingPage(view, text));
  });
}
