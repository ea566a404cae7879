import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

const src = new URL('../../../src', import.meta.url).pathname;

/** Names that the server's sources write into the audit, as far as they stand there in one piece. */
function namesAfter(key: string): string[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const pattern = new RegExp(`\\b${key}: '([a-z_.]+)'`, 'g');
  const found = files.flatMap((name) =>
    [...readFileSync(join(src, name), 'utf8').matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  return [...new Set(found)].sort();
}

function has(words: object, path: string): boolean {
  let at: unknown = words;
  for (const part of path.split('.')) {
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined;
  }
  return typeof at === 'string' && at !== '';
}

test.each([
  ['zh', zh.audit],
  ['en', en.audit],
])('each action and kind of subject in the audit has a word (%s)', (_lang, words) => {
  const actions = namesAfter('action').filter((name) => name.includes('.'));
  expect(actions).toContain('access.sign_in');
  expect(actions.filter((name) => !has(words.actions, name))).toEqual([]);
  expect(namesAfter('subjectKind').filter((name) => !has(words.subjects, name))).toEqual([]);
});
