import type { Lang } from '../kernel/lang.ts';
import type { Deps } from '../platform/deps.ts';

/** The command was written wrongly; the message shows how it goes. */
export class UsageError extends Error {}

export interface Call {
  deps: Deps;
  values: Record<string, string | boolean>;
  files: string[];
  format: string;
  applied: string[];
  lang: Lang;
}

export interface Answer {
  out: string | Uint8Array;
  /** The command was understood and refused: exit 1. */
  refused?: boolean;
}

/** One command. */
export interface Verb {
  name: string;
  usage: string;
  options: Record<string, { type: 'string' | 'boolean' }>;
  /** Options that must be given. */
  needs?: readonly string[];
  /** How many words stand beside the options. */
  arguments?: number;
  run(call: Call): Promise<Answer>;
}

export function usageText(verbs: readonly Verb[]): string {
  const lines = verbs.map((verb) => `  npm run -s yiping -- ${usageOf(verb)}`);
  return ['用法 Usage:', ...lines].join('\n');
}

function usageOf({ name, usage }: Verb): string {
  const format = usage.includes('--format') ? '' : '[--format json]';
  return [name, usage, format].filter((part) => part !== '').join(' ');
}

/** The forms in which a command answers: text and JSON, and tables where its usage says so. */
export function formatsOf({ usage }: Verb): readonly string[] {
  return usage.includes('csv|xlsx]') ? ['text', 'json', 'csv', 'xlsx'] : ['text', 'json'];
}

/** An option's text. */
export function textOf(call: Call, name: string): string {
  return String(call.values[name] ?? '');
}

export function json(value: unknown): Answer {
  return { out: JSON.stringify(value, null, 2) };
}

/** Columns of text under their heads, as wide as they need; a Chinese character counts two. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);
  const widths = head.map((name, at) => Math.max(width(name), ...rows.map((row) => width(row[at] ?? ''))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}
