import { deskVoiceForm, voiceFilter } from '../../feedback/voice/index.ts';
import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { incomingFile, sendFile } from '../../platform/stored-file-http.ts';
import { type LimitsOf, speakerView } from '../work-order/index.ts';
import {
  attachToVoice,
  openVoiceFile,
  readVoice,
  recordVoice,
  voicePage,
  voiceTable,
  wordsOfDesk,
} from './desk-actions.ts';
import {
  deskVoiceFileParams,
  deskVoicePage,
  deskVoiceParams,
  deskVoiceView,
  deskWords,
  faultDecision,
  faultProposal,
  praiseForm,
  reasonForm,
} from './desk-contract.ts';
import { giveBack, handOver, openReporter } from './discipline-actions.ts';
import { decideFault, proposeFault } from './fault-actions.ts';
import { proposePraise } from './praise-actions.ts';

const params = deskVoiceParams;
const answer = { hide: true, params, response: { 200: deskVoiceView } } as const;
const read = { access: { permission: 'voice.read' } } as const;
const write = { access: { permission: 'voice.write' } } as const;
const decide = { access: { permission: 'voice.decide' } } as const;

/** The hall's register of voices: what came by phone, letter, box or at the desk, and what is made of it. */
export function deskRoutes(http: Http, deps: Deps, limitsOf: LimitsOf): void {
  http.get(
    '/admin/api/voice-words',
    { config: read, schema: { hide: true, response: { 200: deskWords } } },
    (request) => wordsOfDesk(deps, request.lang),
  );
  http.get(
    '/admin/api/voices',
    { config: read, schema: { hide: true, querystring: voiceFilter, response: { 200: deskVoicePage } } },
    async (request, reply) => {
      const { format, lang: _, ...query } = request.query;
      if (format === 'json') return await voicePage(deps, request.actor, query);
      requirePermission(request.actor, 'export.run');
      return await sendTable(reply, 'voices', format, await voiceTable(deps, request.actor, query));
    },
  );
  http.post(
    '/admin/api/voices',
    { config: write, schema: { hide: true, body: deskVoiceForm, response: { 200: deskVoiceView } } },
    async ({ actor, body, lang }) =>
      await readVoice(deps, actor, await recordVoice(deps, actor, body, limitsOf), lang),
  );
  http.get(
    '/admin/api/voices/:id',
    { config: read, schema: answer },
    async ({ actor, params: { id }, lang }) => await readVoice(deps, actor, id, lang),
  );
  fileRoutes(http, deps);
  decisionRoutes(http, deps);
  disciplineRoutes(http, deps, limitsOf);
}

function fileRoutes(http: Http, deps: Deps): void {
  http.post('/admin/api/voices/:id/files', { config: write, schema: answer }, async (request) => {
    const { actor, lang } = request;
    const { id } = request.params;
    await attachToVoice(deps, actor, id, await incomingFile(request));
    return await readVoice(deps, actor, id, lang);
  });
  http.get(
    '/admin/api/voices/:id/files/:fileId',
    { config: read, compress: false, schema: { hide: true, params: deskVoiceFileParams } },
    async ({ actor, params: wanted }, reply) => sendFile(reply, await openVoiceFile(deps, actor, wanted)),
  );
}

function decisionRoutes(http: Http, deps: Deps): void {
  http.post(
    '/admin/api/voices/:id/fault',
    { config: decide, schema: { ...answer, body: faultProposal } },
    async ({ actor, params: { id }, body, lang }) => {
      await proposeFault(deps, actor, id, body);
      return await readVoice(deps, actor, id, lang);
    },
  );
  http.post(
    '/admin/api/voices/:id/fault/decision',
    { config: decide, schema: { ...answer, body: faultDecision } },
    async ({ actor, params: { id }, body, lang }) => {
      await decideFault(deps, actor, id, body);
      return await readVoice(deps, actor, id, lang);
    },
  );
  http.post(
    '/admin/api/voices/:id/praise',
    { config: write, schema: { ...answer, body: praiseForm } },
    async ({ actor, params: { id }, body, lang }) => {
      await proposePraise(deps, actor, id, body);
      return await readVoice(deps, actor, id, lang);
    },
  );
}

const officer = { access: { permission: 'discipline.read' } } as const;

function disciplineRoutes(http: Http, deps: Deps, limitsOf: LimitsOf): void {
  http.post(
    '/admin/api/voices/:id/discipline',
    { config: write, schema: { ...answer, body: reasonForm } },
    async ({ actor, params: { id }, body: { reason }, lang }) => {
      await handOver(deps, actor, { id, reason });
      return await readVoice(deps, actor, id, lang);
    },
  );
  http.post(
    '/admin/api/voices/:id/discipline/return',
    { config: officer, schema: { ...answer, body: reasonForm } },
    async ({ actor, params: { id }, body: { reason }, lang }) => {
      await giveBack(deps, actor, { id, reason }, limitsOf);
      return await readVoice(deps, actor, id, lang);
    },
  );
  http.post(
    '/admin/api/voices/:id/speaker',
    {
      config: officer,
      schema: { hide: true, params, body: reasonForm, response: { 200: speakerView } },
    },
    async ({ actor, params: { id }, body: { reason } }, reply) => {
      reply.header('cache-control', 'no-store');
      return await openReporter(deps, actor, { id, reason });
    },
  );
}
