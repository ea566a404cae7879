import { z } from 'zod';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import { type Http, MEGABYTE } from '../../platform/http.ts';
import { qrSvg } from '../invitation/index.ts';
import {
  identityRequest,
  identityView,
  ratingLink,
  ratingLinkWish,
  recordDetail,
  recordOutcome,
  recordPage,
  recordQuery,
  recordViewSchema,
  serviceRecord,
} from './contract.ts';
import { recordTable } from './export-actions.ts';
import { ratingLinkFor } from './link-actions.ts';
import {
  type AnonymityCheck,
  maskedPerson,
  openPerson,
  recordBy,
  records,
  recordView,
} from './record-actions.ts';
import { submitRecords } from './submission-actions.ts';

/** Each record is judged by itself, so the schema only describes it here; `submitRecords` applies it. */
const recordDescription = z.toJSONSchema(serviceRecord, { unrepresentable: 'any' }) as Record<
  string,
  unknown
>;

const stepParams = z.object({ stepId: z.string().regex(/^[1-8]?\d{1,18}$/) });

/** Routes for other systems (contract §4) and for the office. */
export function caseRoutes(http: Http, deps: Deps, isAnonymous: AnonymityCheck): void {
  apiRoutes(http, deps);
  http.get(
    '/admin/api/service-records',
    {
      config: { access: { permission: 'record.read' } },
      schema: { hide: true, querystring: recordQuery, response: { 200: recordPage } },
    },
    async (request, reply) => {
      const { cursor, limit, format, lang: _, ...query } = request.query;
      if (format !== 'json') {
        const table = await recordTable(deps, request.actor, query);
        return sendTable(reply, 'service-records', format, table);
      }
      const after = decodeMomentCursor(cursor, /^[1-8]?\d{1,18}$/);
      const rows = await records(deps, request.actor, { ...query, after, limit: limit + 1 });
      return pageOf(
        rows,
        limit,
        (row) => recordView(deps, row),
        (row) => [row.service_time.toISOString(), row.step_id],
      );
    },
  );

  http.get(
    '/admin/api/service-records/:stepId',
    {
      config: { access: { permission: 'record.read' } },
      schema: { hide: true, params: stepParams, response: { 200: recordDetail } },
    },
    async (request) => {
      const { stepId } = request.params;
      const found = await recordBy(deps, request.actor, { stepId });
      const record = recordView(deps, found);
      const svg = await qrSvg(record.ratingUrl);
      const masked = await maskedPerson(deps, request.actor, found);
      return { record, masked, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
    },
  );

  http.post(
    '/admin/api/service-records/:stepId/identity',
    {
      config: { access: { permission: 'record.identity' } },
      schema: { hide: true, params: stepParams, body: identityRequest, response: { 200: identityView } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const wish = { stepId: request.params.stepId, reason: request.body.reason };
      return openPerson(deps, request.actor, wish, isAnonymous);
    },
  );
}

function apiRoutes(http: Http, deps: Deps): void {
  http.post(
    '/api/v1/rating-links',
    {
      config: { access: { permission: 'record.read' } },
      schema: {
        summary: 'A way into the rating page for one user of a portal or App, good for some minutes',
        body: ratingLinkWish,
        response: { 201: ratingLink },
      },
    },
    async (request, reply) => reply.code(201).send(await ratingLinkFor(deps, request.actor, request.body)),
  );

  http.post(
    '/api/v1/service-records',
    {
      config: { access: { permission: 'record.write' } },
      bodyLimit: 4 * MEGABYTE,
      schema: {
        summary: 'Hand in service records; each is judged by itself and answered in its place',
        body: z.array(z.unknown().meta(recordDescription)).min(1).max(1000),
        response: { 200: z.array(recordOutcome) },
      },
    },
    async (request) => submitRecords(deps, request.actor, request.body, request.lang),
  );

  http.get(
    '/api/v1/service-records/:projectNo/:serviceNumber',
    {
      config: { access: { permission: 'record.read' } },
      schema: {
        summary: 'One service record with its rating link, without personal fields',
        params: z.object({
          projectNo: z.string().max(64),
          serviceNumber: z.coerce.number().int().min(1).max(999_999),
        }),
        response: { 200: recordViewSchema },
      },
    },
    async (request) => recordView(deps, await recordBy(deps, request.actor, request.params)),
  );
}
