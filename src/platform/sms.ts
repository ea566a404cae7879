/**
 * Short messages through whatever the instance is set up with: a file of its own, which sends nothing, or a
 * provider. The caller learns whether a message went out, never will, may later, or can't be known.
 */
import { createHash, createHmac } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { maskPhone } from '../kernel/codes.ts';
import type { Deps } from './deps.ts';
import type { SmsSettings } from './sms-settings.ts';

export interface SmsMessage {
  /** Eleven digits, mainland China. */
  readonly phone: string;
  /** Our name of the template. */
  readonly template: string;
  /** What the provider puts into the template's places {1}, {2}, … */
  readonly params: readonly string[];
  /** The whole text as the person reads it. */
  readonly text: string;
}

/** `refused` is final, `later` was surely not sent, `unclear` may have been. */
export type SmsOutcome =
  | { readonly kind: 'accepted'; readonly id: string }
  | { readonly kind: 'refused' | 'later' | 'unclear'; readonly code: string };

/** What the file adapter writes, below DATA_DIR: one JSON object a line, phones masked. */
export const SMS_FILE = 'sms-outbox.jsonl';
const TIMEOUT_MS = 10_000;

type Ground = Pick<Deps, 'config' | 'clock'>;

/** Sends one message; never throws for what the provider or the line does. */
export async function sendSms(ground: Ground, message: SmsMessage): Promise<SmsOutcome> {
  const { sms } = ground.config;
  return sms.adapter === 'file' ? await toFile(ground, message) : await toTencent(ground, sms, message);
}

async function toFile({ config, clock }: Ground, { phone, template, text }: SmsMessage): Promise<SmsOutcome> {
  const at = clock.now().toISOString();
  const line = JSON.stringify({ at, phone: maskPhone(phone), template, text });
  await appendFile(join(config.dataDir, SMS_FILE), `${line}\n`, { mode: 0o600 });
  return { kind: 'accepted', id: 'file' };
}

const sent = z.object({
  Response: z.object({
    Error: z.object({ Code: z.string() }).optional(),
    SendStatusSet: z.array(z.object({ SerialNo: z.string(), Code: z.string() })).optional(),
  }),
});

/** Faults that somebody mends or that pass: the same message may go out later. */
const PASSING =
  /^(Request)?LimitExceeded|^(InternalError|AuthFailure|Unauthorized|Resource|FailedOperation\.Insuff)/;
/** The line failed before anything was sent. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

type Tencent = Extract<SmsSettings, { adapter: 'tencent' }>;

/** SendSms of version 2021-01-11, signed by TC3-HMAC-SHA256 as the provider publishes it. */
async function toTencent({ clock }: Ground, settings: Tencent, message: SmsMessage): Promise<SmsOutcome> {
  const template = settings.templates[message.template];
  if (template === undefined) return { kind: 'later', code: 'no_template' };
  const body = JSON.stringify({
    PhoneNumberSet: [`+86${message.phone}`],
    SmsSdkAppId: settings.appId,
    SignName: settings.sign,
    TemplateId: template,
    TemplateParamSet: message.params,
  });
  let response: Response;
  try {
    response = await fetch(settings.endpoint, {
      method: 'POST',
      headers: signedHeaders(settings, body, clock.now()),
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const code = String(((error as Error).cause as { code?: string } | undefined)?.code ?? 'no_answer');
    return { kind: NOT_REACHED.has(code) ? 'later' : 'unclear', code };
  }
  if (response.status === 429 || response.status >= 500)
    return { kind: 'later', code: `http_${response.status}` };
  return outcomeOf(await response.json().catch(() => undefined));
}

function outcomeOf(answer: unknown): SmsOutcome {
  const parsed = sent.safeParse(answer);
  if (!parsed.success) return { kind: 'unclear', code: 'unreadable_answer' };
  const { Error: error, SendStatusSet: [status] = [] } = parsed.data.Response;
  if (status?.Code === 'Ok') return { kind: 'accepted', id: status.SerialNo };
  const code = (error ?? status)?.Code ?? 'unreadable_answer';
  if (error === undefined && status === undefined) return { kind: 'unclear', code };
  return { kind: PASSING.test(code) ? 'later' : 'refused', code };
}

const SIGNED = 'content-type;host;x-tc-action';
const CONTENT_TYPE = 'application/json; charset=utf-8';

function signedHeaders(settings: Tencent, body: string, now: Date): Record<string, string> {
  const stamp = String(Math.floor(now.getTime() / 1000));
  const date = now.toISOString().slice(0, 10);
  const scope = `${date}/sms/tc3_request`;
  const { host } = new URL(settings.endpoint);
  const headers = `content-type:${CONTENT_TYPE}\nhost:${host}\nx-tc-action:sendsms\n`;
  const request = ['POST', '/', '', headers, SIGNED, hex(body)].join('\n');
  const toSign = ['TC3-HMAC-SHA256', stamp, scope, hex(request)].join('\n');
  const key = ['sms', 'tc3_request'].reduce<Buffer>(
    (under, part) => hmac(under, part),
    hmac(`TC3${settings.secretKey}`, date),
  );
  return {
    'content-type': CONTENT_TYPE,
    'x-tc-action': 'SendSms',
    'x-tc-version': '2021-01-11',
    'x-tc-timestamp': stamp,
    'x-tc-region': settings.region,
    authorization:
      `TC3-HMAC-SHA256 Credential=${settings.secretId}/${scope}, ` +
      `SignedHeaders=${SIGNED}, Signature=${hmac(key, toSign).toString('hex')}`,
  };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
