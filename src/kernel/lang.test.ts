import { expect, it } from 'vitest';
import { parseLang, pickLang } from './lang.ts';

it.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['zh;q=0.3, en;q=0.7', 'en'],
  ['fr, de;q=0.9', 'zh-CN'],
  ['fr, en;q=0.5', 'en'],
  ['en;q=0', 'zh-CN'],
  ['en;q=nonsense', 'zh-CN'],
  ['*', 'zh-CN'],
])('reads the header %j as %s', (header, lang) => {
  expect(pickLang(header)).toBe(lang);
});

it('puts the choice made by hand first', () => {
  expect(pickLang('en', 'zh')).toBe('zh-CN');
  expect(pickLang('zh-CN', 'en')).toBe('en');
  expect(pickLang('en', 'tlh')).toBe('en');
  expect(parseLang('tlh')).toBeUndefined();
});
