import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import {
  findingDetail,
  findingPage,
  findingParams,
  findingQuery,
  reviewDecision,
  reviewProposal,
  reviewWithdrawal,
  runAnswer,
  runRequest,
} from './contract.ts';
import { findingPageFor, readFinding } from './reading-actions.ts';
import { decideReview, proposeReview, withdrawReview } from './review-actions.ts';
import { runDetectors } from './run-actions.ts';

const params = findingParams;
const answer = { hide: true, params, response: { 200: findingDetail } } as const;

/** Findings of the detectors, and what people make of them. */
export function integrityRoutes(http: Http, deps: Deps): void {
  const read = { access: { permission: 'integrity.read' } } as const;
  http.get(
    '/admin/api/integrity/findings',
    { config: read, schema: { hide: true, querystring: findingQuery, response: { 200: findingPage } } },
    async ({ actor, query }) => await findingPageFor(deps, actor, query),
  );
  http.get(
    '/admin/api/integrity/findings/:id',
    { config: read, schema: answer },
    async ({ actor, params: { id } }) => await readFinding(deps, actor, id),
  );
  http.post(
    '/admin/api/integrity/runs',
    {
      config: { access: { permission: 'integrity.run' } },
      schema: { hide: true, body: runRequest, response: { 200: runAnswer } },
    },
    async ({ actor, body }) => await runDetectors(deps, actor, body),
  );
  http.post(
    '/admin/api/integrity/findings/:id/proposal',
    {
      config: { access: { permission: 'integrity.propose' } },
      schema: { ...answer, body: reviewProposal },
    },
    async ({ actor, params: { id }, body }) => {
      await proposeReview(deps, actor, id, body);
      return await readFinding(deps, actor, id);
    },
  );
  http.post(
    '/admin/api/integrity/findings/:id/decision',
    { config: { access: { permission: 'integrity.decide' } }, schema: { ...answer, body: reviewDecision } },
    async ({ actor, params: { id }, body }) => {
      await decideReview(deps, actor, id, body);
      return await readFinding(deps, actor, id);
    },
  );
  http.post(
    '/admin/api/integrity/findings/:id/withdraw',
    {
      config: { access: { permission: 'integrity.propose' } },
      schema: { ...answer, body: reviewWithdrawal },
    },
    async ({ actor, params: { id }, body: { note } }) => {
      await withdrawReview(deps, actor, id, note);
      return await readFinding(deps, actor, id);
    },
  );
}
