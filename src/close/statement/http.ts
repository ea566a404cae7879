import { z } from 'zod';
import { appealSchema, filingSchema } from '../../ledger/appeal/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { allScores, scorePage, scoreTable } from './actions.ts';
import { appealLine } from './appeal-actions.ts';
import {
  derivationParamsSchema,
  derivationSchema,
  langQuerySchema,
  publicScoreQuerySchema,
  scorePageSchema,
  scoreQuerySchema,
  scoreSchema,
} from './contract.ts';
import { explainScore } from './derivation-actions.ts';

export function statementRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/scores',
    {
      // Whoever may read all scores or only the own one; the action tells them apart.
      config: { access: 'signed-in' },
      schema: { hide: true, querystring: scoreQuerySchema, response: { 200: scorePageSchema } },
    },
    async (request, reply) => {
      const { query, actor } = request;
      if (query.format === 'json') return await scorePage(deps, actor, query);
      const table = await scoreTable(deps, actor, query);
      return await sendTable(reply, `scores-${query.month}`, query.format, table);
    },
  );
  http.get(
    '/admin/api/scores/:month/:kind/:code',
    {
      config: { access: 'signed-in' },
      schema: {
        hide: true,
        params: derivationParamsSchema,
        querystring: langQuerySchema,
        response: { 200: derivationSchema },
      },
    },
    async ({ params, actor, lang }) =>
      await explainScore(deps, actor, {
        month: params.month,
        subject: { kind: params.kind, code: params.code },
        lang,
      }),
  );
  http.post(
    '/admin/api/scores/:month/:kind/:code/appeals',
    {
      config: { access: { permission: 'appeal.file' } },
      schema: {
        hide: true,
        params: derivationParamsSchema,
        body: filingSchema,
        response: { 200: appealSchema },
      },
    },
    async ({ params: { month, kind, code }, body: form, actor }) =>
      await appealLine(deps, actor, { month, subject: { kind, code }, form }),
  );
  http.get(
    '/api/v1/scores',
    {
      config: { access: { permission: 'score.read' } },
      schema: {
        summary: 'Scores of a closed month 月度得分',
        description: 'One object a subject that the key may see, by code (contract §3).',
        tags: ['scores'],
        querystring: publicScoreQuerySchema,
        response: { 200: z.array(scoreSchema) },
      },
    },
    async ({ query, actor }) => await allScores(deps, actor, query),
  );
}
