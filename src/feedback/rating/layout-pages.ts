import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../../kernel/lang.ts';
import { checkoutDir } from '../../platform/config.ts';
import { cspHash, type Html, html, raw } from '../../platform/html.ts';
import { pageWords } from './page-words.ts';

/** How a page is to be shown: the reader's language, and elder mode (大字版). */
export interface View {
  readonly lang: Lang;
  readonly elder: boolean;
}

// One line: it travels with every page, so that a page is one request.
const stylesheet = readFileSync(join(checkoutDir, 'web/citizen/citizen.css'), 'utf8').replace(/\n\s*/g, '');

/**
 * Policy of the citizen's pages: this one inline style, no script, no picture but inline ones, no other
 * host.
 */
export const CITIZEN_POLICY = [
  "default-src 'none'",
  `style-src ${cspHash(stylesheet)}`,
  "script-src 'none'",
  'img-src data:',
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join(';');

const style = raw(`<style>${stylesheet}</style>`);

/** The whole page around its content. */
export function layout(view: View, title: string, content: Html): Html {
  const words = pageWords(view.lang);
  const other: Lang = view.lang === 'en' ? 'zh-CN' : 'en';
  const size = view.elder ? words.standard : words.elder;
  return compact(html`<!doctype html>
    <html lang="${view.lang}"${view.elder ? raw(' class="elder"') : ''}>
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="robots" content="noindex">
        <title>${title}</title>
        <link rel="icon" href="data:,">
        ${style}
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
  return `?${query(view)}`;
}

/** Query that keeps language and size on the next page. */
export function query(view: View): string {
  return `lang=${view.lang === 'en' ? 'en' : 'zh'}${view.elder ? '&elder=1' : ''}`;
}
