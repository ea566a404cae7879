import { z } from 'zod';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { corrections, decide, proposeCorrection, stepOf, viewOf } from './actions.ts';
import {
  correctionDecision,
  correctionPage,
  correctionProposal,
  correctionQuery,
  correctionView,
} from './contract.ts';

const stepParams = z.object({ stepId: z.string().regex(/^[1-8]?\d{1,18}$/) });
const keyParams = z.object({
  projectNo: z.string().max(64),
  serviceNumber: z.coerce.number().int().min(1).max(999_999),
});
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Proposals by the office and by other systems; decisions by people only: two machines are not four eyes. */
export function correctionRoutes(http: Http, deps: Deps): void {
  http.post(
    '/api/v1/service-records/:projectNo/:serviceNumber/corrections',
    {
      config: { access: { permission: 'record.correct' } },
      schema: {
        summary: 'Propose a correction of a record’s clerk, window or phone',
        params: keyParams,
        body: correctionProposal,
        response: { 201: correctionView },
      },
    },
    async (request, reply) => {
      const stepId = await stepOf(deps, request.actor, request.params);
      return reply.code(201).send(await proposeCorrection(deps, request.actor, stepId, request.body));
    },
  );

  http.post(
    '/admin/api/service-records/:stepId/corrections',
    {
      config: { access: { permission: 'record.correct' } },
      schema: { hide: true, params: stepParams, body: correctionProposal, response: { 201: correctionView } },
    },
    async (request, reply) => {
      const { stepId } = request.params;
      return reply.code(201).send(await proposeCorrection(deps, request.actor, stepId, request.body));
    },
  );

  http.get(
    '/admin/api/corrections',
    {
      config: { access: { permission: 'record.read' } },
      schema: { hide: true, querystring: correctionQuery, response: { 200: correctionPage } },
    },
    async (request) => {
      const { state, stepId, cursor, limit } = request.query;
      const after = decodeMomentCursor(cursor, uuid);
      const rows = await corrections(deps, request.actor, { state, stepId, after, limit: limit + 1 });
      return pageOf(rows, limit, viewOf, (row) => [row.proposed_at.toISOString(), row.correction_id]);
    },
  );

  http.post(
    '/admin/api/corrections/:id/decision',
    {
      config: { access: { permission: 'record.approve' } },
      schema: {
        hide: true,
        params: z.object({ id: z.string().regex(uuid) }),
        body: correctionDecision,
        response: { 200: correctionView },
      },
    },
    async (request) => decide(deps, request.actor, request.params.id, request.body),
  );
}
