import { z } from 'zod';
import { readToken } from '../../intake/invitation/index.ts';
import { isoMoment, parseMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { officeNetworks, requirePermission } from '../../oversight/access/index.ts';
import { pageOf } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import { fieldErrorsOf } from '../../platform/field-error.ts';
import { sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { cleanText, type Recorded, ratingDesk, type Submission } from './actions.ts';
import { ratingBarrier } from './barrier-http.ts';
import { askSoon, type ContactDesk } from './contact-actions.ts';
import {
  type RatingSubmission,
  ratingDetail,
  ratingFilter,
  type ratingItem,
  ratingItems,
  ratingPage,
  ratingReceipt,
  ratingSubmission,
  ratingsQuery,
  ratingWords,
  statsLines,
  statsQuery,
} from './contract.ts';
import { embedPages } from './embed-pages.ts';
import { statsFor } from './figure-actions.ts';
import { type AsksAt, kioskRoutes } from './kiosk-http.ts';
import { cursorKey, ratingBy, ratingRowOf, ratings, ratingTable } from './list-actions.ts';
import type { RatingListRow } from './list-store.ts';
import { type RatingWays, ratingPages } from './pages.ts';
import { isGood, type Level, tagCodes } from './rating.ts';
import { nationalRules } from './rule-actions.ts';

/**
 * The ratings' routes for other systems and for the office; the citizen's pages stand in pages.ts. Tablets
 * offer a questionnaire where `asksAt` finds one.
 */
export function ratingRoutes(
  http: Http,
  deps: Deps,
  { asksAt, contact }: { asksAt: AsksAt; contact: ContactDesk },
): void {
  const networks = officeNetworks(deps);
  const desk = ratingDesk(deps, networks);
  const barrier = ratingBarrier(deps, networks);
  http.addHook('onClose', () => desk.drain());
  const ways = { desk, barrier, contact };
  submissionRoute(http, deps, ways);
  readingRoutes(http, deps);
  officeRoutes(http, deps);
  ratingPages(http, deps, ways);
  embedPages(http, deps, ways);
  kioskRoutes(http, deps, { desk, asksAt, contact });
}

const SUBMIT = '/api/v1/ratings';

function submissionRoute(http: Http, deps: Deps, ways: RatingWays): void {
  const { barrier } = ways;
  http.post(
    SUBMIT,
    {
      // The schema is checked by `record`, because what already stands is told before a broken form.
      attachValidation: true,
      compress: false,
      config: { access: 'public' },
      schema: {
        tags: ['ratings'],
        summary: 'Rate a service by its token',
        security: [],
        body: ratingSubmission,
        response: { 200: ratingReceipt, 201: ratingReceipt },
      },
    },
    async (request, reply) => {
      const { actor, body, ip } = request;
      // Other systems of the city aren't browsers: whoever brings a key answers for where it stands.
      const byKey = actor?.kind === 'key' && readToken(deps.keys, tokenIn(body))?.cityCode === actor.cityCode;
      if (!byKey) await barrier.admitToken(request, tokenIn(body));
      const { status, answer } = await take(deps, ways, body, { byKey, address: ip, admitted: true });
      return reply.code(status).send(answer);
    },
  );
  http.direct.add({
    url: SUBMIT,
    // A browser may bring the mark of staff, or a tablet its credential.
    unlessSent: ['cookie', 'x-device-credential'],
    async answer(body, { address }) {
      const { status, answer } = await take(deps, ways, body, { byKey: false, address, admitted: false });
      return { status, body: answer };
    },
  });
}

interface Answered {
  readonly status: 200 | 201;
  readonly answer: z.output<typeof ratingReceipt>;
}

async function take(deps: Deps, ways: RatingWays, body: unknown, sender: Sender): Promise<Answered> {
  const { isNew, receipt, recordedAt } = await record(ways, body, sender);
  const asks = (body as { contact?: unknown } | null)?.contact != null;
  const contactNumber = asks ? await askSoon(deps, ways.contact, tokenIn(body)) : undefined;
  const answer = { receipt, recordedAt: isoMoment(recordedAt), ...(contactNumber ? { contactNumber } : {}) };
  return { status: isNew ? 201 : 200, answer };
}

interface Sender {
  byKey: boolean;
  address: string;
  /** whether it may rate from where it stands has been looked at */
  admitted: boolean;
}

/**
 * Records a submission. What already stands for the record is told before a broken form: a repeat of what
 * stands is answered all the same, else the form is refused.
 */
async function record({ desk, contact }: RatingWays, body: unknown, sender: Sender): Promise<Recorded> {
  const read = readSubmission(contact, body, sender);
  if (!(read instanceof Refusal)) return desk.submit(read);
  const id = (body as { id?: unknown } | null)?.id;
  const token = tokenIn(body);
  const recorded = token !== '' && (await desk.standing(token, typeof id === 'string' ? id : null));
  if (recorded) return recorded;
  throw read;
}

/** What was handed in, or what is wrong with its form. */
function readSubmission(desk: ContactDesk, body: unknown, sender: Sender): Submission | Refusal {
  const parsed = ratingSubmission.safeParse(body);
  if (!parsed.success) {
    return new Refusal('request.invalid', {}, { errors: fieldErrorsOf(parsed.error.issues) });
  }
  const submission = submissionOf(parsed.data, sender);
  const { contact } = parsed.data;
  if (contact == null) return submission;
  try {
    return { ...submission, contact: desk.check({ name: contact.name ?? '', phone: contact.phone }) };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function tokenIn(body: unknown): string {
  const token = (body as { token?: unknown } | null | undefined)?.token;
  return typeof token === 'string' ? token : '';
}

function submissionOf(body: RatingSubmission, { byKey, address, admitted }: Sender): Submission {
  const tags = tagCodes(body.evalDetail ?? []);
  return {
    token: body.token,
    satisfaction: body.satisfaction as Level,
    tags,
    text: cleanText(body.writingEvaluation ?? ''),
    process: body.process ?? null,
    efficiency: body.efficiency ?? null,
    attitude: body.attitude ?? null,
    anonymous: body.anonymous ?? false,
    clientId: body.id ?? null,
    deviceAt: parseMoment(body.deviceAt ?? '')?.toISOString() ?? null,
    channel: byKey ? (body.pf ?? null) : null,
    source: byKey ? 'key' : 'citizen',
    shownAt: null,
    deviceMark: null,
    address,
    admitted,
  };
}

function readingRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'rating.read' } };
  http.get(
    '/api/v1/ratings',
    {
      config,
      schema: {
        tags: ['ratings'],
        summary: 'Ratings of services in a range of days, the newest recorded first',
        querystring: ratingsQuery,
        response: { 200: ratingItems },
      },
    },
    async (request) => {
      const { limit, from, to, cursor } = request.query;
      const rows = await ratings(deps, request.actor, { from, to, cursor, limit: limit + 1 });
      return pageOf(rows, limit, ratingItemOf, cursorKey);
    },
  );
  http.get(
    '/api/v1/stats',
    {
      config,
      schema: {
        tags: ['ratings'],
        summary: 'Counts and rates of services in a range of days',
        querystring: statsQuery,
        response: { 200: statsLines },
      },
    },
    async (request) => statsFor(deps, request.actor, request.query),
  );
}

function officeRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'rating.read' } };
  http.get(
    '/admin/api/ratings',
    { config, schema: { hide: true, querystring: ratingFilter, response: { 200: ratingPage } } },
    async (request, reply) => {
      const { limit, format, lang: _, ...query } = request.query;
      if (format !== 'json') {
        requirePermission(request.actor, 'export.run');
        return sendTable(
          reply,
          'ratings',
          format,
          await ratingTable(deps, request.actor, { ...query, limit }),
        );
      }
      const rows = await ratings(deps, request.actor, { ...query, limit: limit + 1 });
      return pageOf(rows, limit, ratingRowOf, cursorKey);
    },
  );
  http.get(
    '/admin/api/ratings/:stepId/:assessNumber',
    { config, schema: { hide: true, params: ratingParams, response: { 200: ratingDetail } } },
    async (request) => ratingBy(deps, request.actor, request.params),
  );
  http.get(
    '/admin/api/rating-words',
    { config: { access: 'signed-in' }, schema: { hide: true, response: { 200: ratingWords } } },
    () => {
      const rules = nationalRules();
      return {
        levels: [...rules.levels].map(([code, words]) => ({ code, words, good: isGood(code) })),
        tags: [...rules.tags.values()],
        dimensions: [...rules.dimensions].map(([code, words]) => ({ code, words })),
        channels: [...rules.channels.values()],
        metrics: [...rules.metrics].map(([code, words]) => ({ code, words })),
      };
    },
  );
  http.get(
    '/admin/api/stats',
    { config, schema: { hide: true, querystring: statsQuery, response: { 200: statsLines } } },
    async (request) => statsFor(deps, request.actor, request.query),
  );
}

const ratingParams = z.object({
  stepId: z.string().regex(/^[1-8]?\d{1,18}$/),
  assessNumber: z.coerce.number().int().min(1).max(2),
});

/** A rating by the national names. */
function ratingItemOf(row: RatingListRow): z.output<typeof ratingItem> {
  return {
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    assessNumber: row.assess_number,
    pf: row.channel,
    satisfaction: row.satisfaction,
    evalDetail: row.tags.map(String),
    process: row.process,
    efficiency: row.efficiency,
    attitude: row.attitude,
    assessTime: isoMoment(row.assessed_at),
    recordedAt: isoMoment(row.recorded_at),
    serviceTime: isoMoment(row.service_time),
    taskCode: row.task_code,
    taskName: row.task_name,
    windowCode: row.window_code,
    deptCode: row.dept_code,
    areaCode: row.region_code,
    verdict: row.verdict,
  };
}
