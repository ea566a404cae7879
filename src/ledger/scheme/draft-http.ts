import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import {
  createDraft,
  decideDraft,
  editDraft,
  proposeDraft,
  readDraft,
  rebaseDraft,
  withdrawDraft,
} from './draft-actions.ts';
import {
  draftDecisionSchema,
  draftLangSchema,
  draftListSchema,
  draftParamsSchema,
  draftSchema,
  draftStepSchema,
  editDraftSchema,
  newDraftSchema,
} from './draft-contract.ts';
import { listDrafts } from './draft-list-actions.ts';

const base = '/admin/api/scheme/drafts';

/** Who writes drafts and who decides on them read them alike; the actions tell them apart. */
export function draftRoutes(http: Http, deps: Deps): void {
  const writes = { access: { permission: 'scheme.write' } } as const;
  const response = { 200: draftSchema };
  const params = draftParamsSchema;
  http.get(
    base,
    {
      config: { access: 'signed-in' },
      schema: { hide: true, querystring: draftLangSchema, response: { 200: draftListSchema } },
    },
    async ({ actor, lang }) => await listDrafts(deps, actor, lang),
  );
  http.get(
    `${base}/:id`,
    {
      config: { access: 'signed-in' },
      schema: { hide: true, params, querystring: draftLangSchema, response },
    },
    async ({ actor, lang, params: { id } }) => await readDraft(deps, actor, id, lang),
  );
  http.post(
    base,
    { config: writes, schema: { hide: true, body: newDraftSchema, response: { 201: draftSchema } } },
    async ({ actor, lang, body }, reply) => reply.code(201).send(await createDraft(deps, actor, body, lang)),
  );
  http.post(
    `${base}/:id`,
    { config: writes, schema: { hide: true, params, body: editDraftSchema, response } },
    async ({ actor, lang, params: { id }, body }) => await editDraft(deps, actor, id, body, lang),
  );
  const steps = { propose: proposeDraft, withdraw: withdrawDraft, rebase: rebaseDraft };
  for (const [name, step] of Object.entries(steps)) {
    http.post(
      `${base}/:id/${name}`,
      { config: writes, schema: { hide: true, params, body: draftStepSchema, response } },
      async ({ actor, lang, params: { id }, body: { revision } }) =>
        await step(deps, actor, { draftId: id, revision }, lang),
    );
  }
  http.post(
    `${base}/:id/decision`,
    {
      config: { access: { permission: 'scheme.approve' } },
      schema: { hide: true, params, body: draftDecisionSchema, response },
    },
    async ({ actor, lang, params: { id }, body }) => await decideDraft(deps, actor, id, body, lang),
  );
}
