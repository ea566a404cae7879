import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pageTemplate } from './page-template.ts';

const filler = '一次办理只评价一次。'.repeat(200);

describe('page template', () => {
  it('gives the same page as text and as gzip', () => {
    const page = pageTemplate(`<h1>§</h1>${filler}<input value="§">${filler}`, '§');
    for (const values of [
      ['您 6月1日 10:20 在 T01 窗口办理的‘企业设立登记’', 'x'],
      ['', ''],
      ['é'.repeat(5000), 'id'],
    ]) {
      const text = page.text(values);
      expect(text).toBe(`<h1>${values[0]}</h1>${filler}<input value="${values[1]}">${filler}`);
      expect(gunzipSync(page.gzip(values)).toString()).toBe(text);
    }
  });

  it('compresses the fixed parts', () => {
    const page = pageTemplate(`${filler}§${filler}`, '§');
    expect(page.gzip(['a']).length).toBeLessThan(page.text(['a']).length / 10);
  });

  it('is wrong with a place too few', () => {
    expect(() => pageTemplate('a§b', '§').text([])).toThrow('place');
  });
});
