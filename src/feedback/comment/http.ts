import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import {
  commentDetail,
  commentFileParams,
  commentFilter,
  commentPage,
  commentParams,
  inspectionDecision,
  inspectionForm,
} from './contract.ts';
import {
  attachToInspection,
  decideInspection,
  readInspectionFile,
  recordInspection,
} from './inspection-actions.ts';
import { commentBy, comments, commentTable } from './list-actions.ts';

const params = commentParams;
const answer = { hide: true, params, response: { 200: commentDetail } } as const;

/** Comments and inspections in the office; the public's pages stand in pages.ts. */
export function commentRoutes(http: Http, deps: Deps): void {
  const read = { access: { permission: 'comment.read' } } as const;
  http.get(
    '/admin/api/comments',
    { config: read, schema: { hide: true, querystring: commentFilter, response: { 200: commentPage } } },
    async (request, reply) => {
      const { format, lang: _, ...query } = request.query;
      if (format === 'json') return await comments(deps, request.actor, query);
      requirePermission(request.actor, 'export.run');
      return await sendTable(reply, 'comments', format, await commentTable(deps, request.actor, query));
    },
  );
  http.get(
    '/admin/api/comments/:id',
    { config: read, schema: answer },
    async ({ actor, params: { id } }) => await commentBy(deps, actor, id),
  );
  http.get(
    '/admin/api/comments/:id/files/:fileId',
    { config: read, compress: false, schema: { hide: true, params: commentFileParams } },
    async ({ actor, params: wanted }, reply) =>
      sendFile(reply, await readInspectionFile(deps, actor, wanted)),
  );
  inspectionRoutes(http, deps);
}

function inspectionRoutes(http: Http, deps: Deps): void {
  const write = { access: { permission: 'inspect.write' } } as const;
  http.post(
    '/admin/api/inspections',
    { config: write, schema: { hide: true, body: inspectionForm, response: { 200: commentDetail } } },
    async ({ actor, body }) => {
      await recordInspection(deps, actor, body);
      return await commentBy(deps, actor, body.id);
    },
  );
  http.post('/admin/api/inspections/:id/files', { config: write, schema: answer }, async (request) => {
    const { actor, params: wanted } = request;
    await attachToInspection(deps, actor, wanted.id, await incomingFile(request));
    return await commentBy(deps, actor, wanted.id);
  });
  http.post(
    '/admin/api/inspections/:id/decision',
    {
      config: { access: { permission: 'inspect.confirm' } },
      schema: { ...answer, body: inspectionDecision },
    },
    async ({ actor, params: { id }, body }) => {
      await decideInspection(deps, actor, id, body);
      return await commentBy(deps, actor, id);
    },
  );
}
