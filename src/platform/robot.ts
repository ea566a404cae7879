/**
 * Group robots of DingTalk (自定义机器人, open.dingtalk.com) and WeCom (群机器人, developer.work.weixin.qq.com)
 * in the formats that they publish. Only origins that are allowed are ever called.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Deps } from './deps.ts';
import type { SendOutcome } from './mail.ts';

export const ROBOT_PROVIDERS = ['dingtalk', 'wecom'] as const;
export type RobotProvider = (typeof ROBOT_PROVIDERS)[number];

export interface RobotAddress {
  readonly provider: RobotProvider;
  /** The webhook's address with its token or key. */
  readonly url: string;
  /** DingTalk's secret for signing (加签); WeCom has none. */
  readonly secret: string | null;
}

export interface RobotText {
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly url: string }[];
  /** Phones of people to call by name, and whether everybody is. */
  readonly phones: readonly string[];
  readonly everybody: boolean;
}

const PUBLISHED: Readonly<Record<RobotProvider, { origin: string; path: string; token: string }>> = {
  dingtalk: { origin: 'https://oapi.dingtalk.com', path: '/robot/send', token: 'access_token' },
  wecom: { origin: 'https://qyapi.weixin.qq.com', path: '/cgi-bin/webhook/send', token: 'key' },
};

/** Messages a minute that each provider takes from one robot; one more, and it takes none for a while. */
export const ROBOT_A_MINUTE = 20;
/** How long a robot rests once its provider says that it was too much (DingTalk: ten minutes). */
export const ROBOT_REST_MS = 600_000;

/** Bytes that a provider takes: WeCom's markdown and text, DingTalk's whole message less its frame. */
const MOST_BYTES = { dingtalk: 15_000, markdown: 4096, text: 2048 } as const;
const TIMEOUT_MS = 10_000;

type Ground = Pick<Deps, 'config' | 'clock'>;

/** Origins at which a provider's robots may be reached: its own, and those of private deployments. */
export function robotOrigins({ config }: Pick<Deps, 'config'>, provider: RobotProvider): string[] {
  return [PUBLISHED[provider].origin, ...config.robotOrigins];
}

/** The webhook as a provider publishes it, at an origin that is allowed; undefined for any other address. */
export function robotUrl(
  ground: Pick<Deps, 'config'>,
  provider: RobotProvider,
  text: string,
): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { path, token } = PUBLISHED[provider];
  const fits = url.pathname === path && url.username === '' && url.password === '' && url.hash === '';
  const key = url.searchParams.get(token) ?? '';
  if (!fits || !/^[\w-]{8,128}$/.test(key) || url.searchParams.size !== 1) return undefined;
  return robotOrigins(ground, provider).includes(url.origin) ? url : undefined;
}

/** Sends one message to a group; never throws for what the provider or the line does. */
export async function sendToRobot(
  ground: Ground,
  address: RobotAddress,
  text: RobotText,
): Promise<SendOutcome> {
  const url = robotUrl(ground, address.provider, address.url);
  if (url === undefined) return { kind: 'later', code: 'address_not_allowed' };
  const isDing = address.provider === 'dingtalk';
  if (isDing && address.secret !== null) sign(url, address.secret, ground.clock.now());
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(isDing ? dingMessage(text) : wecomMessage(text)),
      // Whoever is allowed may not lead us to somebody who isn't.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = (error as Error).cause as { code?: string } | undefined;
    return { kind: 'later', code: String(cause?.code ?? 'no_answer') };
  }
  if (response.status === 429) return { kind: 'slow', code: 'http_429' };
  if (!response.ok) return { kind: 'later', code: `http_${response.status}` };
  return outcomeOf(await response.json().catch(() => undefined));
}

/** `timestamp` and `sign` = base64(HMAC-SHA256(secret, timestamp + "\n" + secret)), as DingTalk publishes. */
function sign(url: URL, secret: string, now: Date): void {
  const stamp = String(now.getTime());
  const signature = createHmac('sha256', secret).update(`${stamp}\n${secret}`).digest('base64');
  url.searchParams.set('timestamp', stamp);
  url.searchParams.set('sign', signature);
}

function dingMessage({ title, lines, phones, everybody }: RobotText): object {
  // DingTalk shows a call by name only where the text names the phone as well.
  const called = phones.map((phone) => `@${phone}`).join(' ');
  const head = `#### ${title}${called === '' ? '' : `\n${called}`}`;
  const markdown = fitted(head, lines.map(linked), MOST_BYTES.dingtalk);
  return {
    msgtype: 'markdown',
    markdown: { title, text: markdown },
    at: { atMobiles: phones, isAtAll: everybody },
  };
}

function wecomMessage({ title, lines, phones, everybody }: RobotText): object {
  // Only a plain text can call people by their phones.
  if (phones.length === 0 && !everybody) {
    return {
      msgtype: 'markdown',
      markdown: { content: fitted(`### ${title}`, lines.map(linked), MOST_BYTES.markdown) },
    };
  }
  const plain = lines.map(({ text, url }) => `${text}\n${url}`);
  const list = [...phones, ...(everybody ? ['@all'] : [])];
  const content = fitted(title, plain, MOST_BYTES.text);
  return { msgtype: 'text', text: { content, mentioned_mobile_list: list } };
}

const linked = ({ text, url }: { text: string; url: string }): string => `> [${text}](${url})`;

/** As many whole lines as there is room for; what is left out is counted. */
export function fitted(head: string, lines: readonly string[], most: number): string {
  for (let shown = lines.length; shown > 0; shown -= 1) {
    const rest = lines.length - shown;
    const parts = [head, ...lines.slice(0, shown), ...(rest > 0 ? [`… +${rest}`] : [])];
    const text = parts.join('\n\n');
    if (Buffer.byteLength(text) <= most) return text;
  }
  return `${head}\n\n… +${lines.length}`;
}

const answered = z.object({ errcode: z.number().int(), errmsg: z.string().optional() });

/** Too many messages in a minute: DingTalk's 130101 and 410100, WeCom's 45009. */
const TOO_MANY: ReadonlySet<number> = new Set([130101, 410100, 45009]);
/** The message itself is wrong, and would be again. */
const WRONG_MESSAGE: ReadonlySet<number> = new Set([40008, 40035, 40058, 44004, 45002, 400105]);

function outcomeOf(answer: unknown): SendOutcome {
  const parsed = answered.safeParse(answer);
  if (!parsed.success) return { kind: 'later', code: 'unreadable_answer' };
  const { errcode } = parsed.data;
  if (errcode === 0) return { kind: 'accepted' };
  const kind = TOO_MANY.has(errcode) ? 'slow' : WRONG_MESSAGE.has(errcode) ? 'refused' : 'later';
  return { kind, code: `errcode_${errcode}` };
}
