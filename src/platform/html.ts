import { createHash } from 'node:crypto';

/** Text that is already HTML; everything else is escaped when it enters a template. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return escapeHtml(String(part));
}

/** Template for HTML: values are escaped, `Html` values and lists of them are taken as they are. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, chunk, index) => text + render(parts[index - 1]) + chunk));
}

/** Marks text as HTML that needs no escaping: for our own constants only, never for input. */
export function raw(text: string): Html {
  return new Html(text);
}

/** Content-Security-Policy source for an inline style or script of exactly this text. */
export function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Content-Security-Policy of a page to print: it may show itself with its own styles, and nothing else. */
export function printPolicy(stylesheet: string): string {
  return [
    "default-src 'none'",
    `style-src ${cspHash(stylesheet)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join(';');
}
