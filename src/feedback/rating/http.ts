import type { FastifyRequest } from 'fastify';
import { isoMoment } from '../../kernel/day.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { cleanText, type RatingDesk, type Recorded, ratingDesk, type Submission } from './actions.ts';
import { type RatingSubmission, ratingReceipt, ratingSubmission } from './contract.ts';
import { ratingPages } from './pages.ts';
import { type Level, tagCodes } from './rating.ts';

/** The ratings' routes for other systems and for the office; the citizen's pages stand in pages.ts. */
export function ratingRoutes(http: Http, deps: Deps): void {
  const desk = ratingDesk(deps);
  http.addHook('onClose', () => desk.drain());
  submissionRoute(http, desk);
  ratingPages(http, deps, desk);
}

function submissionRoute(http: Http, desk: RatingDesk): void {
  http.post(
    '/api/v1/ratings',
    {
      // The schema is checked by hand, because what already stands for the record is told before a broken form.
      attachValidation: true,
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
      const recorded = request.validationError
        ? await standingOr(request.validationError, request.body, desk)
        : await desk.submit(submissionOf(request.body, request));
      return reply.code(recorded.isNew ? 201 : 200).send(answerOf(recorded));
    },
  );
}

function answerOf(recorded: Recorded): { receipt: string; recordedAt: string } {
  return { receipt: recorded.receipt, recordedAt: isoMoment(recorded.recordedAt) };
}

/** A submission whose form is broken: a repeat of what stands is answered all the same, else the form is refused. */
async function standingOr(broken: Error, body: unknown, desk: RatingDesk): Promise<Recorded> {
  const { token, id } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const recorded =
    typeof token === 'string' && (await desk.standing(token, typeof id === 'string' ? id : null));
  if (recorded) return recorded;
  throw broken;
}

function submissionOf(body: RatingSubmission, request: FastifyRequest): Submission {
  const tags = tagCodes(body.evalDetail ?? []);
  const byKey = request.actor?.kind === 'key';
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
    deviceAt: body.deviceAt ?? null,
    channel: byKey ? (body.pf ?? null) : null,
    source: byKey ? 'key' : 'citizen',
    deviceMark: null,
    address: request.ip,
  };
}
