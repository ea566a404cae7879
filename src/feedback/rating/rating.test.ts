import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { statsLine } from './contract.ts';
import { matterLine } from './page-words.ts';
import { compare, type Given, type Judgement, judge, LEVELS, tagCodes, tagsOf, windowAt } from './rating.ts';
import { nationalRules } from './rule-actions.ts';

const rules = nationalRules();
const on = day('2026-06-01');

/** A good rating from a QR code without anything else. */
const plain: Given = { satisfaction: 5, tags: [], text: '', channel: 3 };

const cases: [string, Partial<Given>, Judgement][] = [
  ['a level alone', {}, { kind: 'fine' }],
  ['a tag of the level', { tags: [510, 517] }, { kind: 'fine' }],
  ['a tag of another level', { tags: [510, 214] }, { kind: 'tag_of_other_level', tag: 214, level: 2 }],
  ['a retired tag', { tags: [501] }, { kind: 'tag_retired', tag: 501 }],
  ['a tag that never was', { tags: [999] }, { kind: 'tag_unknown', tag: 999 }],
  ['no tag at all', { tags: undefined }, { kind: 'tag_malformed' }],
  ['level 2 without a word', { satisfaction: 2 }, { kind: 'reason_missing', level: 2 }],
  ['level 1 without a word', { satisfaction: 1 }, { kind: 'reason_missing', level: 1 }],
  ['level 3 without a word', { satisfaction: 3 }, { kind: 'fine' }],
  ['level 2 with a tag', { satisfaction: 2, tags: [214] }, { kind: 'fine' }],
  ['level 1 with a text', { satisfaction: 1, text: '让我跑了三趟' }, { kind: 'fine' }],
  ['150 characters on a tablet', { channel: 4, text: '好'.repeat(150) }, { kind: 'fine' }],
  [
    '151 characters on a tablet',
    { channel: 4, text: '好'.repeat(151) },
    { kind: 'text_too_long', length: 151, limit: 150 },
  ],
  ['500 characters elsewhere', { text: '𠮷'.repeat(500) }, { kind: 'fine' }],
  [
    '501 characters elsewhere',
    { text: '𠮷'.repeat(501) },
    { kind: 'text_too_long', length: 501, limit: 500 },
  ],
  ['a channel of no list', { channel: 42 }, { kind: 'channel_unknown', channel: 42 }],
  ['a local channel', { channel: 91 }, { kind: 'fine' }],
];

describe('rules of a rating', () => {
  it.each(cases)('%s', (_, given, outcome) => {
    expect(judge({ ...plain, ...given }, on, rules)).toEqual(outcome);
  });

  it('has eight active tags a level, three of them core, and none of them retired', () => {
    for (const level of LEVELS) {
      const tags = tagsOf(level, on, rules);
      expect(tags).toHaveLength(8);
      expect(tags.map((tag) => tag.group)).toEqual([
        ...['core', 'core', 'core'],
        ...Array.from({ length: 5 }, () => 'extended'),
      ]);
      for (const tag of tags) expect(rules.retired.has(tag.code)).toBe(false);
    }
  });

  it('names every figure of the statistics', () => {
    const named = [...rules.metrics.keys()];
    const { by: _, code: __, name: ___, ...figures } = statsLine.shape;
    expect(named.sort()).toEqual(Object.keys(figures).sort());
  });

  it('says which tags speak of the person', () => {
    const person = [...rules.tags.values()].filter((tag) => tag.concerns === 'person');
    expect(person.map((tag) => tag.code).sort()).toEqual([115, 213, 214, 413, 517]);
  });

  it.each([
    [['214'], [214]],
    [['214,210'], [210, 214]],
    [
      ['210', '214', '210'],
      [210, 214],
    ],
    [['210，214'], [210, 214]],
    [[''], []],
    [['2141'], undefined],
    [["214'"], undefined],
    [['__proto__'], undefined],
  ])('reads the tags %j', (written, codes) => {
    expect(tagCodes(written)).toEqual(codes);
  });

  it('ends at the first instant after the window', () => {
    const until = new Date('2026-06-09T00:00:00+08:00');
    expect(windowAt(new Date('2026-06-08T23:59:59.999+08:00'), until)).toBe('open');
    expect(windowAt(until, until)).toBe('expired');
  });

  it('knows a repeat by its id alone', () => {
    expect(compare({ clientId: 'a' }, 'a')).toBe('repeat');
    expect(compare({ clientId: 'a' }, 'b')).toBe('already_rated');
    expect(compare({ clientId: null }, null)).toBe('already_rated');
  });

  it('names the matter as the page does', () => {
    const serviceTime = new Date('2026-06-01T10:20:00+08:00');
    const matter = { serviceTime, windowCode: 'T01', taskName: '企业设立登记', online: false };
    expect(matterLine('zh-CN', matter)).toBe('您 6月1日 10:20 在 T01 窗口办理的“企业设立登记”');
    expect(matterLine('zh-CN', { ...matter, windowCode: null, online: true })).toBe(
      '您 6月1日 10:20 在网上办理的“企业设立登记”',
    );
    expect(matterLine('en', matter)).toBe('Your service ‘企业设立登记’ on 1 June at 10:20, at window T01');
  });
});
