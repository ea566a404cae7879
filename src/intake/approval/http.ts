import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { approvalFor, decideStep, extendCase, pauseCase, resumeCase } from './actions.ts';
import {
  approvalParams,
  approvalView,
  decisionForm,
  extendForm,
  handOutForm,
  openSteps,
  pauseForm,
  resultQuery,
  resumeForm,
  waitingResult,
  waitingResults,
} from './contract.ts';
import { handOut, openStepsFor, resultsFor } from './list-actions.ts';

/** The back offices, and the window that hands out results. */
export function approvalRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'case.approve' as const } };
  const answer = { params: approvalParams, response: { 200: approvalView } };
  http.get(
    '/admin/api/approvals',
    { config, schema: { hide: true, response: { 200: openSteps } } },
    async ({ actor }) => ({ items: await openStepsFor(deps, actor) }),
  );
  http.get(
    '/admin/api/approvals/:projectNo',
    { config, schema: { hide: true, ...answer } },
    async ({ actor, params }) => await approvalFor(deps, actor, params.projectNo),
  );
  http.post(
    '/admin/api/approvals/:projectNo/decision',
    { config, schema: { hide: true, body: decisionForm, ...answer } },
    async ({ actor, params, body }) => await decideStep(deps, actor, params.projectNo, body),
  );
  http.post(
    '/admin/api/approvals/:projectNo/pause',
    { config, schema: { hide: true, body: pauseForm, ...answer } },
    async ({ actor, params, body }) => await pauseCase(deps, actor, params.projectNo, body),
  );
  http.post(
    '/admin/api/approvals/:projectNo/resume',
    { config, schema: { hide: true, body: resumeForm, ...answer } },
    async ({ actor, params, body }) => await resumeCase(deps, actor, params.projectNo, body.remark),
  );
  http.post(
    '/admin/api/approvals/:projectNo/extend',
    { config, schema: { hide: true, body: extendForm, ...answer } },
    async ({ actor, params, body }) => await extendCase(deps, actor, params.projectNo, body),
  );
  const counter = { access: { permission: 'case.accept' as const } };
  http.get(
    '/admin/api/results',
    { config: counter, schema: { hide: true, querystring: resultQuery, response: { 200: waitingResults } } },
    async ({ actor, query }) => ({ items: await resultsFor(deps, actor, query.q) }),
  );
  http.post(
    '/admin/api/results/:projectNo/hand-out',
    {
      config: counter,
      schema: { hide: true, params: approvalParams, body: handOutForm, response: { 200: waitingResult } },
    },
    async ({ actor, params, body }) => await handOut(deps, actor, params.projectNo, body),
  );
}
