import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { importAnswer } from '../../platform/imports-contract.ts';
import { incomingFile } from '../../platform/stored-file-http.ts';
import {
  type ClockFile,
  clockSourcesFor,
  loadClockFile,
  previewClockFile,
  saveClockSource,
} from './clock-actions.ts';
import { clockFileQuery, clockPreview, clockSourceForm, clockSources, idParams } from './clock-contract.ts';

const config = { access: { permission: 'attendance.write' } } as const;

/** Files of clock-in machines, and which of their columns means what. */
export function clockRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/attendance/sources',
    { config, schema: { hide: true, response: { 200: clockSources } } },
    async ({ actor }) => await clockSourcesFor(deps, actor),
  );
  http.post(
    '/admin/api/attendance/sources',
    { config, schema: { hide: true, body: clockSourceForm, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => {
      await saveClockSource(deps, actor, body);
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/attendance/preview',
    { config, schema: { hide: true, response: { 200: clockPreview } } },
    async (request) => await previewClockFile(deps, request.actor, await fileOf(request)),
  );
  http.post(
    '/admin/api/attendance/sources/:id/files',
    {
      config,
      schema: {
        hide: true,
        params: idParams,
        querystring: clockFileQuery,
        response: { 200: importAnswer },
      },
    },
    async (request) => {
      const { params, query, actor, lang } = request;
      const given = { sourceId: params.id, file: await fileOf(request), dryRun: query.dryRun === '1', lang };
      return await loadClockFile(deps, actor, given);
    },
  );
}

async function fileOf(request: FastifyRequest): Promise<ClockFile> {
  const { name, content } = await incomingFile(request);
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return { name, bytes: Buffer.concat(pieces) };
}
