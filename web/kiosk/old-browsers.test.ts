import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = new URL('.', import.meta.url).pathname;
const sources = readdirSync(here).filter((name) => /\.(ts|css)$/.test(name) && !name.endsWith('.test.ts'));
/** Without comments, which may speak of anything. */
const textOf = (name: string): string =>
  readFileSync(join(here, name), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/^\s*\/\/.*$/gm, '');

/** What Chromium 70 lacks and no build adds, with the version that brought it. */
const script: readonly [RegExp, string][] = [
  [/\bObject\.fromEntries\b/, 'Object.fromEntries 73'],
  [/\.(replaceAll|at|findLast|findLastIndex|toSorted|toReversed|with|groupBy|matchAll)\(/, 'newer methods'],
  [/\b(structuredClone|queueMicrotask|reportError)\(/, 'newer functions'],
  [/\brandomUUID\b/, 'crypto.randomUUID 92'],
  [/\.replaceChildren\(/, 'replaceChildren 86'],
  [/\bPromise\.(allSettled|any|withResolvers)\b/, 'newer promises'],
  [/\bAbortSignal\.(timeout|any)\b/, 'AbortSignal.timeout 103'],
  [/\bglobalThis\b/, 'globalThis 71'],
];

const style: readonly [RegExp, string][] = [
  [/(?:^|[^-])\bgap:/, 'gap between flex items 84'],
  [/\baspect-ratio:/, 'aspect-ratio 88'],
  [/:(has|is|where|focus-visible|focus-within\()/, 'newer selectors'],
  [/\b(min|max|clamp|color-mix)\(/, 'newer functions'],
  [/\binset:|\bdvh\b|\bsvh\b|@container|@layer|accent-color|overflow: clip|text-wrap/, 'newer properties'],
  [/:\s*rgb\([^,)]*\//, 'rgb with a slash'],
];

describe('the tablet’s page', () => {
  const sheets = sources.filter((name) => name.endsWith('.css'));
  it.each(sheets)('%s asks for nothing newer than Chromium 70', (name) => {
    expect(style.filter(([pattern]) => pattern.test(textOf(name))).map(([, what]) => what)).toEqual([]);
  });

  it.each(sources.filter((name) => name.endsWith('.ts') && name !== 'vite.config.ts'))(
    '%s calls nothing newer than Chromium 70',
    (name) => {
      expect(script.filter(([pattern]) => pattern.test(textOf(name))).map(([, what]) => what)).toEqual([]);
    },
  );

  it('catches what is too new', () => {
    const tooNew = (rules: readonly [RegExp, string][], text: string) =>
      rules.some(([one]) => one.test(text));
    expect(tooNew(style, '.a { gap: 8px; }')).toBe(true);
    expect(tooNew(style, '.a { grid-gap: 8px; }')).toBe(false);
    expect(tooNew(script, 'list.at(-1)')).toBe(true);
  });
});
