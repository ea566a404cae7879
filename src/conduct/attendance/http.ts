import { z } from 'zod';
import type { Month } from '../../kernel/month.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { idParams } from './clock-contract.ts';
import {
  findingDecided,
  findingDecision,
  findingPage,
  findingParams,
  findingQuery,
  grid,
  gridQuery,
  monthParams,
  protestForm,
  runAnswer,
  runForm,
  shiftEnd,
  shiftForm,
  shiftList,
} from './contract.ts';
import { decideFindings, findingPageFor, findingTable, protestFinding } from './finding-actions.ts';
import { gridFor, gridTable } from './month-actions.ts';
import { runReview } from './review-actions.ts';
import { addShift, endShift, shiftsFor } from './shift-actions.ts';

const write = { access: { permission: 'attendance.write' } } as const;
/** Whoever may read all, or only the own: the actions tell them apart. */
const read = { access: 'signed-in' } as const;

/** The month's grid, and what the clock says against somebody. */
export function attendanceRoutes(http: Http, deps: Deps): void {
  shiftRoutes(http, deps);
  http.get(
    '/admin/api/attendance/months/:month',
    {
      config: read,
      schema: { hide: true, params: monthParams, querystring: gridQuery, response: { 200: grid } },
    },
    async ({ actor, params, query, lang }, reply) => {
      const month = params.month as Month;
      const { format, lang: _, ...rest } = query;
      if (format === 'json') return await gridFor(deps, actor, { month, query: rest });
      const table = await gridTable(deps, actor, { month, query, lang });
      return await sendTable(reply, `attendance-${month}`, format, table);
    },
  );
  http.get(
    '/admin/api/attendance/findings',
    { config: read, schema: { hide: true, querystring: findingQuery, response: { 200: findingPage } } },
    async ({ actor, query }, reply) => {
      const { format, lang: _, ...rest } = query;
      if (format === 'json') return await findingPageFor(deps, actor, rest);
      return await sendTable(reply, 'attendance', format, await findingTable(deps, actor, query));
    },
  );
  http.post(
    '/admin/api/attendance/findings/:id/protest',
    {
      config: { access: { permission: 'attendance.protest' } },
      schema: { hide: true, params: findingParams, body: protestForm, response: { 204: z.void() } },
    },
    async ({ actor, params: { id }, body: { text } }, reply) => {
      await protestFinding(deps, actor, { id, text });
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/attendance/decisions',
    {
      config: { access: { permission: 'attendance.confirm' } },
      schema: { hide: true, body: findingDecision, response: { 200: findingDecided } },
    },
    async ({ actor, body: decision, lang }) => await decideFindings(deps, actor, { decision, lang }),
  );
  http.post(
    '/admin/api/attendance/runs',
    { config: write, schema: { hide: true, body: runForm, response: { 200: runAnswer } } },
    async ({ actor, body }) => await runReview(deps, actor, body),
  );
}

function shiftRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/attendance/shifts',
    {
      config: { access: { permission: 'attendance.read' } },
      schema: { hide: true, response: { 200: shiftList } },
    },
    async ({ actor }) => await shiftsFor(deps, actor),
  );
  http.post(
    '/admin/api/attendance/shifts',
    { config: write, schema: { hide: true, body: shiftForm, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => {
      await addShift(deps, actor, body);
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/attendance/shifts/:id/end',
    { config: write, schema: { hide: true, params: idParams, body: shiftEnd, response: { 204: z.void() } } },
    async ({ actor, params: { id }, body: { on } }, reply) => {
      await endShift(deps, actor, { id, on });
      return reply.code(204).send();
    },
  );
}
