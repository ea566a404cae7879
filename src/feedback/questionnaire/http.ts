import { type PrintedSign, SIGN_POLICY, signSheets, signsToPrint } from '../../intake/invitation/index.ts';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { citizenPolicy, pageHeaders, viewOf } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import {
  beginQuestionnaire,
  closeQuestionnaire,
  contentOf,
  knownQuestionnaire,
  publish,
  questionnaireBy,
  questionnaires,
  saveDraft,
} from './actions.ts';
import {
  draftForm,
  newQuestionnaire,
  previewQuery,
  printQuery,
  publishForm,
  questionnaireDetail,
  questionnairePage,
  questionnaireParams,
  questionnaireQuery,
  questionnaireResults,
  resultsQuery,
  sheetsQuery,
} from './contract.ts';
import { previewPage, SHEET_PARTS } from './form-pages.ts';
import { resultsOf, resultTable, sheetTable } from './result-actions.ts';
import { questionnaireRules } from './rules.ts';

const read = { access: { permission: 'questionnaire.read' } } as const;
const write = { access: { permission: 'questionnaire.write' } } as const;
const params = questionnaireParams;
const answer = { hide: true, params, response: { 200: questionnaireDetail } } as const;

/** Questionnaires in the office; the citizen's pages stand in pages.ts. */
export function questionnaireRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/questionnaires',
    {
      config: read,
      schema: { hide: true, querystring: questionnaireQuery, response: { 200: questionnairePage } },
    },
    async ({ actor, query }) => await questionnaires(deps, actor, query),
  );
  http.post(
    '/admin/api/questionnaires',
    { config: write, schema: { hide: true, body: newQuestionnaire, response: { 200: questionnaireDetail } } },
    async ({ actor, body, lang }) => {
      await beginQuestionnaire(deps, actor, body);
      return await questionnaireBy(deps, actor, { id: body.id, lang });
    },
  );
  http.get(
    '/admin/api/questionnaires/:id',
    { config: read, schema: answer },
    async ({ actor, params: { id }, lang }) => await questionnaireBy(deps, actor, { id, lang }),
  );
  http.post(
    '/admin/api/questionnaires/:id',
    { config: write, schema: { ...answer, body: draftForm } },
    async ({ actor, params: { id }, body, lang }) => {
      await saveDraft(deps, actor, id, body);
      return await questionnaireBy(deps, actor, { id, lang });
    },
  );
  http.post(
    '/admin/api/questionnaires/:id/publish',
    { config: write, schema: { ...answer, body: publishForm } },
    async ({ actor, params: { id }, body, lang }) => {
      await publish(deps, actor, id, body);
      return await questionnaireBy(deps, actor, { id, lang });
    },
  );
  http.post(
    '/admin/api/questionnaires/:id/close',
    { config: write, schema: answer },
    async ({ actor, params: { id }, lang }) => {
      await closeQuestionnaire(deps, actor, id);
      return await questionnaireBy(deps, actor, { id, lang });
    },
  );
  outRoutes(http, deps);
}

/** What comes out of them: results, sheets, a preview, signs to print. */
function outRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/questionnaires/:id/results',
    {
      config: read,
      schema: { hide: true, params, querystring: resultsQuery, response: { 200: questionnaireResults } },
    },
    async ({ actor, params: { id }, query: { format, lang: _, ...query }, lang }, reply) => {
      if (format === 'json') return await resultsOf(deps, actor, id, query);
      requirePermission(actor, 'export.run');
      const table = await resultTable(deps, actor, { id, query, lang });
      return await sendTable(reply, 'questionnaire', format, table);
    },
  );
  http.get(
    '/admin/api/questionnaires/:id/sheets',
    { config: write, schema: { hide: true, params, querystring: sheetsQuery } },
    async ({ actor, params: { id }, query: { format, lang: _, ...query }, lang }, reply) =>
      await sendTable(reply, 'sheets', format, await sheetTable(deps, actor, { id, query, lang })),
  );
  http.get(
    '/admin/api/questionnaires/:id/preview',
    { config: write, schema: { hide: true, params, querystring: previewQuery } },
    async (request, reply) => {
      const row = await knownQuestionnaire(deps.db.app, request.actor, request.params.id);
      const { limits } = questionnaireRules(dayOf(deps.clock.now()));
      const page = previewPage(viewOf(request), contentOf(row.draft), limits.text);
      return pageHeaders(reply, citizenPolicy(SHEET_PARTS)).send(page.text);
    },
  );
  http.get(
    '/admin/api/questionnaires/:id/print',
    { config: write, schema: { hide: true, params, querystring: printQuery } },
    async ({ actor, params: { id }, query, lang }, reply) => {
      const printed = await toPrint(deps, actor, id, query);
      return reply
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', SIGN_POLICY)
        .type('text/html; charset=utf-8')
        .send((await signSheets(printed, { size: query.size, lang, asks: 'questionnaire' })).text);
    },
  );
}

/** The signs of the windows where it is open, each leading to the questionnaire. @throws Refusal `sign.*` */
async function toPrint(
  deps: Deps,
  actor: Actor,
  id: string,
  { windows, size }: { windows?: string | undefined; size: 'a4' | 'a5' | 'card' },
): Promise<PrintedSign[]> {
  const row = await knownQuestionnaire(deps.db.app, actor, id);
  if (row.version === null) throw new Refusal('questionnaire.not_open');
  const named = windows ?? (row.windows ?? []).join(',');
  const halls = windows === undefined ? (row.regions ?? []) : [];
  const wanted = [
    ...(named === '' ? [] : [{ windows: named }]),
    ...halls.map((region) => ({ region })),
    ...(named === '' && halls.length === 0 ? [{}] : []),
  ];
  const found = new Map<string, PrintedSign>();
  for (const filter of wanted) {
    for (const sign of await signsToPrint(deps, actor, { ...filter, size })) {
      const url = `${deps.config.publicUrl}/q/${sign.code}/${row.number}`;
      found.set(sign.code, { ...sign, url });
    }
  }
  return [...found.values()];
}
