import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Lang } from '../kernel/lang.ts';
import { defineRefusals, type FieldError, Refusal, sentence, titleOf } from '../kernel/refusal.ts';
import { fieldErrorsOf } from './field-error.ts';
import type { Log } from './log.ts';

defineRefusals({
  'request.malformed': {
    status: 400,
    zh: '请求内容无法读取：格式不正确。请检查后重新提交。',
    en: "The request can't be read: it is malformed. Check it and send it again.",
  },
  'request.too_large': {
    status: 413,
    zh: '请求内容过大，没有保存。请分成较小的几次提交。',
    en: 'The request is too large and was not saved. Send it in smaller parts.',
  },
  'request.unsupported_type': {
    status: 415,
    zh: '不支持这种内容类型。请改用接口说明中的类型。',
    en: 'This content type is not supported. Use the type named in the API description.',
  },
  'request.not_found': {
    status: 404,
    zh: '没有找到这个地址。请检查链接是否完整。',
    en: 'There is nothing at this address. Check that the link is complete.',
  },
  'request.too_many': {
    status: 429,
    zh: '短时间内请求过多，请稍后再试。',
    en: 'Too many requests in a short time. Try again a little later.',
  },
  'server.fault': {
    status: 500,
    zh: '系统出现故障，这次操作没有完成。请稍后再试；如果仍然不行，请把编号 {request} 告诉管理员。',
    en:
      'The system has a fault and the request was not completed. Try again later, or tell the operator ' +
      'number {request}.',
  },
  'server.busy': {
    status: 503,
    zh: '系统暂时繁忙或数据库不可用，没有保存。请稍后再试。',
    en: 'The system is busy or its database is away; nothing was saved. Try again shortly.',
  },
});

/** RFC 9457 problem document (contract §4). */
export interface Problem {
  type: string;
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: FieldError[];
}

export function problemOf(refusal: Refusal, lang: Lang): Problem {
  const found =
    refusal.errors ?? (refusal.field ? [{ field: refusal.field, code: refusal.code }] : undefined);
  const errors = found?.map(({ params: _, ...one }, at) => ({
    ...one,
    detail: one.detail ?? detailOf(found[at] ?? one, refusal, lang),
  }));
  return {
    type: 'about:blank',
    status: refusal.status,
    code: refusal.code,
    title: titleOf(refusal.code, lang),
    detail: sentence(refusal.code, lang, refusal.params),
    ...(errors ? { errors } : {}),
  };
}

function detailOf(error: FieldError, refusal: Refusal, lang: Lang): string {
  return sentence(error.code, lang, error.params ?? (error.code === refusal.code ? refusal.params : {}));
}

const busyStates = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
  // Shut down, starting or full; a connection lost; only to be read from while another takes over.
  ...['57P01', '57P02', '57P03', '53100', '53200', '53300', '08000', '08001', '08003', '08006', '25006'],
  // Given up because it took too long.
  '57014',
  // Deadlocks and waits for a lock that came back in spite of three attempts.
  ...['40001', '40P01', '55P03'],
]);

/** PostgreSQL keeps no zero byte and no half character; a text with one can't be anything that it holds. */
const unreadableTexts = new Set(['22021', '22P05']);

/** What a log line says of a request: its number and its route's pattern. */
interface Asked {
  id: string;
  routeOptions: { url?: string | undefined };
}

/** Turns whatever was thrown into a refusal; a fault becomes `server.fault` and is logged by the caller. */
export function refusalOf(error: unknown, request: Pick<Asked, 'id'>): Refusal {
  if (error instanceof Refusal) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new Refusal('request.invalid', {}, { errors: fieldErrorsOf(error.validation.map(issueOf)) });
  }
  const { code = '', statusCode } = error as Partial<FastifyError>;
  if (statusCode === 413) return new Refusal('request.too_large');
  if (statusCode === 415) return new Refusal('request.unsupported_type');
  if (statusCode === 429) return new Refusal('request.too_many');
  if (statusCode === 503 || busyStates.has(code) || isLostConnection(error))
    return new Refusal('server.busy');
  if (unreadableTexts.has(code)) return new Refusal('request.malformed');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Refusal('request.malformed');
  return new Refusal('server.fault', { request: request.id });
}

/** The issue as the schema reported it, put together again from the form that the HTTP layer gives it. */
function issueOf(found: FastifySchemaValidationError): z.core.$ZodIssue {
  const path = found.instancePath.split('/').filter(Boolean);
  return { ...found.params, code: found.keyword, path, message: found.message ?? '' } as z.core.$ZodIssue;
}

/** What the driver says, without a code, of a connection that it can't get, has lost, or lost before. */
const LOST = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
];

function isLostConnection(error: unknown): boolean {
  return error instanceof Error && LOST.some((text) => error.message.startsWith(text));
}

export function logFault(error: unknown, refusal: Refusal, request: Asked, log: Log): void {
  if (refusal.status < 500) return;
  const cause = isResponseSerializationError(error) ? error.cause : error;
  log.error({ request: request.id, route: request.routeOptions.url, err: cause }, refusal.code);
}

export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const refusal = refusalOf(error, request);
  logFault(error, refusal, request, log);
  if (refusal.status === 503) reply.header('retry-after', '5');
  // The declared response schemas are for answers, not for problems: this one is serialized by itself.
  return reply
    .code(refusal.status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemOf(refusal, request.lang));
}

export function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemOf(new Refusal('request.not_found'), request.lang));
}
