import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.ts';
import { officeNetworks } from '../../oversight/access/index.ts';
import { guessed, markDevice, pageQuery, query, showPage, viewOf } from '../../platform/citizen-page.ts';
import { randomBytesFast } from '../../platform/crypto.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { guessLimit, postLimit } from '../../platform/post-limit.ts';
import { type FormValues, type Level, ratingBarrier, tagCodes } from '../rating/index.ts';
import { commentByReceipt, receiveComment } from './actions.ts';
import { type CommentForm, commentForm, PUBLIC_SUBJECTS } from './contract.ts';
import { failurePage } from './failure-pages.ts';
import { scannedSign } from './find-actions.ts';
import { type CommentPage, commentPage, commentReceiptPage, subjectsPage } from './form-pages.ts';
import { departmentsOfCity, subjectName } from './subject-actions.ts';

type PublicSubject = { kind: (typeof PUBLIC_SUBJECTS)[number]; code: string };

/** Comments of one device an hour, and at one subject a minute, before more have to wait. */
const MOST = { device: 10, subject: 60 };
const HOUR_MS = 3_600_000;
/** Channels of a sign and of the web (pf). */
const CHANNEL = { sign: 3, web: 2 };

const config = { access: 'public' as const };
const page = { hide: true, querystring: pageQuery };
const onSign = { ...page, params: z.object({ code: z.string().max(40) }) };
const onSubject = {
  ...page,
  params: z.object({ kind: z.enum(PUBLIC_SUBJECTS), code: z.string().max(60) }),
};

/** Comments of the public (综合点评): plain HTML, no script. */
export function commentPages(http: Http, deps: Deps): void {
  const errorHandler = failurePage(deps);
  const post = commentPost(deps);
  const guesses = guessLimit();
  http.get('/comment', { config, schema: page, errorHandler }, async (request, reply) => {
    const departments = await departmentsOfCity(deps, deps.config.cityCode);
    return showPage(reply, subjectsPage(viewOf(request), departments));
  });
  http.get('/comment/:kind/:code', { config, schema: onSubject, errorHandler }, async (request, reply) => {
    const about = await aboutSubject(deps, request, request.params);
    return showPage(reply, commentPage(deps.clock.now(), about));
  });
  http.post(
    '/comment/:kind/:code',
    { config, schema: { ...onSubject, body: commentForm }, errorHandler },
    async (request, reply) => {
      const about = await aboutSubject(deps, request, request.params);
      return post(request, reply, { about, cityCode: deps.config.cityCode, signCode: null });
    },
  );
  http.get('/w/:code/comment', { config, schema: onSign, errorHandler }, async (request, reply) => {
    const { about } = await aboutSign(deps, request, request.params.code);
    return showPage(reply, commentPage(deps.clock.now(), about));
  });
  http.post(
    '/w/:code/comment',
    { config, schema: { ...onSign, body: commentForm }, errorHandler },
    async (request, reply) => {
      const { about, sign } = await aboutSign(deps, request, request.params.code);
      return post(request, reply, { about, cityCode: sign.cityCode, signCode: sign.code });
    },
  );
  http.get('/comment/receipt/:code', { config, schema: onSign, errorHandler }, async (request, reply) => {
    const look = () => commentByReceipt(deps, request.params.code);
    const received = await guessed({ request, reply }, deps.clock.now(), guesses, look);
    return showPage(reply, commentReceiptPage(viewOf(request), received));
  });
}

async function aboutSubject(
  deps: Deps,
  request: FastifyRequest,
  subject: PublicSubject,
): Promise<CommentPage> {
  const view = viewOf(request);
  const name = await subjectName(deps, deps.config.cityCode, subject, view.lang);
  return {
    view,
    heading: name,
    subjects: [subject],
    action: `/comment/${subject.kind}/${encodeURIComponent(subject.code)}`,
    channel: CHANNEL.web,
  };
}

async function aboutSign(deps: Deps, request: FastifyRequest, code: string) {
  const sign = await scannedSign(deps, code);
  const about: CommentPage = {
    view: viewOf(request),
    heading: `${sign.windowCode} ${sign.windowName}`,
    subjects: [
      { kind: 'window', code: sign.windowCode },
      { kind: 'department', code: sign.departmentCode, name: sign.departmentName },
      { kind: 'platform', code: 'hall' },
    ],
    action: `/w/${sign.code}/comment`,
    channel: CHANNEL.sign,
  };
  return { sign, about };
}

interface Posted {
  readonly about: CommentPage;
  readonly cityCode: string;
  readonly signCode: string | null;
}

/** Takes a form in: to the receipt, or back with what is wrong on top. */
function commentPost(deps: Deps) {
  const hour = postLimit(HOUR_MS);
  const minute = postLimit();
  const barrier = ratingBarrier(deps, officeNetworks(deps));
  return async (
    request: FastifyRequest<{ Body: CommentForm }>,
    reply: FastifyReply,
    { about, cityCode, signCode }: Posted,
  ): Promise<FastifyReply> => {
    // The hall comments on itself no more than it rates itself.
    await barrier.admit(request, cityCode);
    const now = deps.clock.now();
    const values = valuesOf(request.body);
    const subject = about.subjects.find(({ kind }) => kind === request.body.kind) ?? about.subjects[0];
    if (subject === undefined) throw new Refusal('comment.unknown_subject');
    try {
      const level = levelOf(values.satisfaction);
      const deviceMark = markDevice(request, reply);
      const allowed = [
        hour.allows(deviceMark, MOST.device, now),
        minute.allows(`${subject.kind}/${subject.code}`, MOST.subject, now),
      ];
      if (allowed.includes(false)) throw new Refusal('comment.wait');
      const received = await receiveComment(deps, cityCode, {
        subject,
        level,
        tags: tagCodes([...values.tags]),
        text: values.text,
        channel: about.channel,
        signCode,
        clientId: values.id,
        deviceMark,
        address: request.ip,
      });
      return reply.redirect(`/comment/receipt/${received.receipt}?${query(about.view)}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 422) throw error;
      const again = { ...about, chosen: subject.kind, values, error };
      return showPage(reply.code(422), commentPage(now, again));
    }
  };
}

function levelOf(text: string | undefined): Level {
  if (text !== undefined && /^[1-5]$/.test(text)) return Number(text) as Level;
  throw new Refusal('rating.level_missing', {}, { field: 'satisfaction' });
}

/** What was sent, as far as the page can show it again; tags of another level are left behind. */
function valuesOf(body: CommentForm): FormValues & { id: string } {
  const written = [body.evalDetail ?? []].flat().flatMap((one) => one.split(/[,，]/));
  const tags = written.map((one) => one.trim()).filter((one) => one !== '');
  const { id = '', satisfaction, writingEvaluation: text = '' } = body;
  return {
    satisfaction,
    tags: new Set(tags),
    text: text.slice(0, 5000),
    anonymous: false,
    scores: {},
    id: /^[A-Za-z0-9_-]{20}$/.test(id) ? id : randomBytesFast(15).toString('base64url'),
  };
}
