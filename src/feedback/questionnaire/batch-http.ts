import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { beginSheetBatch, finishSheetBatch, sheetBatchBy, sheetBatches, typeSheet } from './batch-actions.ts';
import {
  paperCheckForm,
  paperSheetForm,
  settlementForm,
  sheetBatchForm,
  sheetBatchPage,
  sheetBatchParams,
  sheetBatchQuery,
  sheetBatchView,
} from './batch-contract.ts';
import { checkSheet, settleSheet } from './check-actions.ts';

const config = { access: { permission: 'questionnaire.enter' } } as const;
const base = '/admin/api/questionnaire-batches';
const answer = { hide: true, params: sheetBatchParams, response: { 200: sheetBatchView } } as const;

/** Paper sheets: typed by one, a sample typed again by another. */
export function sheetBatchRoutes(http: Http, deps: Deps): void {
  http.get(
    base,
    { config, schema: { hide: true, querystring: sheetBatchQuery, response: { 200: sheetBatchPage } } },
    async ({ actor, query }) => await sheetBatches(deps, actor, query),
  );
  http.post(
    base,
    { config, schema: { hide: true, body: sheetBatchForm, response: { 200: sheetBatchView } } },
    async ({ actor, body }) => {
      await beginSheetBatch(deps, actor, body);
      return await sheetBatchBy(deps, actor, body.id);
    },
  );
  http.get(
    `${base}/:id`,
    { config, schema: answer },
    async ({ actor, params: { id } }) => await sheetBatchBy(deps, actor, id),
  );
  http.post(
    `${base}/:id/sheets`,
    { config, schema: { ...answer, body: paperSheetForm } },
    async ({ actor, params: { id }, body }) => {
      await typeSheet(deps, actor, id, body);
      return await sheetBatchBy(deps, actor, id);
    },
  );
  http.post(`${base}/:id/end`, { config, schema: answer }, async ({ actor, params: { id } }) => {
    await finishSheetBatch(deps, actor, id);
    return await sheetBatchBy(deps, actor, id);
  });
  http.post(
    `${base}/:id/checks`,
    { config, schema: { ...answer, body: paperCheckForm } },
    async ({ actor, params: { id }, body }) => {
      await checkSheet(deps, actor, id, body);
      return await sheetBatchBy(deps, actor, id);
    },
  );
  http.post(
    `${base}/:id/settlements`,
    { config, schema: { ...answer, body: settlementForm } },
    async ({ actor, params: { id }, body }) => {
      await settleSheet(deps, actor, id, body);
      return await sheetBatchBy(deps, actor, id);
    },
  );
}
