import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { styledComponents } from '../build/antd-components.ts';
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');

function leaves(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  const found = new Map<string, string>();
  for (const [key, below] of Object.entries(value as Record<string, unknown>)) {
    for (const [name, text] of leaves(below, path ? `${path}.${key}` : key)) found.set(name, text);
  }
  return found;
}

function sources(): { path: string; text: string }[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.startsWith('dist'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const chinese = leaves(zh);
const english = leaves(en);

describe('texts', () => {
  it('exist in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('are never empty and name the same places', () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of chinese) {
      expect(text.trim(), key).not.toBe('');
      expect(places(english.get(key) ?? ''), key).toEqual(places(text));
    }
  });

  it('stand in the resource files, not in components', () => {
    const strays = sources()
      .filter(({ text }) => /\p{Script=Han}/u.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
      .map(({ path }) => path);
    expect(strays).toEqual([]);
  });

  it('use full-width punctuation in Chinese', () => {
    const halfWidth = [...chinese].filter(([, text]) =>
      /\p{Script=Han}[,;:!?]|[,;:!?]\p{Script=Han}/u.test(text),
    );
    expect(halfWidth).toEqual([]);
  });
});

describe('the static style sheet', () => {
  it('covers every component that is imported', () => {
    const styleless = new Set(['ConfigProvider', 'theme', 'StyleProvider']);
    const imported = sources().flatMap(({ text }) =>
      [...text.matchAll(/import \{([^}]*)\} from 'antd';/g)].flatMap((match) =>
        (match[1] ?? '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && !name.startsWith('type '))
          .map((name) => name.split(' as ')[0] ?? name),
      ),
    );
    const missing = imported.filter(
      (name) => !styleless.has(name) && !(styledComponents as readonly string[]).includes(name),
    );
    expect(missing).toEqual([]);
  });
});
