import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { day } from '../../kernel/day.ts';
import { refusalCatalog } from '../../kernel/refusal.ts';
import { checkoutDir } from '../../platform/config.ts';
import { RuleError, type RuleFile, readRuleFolder, ruleFaultText } from '../../platform/rules.ts';
import { readScheme } from './actions.ts';
import { canonicalJson, contentHash } from './canonical.ts';
import { schemeLines } from './document.ts';
import { parseScheme } from './scheme-file.ts';

const folder = join(checkoutDir, 'rules/examples/broken-schemes');

/** One way to break the example scheme, and what the loader says to it. */
const brokenSchema = z.strictObject({
  name: z.string(),
  file: z.string(),
  without: z.boolean().optional(),
  replace: z.string().optional(),
  by: z.string().optional(),
  says: z.array(z.string()),
});

function broken(name: string) {
  const given = brokenSchema.parse(parse(readFileSync(join(folder, name), 'utf8')));
  const files = readRuleFolder('example-city').flatMap((file): RuleFile[] => {
    if (file.name !== `example-city/${given.file}`) return [file];
    if (given.without) return [];
    expect(file.text).toContain(given.replace);
    return [{ ...file, text: file.text.replace(given.replace ?? '', given.by ?? '') }];
  });
  const parsed = parseScheme('example-city', files);
  return { given, files, faults: parsed.kind === 'broken' ? parsed.faults : [] };
}

const names = readdirSync(folder);

describe('a broken scheme', () => {
  it.each(names)('%s is told with file, line, field and remedy', (name) => {
    const { given, faults, files } = broken(name);
    expect(faults.map((fault) => ruleFaultText(fault, 'zh-CN'))).toEqual(given.says);
    expect(() => readScheme('example-city', files)).toThrow(RuleError);
  });

  it('has an example for every message', () => {
    const said = new Set(names.flatMap((name) => broken(name).faults.map(({ code }) => code)));
    const told = ['scheme.none_in_force', 'scheme.day'];
    const all = [...refusalCatalog().keys()].filter((code) => /^(rules|scheme)\./.test(code));
    expect(all.filter((code) => !told.includes(code) && !said.has(code))).toEqual([]);
  });
});

describe('the example scheme', () => {
  const scheme = readScheme('example-city');
  const on = day('2026-05-01');

  it('has one hash, whatever the order of its fields', () => {
    const turned = JSON.parse(canonicalJson(scheme)) as typeof scheme;
    expect(contentHash(turned)).toBe(contentHash(scheme));
    expect(contentHash({ ...scheme, name: '另一个办法' })).not.toBe(contentHash(scheme));
  });

  it('gives every value a date and a clause', () => {
    const lines = schemeLines(scheme, on, 'zh-CN');
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
    for (const line of lines) {
      expect(line.current?.from, line.key).toBe('2022-01-01');
      expect(line.current?.source, line.key).toMatch(/^细则第/);
    }
  });

  it.each([
    ['rules.daily.late', '-1.00'],
    ['rules.daily.quarrel', '-3.00'],
    ['rules.conduct.media_exposure', '-15.00'],
    ['rules.case.over_promise', '-5.00'],
    ['rules.complaint.at_fault', '-5.00'],
    ['rules.rating.very_dissatisfied', '-4.00'],
    ['rules.bonus.once_done', '0.20'],
    ['bonus.innovation.cap', '3.00'],
    ['rating.max_points', '25.00'],
    ['rating.base_points', '20.00'],
    ['quota.best', '40.00 %'],
    ['pay.好', '¥300.00'],
    ['limits.appeal.department_opinion', '2 working days'],
  ])('says %s is %s', (key, text) => {
    const line = schemeLines(scheme, on, 'en').find((one) => one.key === key);
    expect(line?.current?.text).toBe(text);
  });
});
