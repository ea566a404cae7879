/**
 * What all pages for citizens share: plain HTML of one request, no script, in two languages and two sizes,
 * and the random mark of a device by which abuse is noticed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Lang } from '../kernel/lang.ts';
import { checkoutDir } from './config.ts';
import { randomBytesFast } from './crypto.ts';
import { cspHash, type Html, html, raw } from './html.ts';
import type { GuessLimit } from './post-limit.ts';

/** How a page is to be shown: the reader's language, and elder mode (大字版). */
export interface View {
  readonly lang: Lang;
  readonly elder: boolean;
  /** Further query of the page, kept when language or size is switched, such as `month=2026-05`. */
  readonly keep?: string;
}

/** Query that every citizen's page understands. */
export const pageQuery = z.object({
  lang: z.string().max(10).optional(),
  elder: z.string().max(2).optional(),
});

const DEVICE_COOKIE = 'yp_device';
const YEAR_SECONDS = 365 * 24 * 3600;

interface Frame {
  readonly product: string;
  readonly switchLang: string;
  readonly elder: string;
  readonly standard: string;
}

const frames: Readonly<Record<Lang, Frame>> = {
  'zh-CN': { product: '政务服务“好差评”', switchLang: 'English', elder: '大字版', standard: '标准版' },
  en: { product: 'Rate public services', switchLang: '中文', elder: 'Large type', standard: 'Normal type' },
};

/** A style that travels with the page, so that a page is one request. */
export interface Sheet {
  readonly style: Html;
  /** in the policy */
  readonly source: string;
}

/** A file of `web/citizen`, in one line. */
export function sheetOf(name: string): Sheet {
  const text = readFileSync(join(checkoutDir, 'web/citizen', name), 'utf8').replace(/\n\s*/g, '');
  return { style: raw(`<style>${text}</style>`), source: cspHash(text) };
}

const mainSheet = sheetOf('citizen.css');

/** What a page brings along besides the common style. */
export interface PageParts {
  readonly sheet?: Sheet;
  /** Search engines may list it. */
  readonly indexed?: boolean;
  /** Address of our own script: for pages in other systems' frames only. */
  readonly script?: string;
  /** It frames pages of our own. */
  readonly frames?: boolean;
  /** The one site that may frame it; nobody else ever. */
  readonly parent?: string;
}

/**
 * Policy of the citizen's pages: their inline styles, no script, no picture but inline ones, no other host.
 */
export function citizenPolicy({ sheet, script, frames, parent }: PageParts): string {
  return [
    "default-src 'none'",
    `style-src ${mainSheet.source}${sheet ? ` ${sheet.source}` : ''}`,
    `script-src ${script ? "'self'" : "'none'"}`,
    'img-src data:',
    ...(frames ? ["frame-src 'self'"] : []),
    "form-action 'self'",
    `frame-ancestors ${parent ?? "'none'"}`,
    "base-uri 'none'",
  ].join(';');
}

const CITIZEN_POLICY = citizenPolicy({});

/** The whole page around its content. */
export function layout(view: View, title: string, content: Html, parts: PageParts = {}): Html {
  const words = frames[view.lang];
  const other: Lang = view.lang === 'en' ? 'zh-CN' : 'en';
  const size = view.elder ? words.standard : words.elder;
  return compact(html`<!doctype html>
    <html lang="${view.lang}"${view.elder ? raw(' class="elder"') : ''}${
      parts.parent ? html` data-parent="${parts.parent}"` : ''
    }>
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        ${parts.indexed ? '' : raw('<meta name="robots" content="noindex">')}
        <title>${title}</title>
        <link rel="icon" href="data:,">
        ${mainSheet.style}${parts.sheet?.style}
        ${parts.script ? html`<script src="${parts.script}" defer></script>` : ''}
      </head>
      <body>
        <header>
          <p>${words.product}</p>
          <nav>
            <a href="${link({ ...view, elder: !view.elder })}">${size}</a>
            <a href="${link({ ...view, lang: other })}" lang="${other}">${words.switchLang}</a>
          </nav>
        </header>
        <main>${content}</main>
      </body>
    </html>`);
}

/** Without the template's own indentation, which lies between tags; what people wrote holds no tag. */
function compact(page: Html): Html {
  return raw(page.text.replace(/>\s*\n\s*</g, '><'));
}

/** The same page in another language or size; the address stays, only the query changes. */
function link(view: View): string {
  return `?${query(view)}${view.keep ? `&${view.keep}` : ''}`;
}

/** Query that keeps language and size on the next page. */
export function query(view: View): string {
  return `lang=${view.lang === 'en' ? 'en' : 'zh'}${view.elder ? '&elder=1' : ''}`;
}

export function viewOf(request: FastifyRequest): View {
  const { elder } = (request.query ?? {}) as { elder?: string };
  return { lang: request.lang, elder: elder === '1' };
}

/** Headers of a citizen's page: it may run nothing, is kept by nobody and framed by nobody. */
export function pageHeaders(reply: FastifyReply, policy: string = CITIZEN_POLICY): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('vary', 'accept-encoding, accept-language')
    .type('text/html; charset=utf-8');
}

export function showPage(reply: FastifyReply, content: Html): FastifyReply {
  return pageHeaders(reply).send(content.text);
}

/** The mark of the device's cookie in hex, or null. */
export function deviceMark(request: FastifyRequest): string | null {
  const mark = request.cookies[DEVICE_COOKIE];
  return mark !== undefined && /^[0-9a-f]{32}$/.test(mark) ? mark : null;
}

/** The device's mark; a device without one gets a random one with the answer to its first post. */
export function markDevice(request: FastifyRequest, reply: FastifyReply): string {
  const known = deviceMark(request);
  if (known !== null) return known;
  const mark = randomBytesFast(16).toString('hex');
  const secure = request.protocol === 'https';
  reply.setCookie(DEVICE_COOKIE, mark, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: YEAR_SECONDS,
  });
  return mark;
}

/**
 * Looks up the code that the request brings. A device that guessed wrong gets a mark: from then on it is
 * counted by itself and no longer with all others that have none.
 */
export async function guessed<T>(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  now: Date,
  limit: GuessLimit,
  look: () => Promise<T>,
): Promise<T> {
  try {
    return await limit.guess(deviceMark(request), now, look);
  } catch (error) {
    markDevice(request, reply);
    throw error;
  }
}
