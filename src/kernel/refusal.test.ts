import { describe, expect, it } from 'vitest';
import { assert, Fault, present } from './assert.ts';
import { defineRefusals, isRefusalCode, Refusal, refusalCatalog, sentence, titleOf } from './refusal.ts';

defineRefusals({
  'tea.too_hot': {
    status: 422,
    zh: '茶有 {degrees} 度，太烫。请等一等。',
    en: 'The tea has {degrees} degrees. Wait a little.',
  },
  'tea.gone': { status: 410, zh: '茶喝完了。请再泡一壶。', en: 'The tea is gone. Make another pot.' },
});

describe('a refusal', () => {
  it('carries code, status, parameters and the field', () => {
    const refusal = new Refusal('tea.too_hot', { degrees: 98 }, { field: 'tea' });
    expect(refusal).toMatchObject({
      code: 'tea.too_hot',
      status: 422,
      params: { degrees: 98 },
      field: 'tea',
    });
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal.errors).toBeUndefined();
  });

  it('speaks the language of the reader', () => {
    expect(sentence('tea.too_hot', 'zh-CN', { degrees: 98 })).toBe('茶有 98 度，太烫。请等一等。');
    expect(sentence('tea.too_hot', 'en', { degrees: 98 })).toBe('The tea has 98 degrees. Wait a little.');
    expect(titleOf('tea.gone', 'zh-CN')).toBe('已经过期');
    expect(titleOf('tea.gone', 'en')).toBe('Expired');
  });

  it('fills a place with the value as it is, dollar signs too', () => {
    expect(sentence('tea.too_hot', 'en', { degrees: '$&' })).toContain('$& degrees');
  });

  it('is a fault when nobody defined it or a place stays empty', () => {
    expect(() => new Refusal('tea.unknown')).toThrow(Fault);
    expect(() => new Refusal('tea.too_hot')).toThrow(Fault);
    expect(() => sentence('tea.too_hot', 'en', { toString: 1 })).toThrow(Fault);
  });
});

describe('the catalogue', () => {
  it('lists what is defined', () => {
    expect(isRefusalCode('tea.gone')).toBe(true);
    expect(refusalCatalog().get('tea.gone')?.status).toBe(410);
  });

  it.each([
    [{ 'tea.gone': { status: 409, zh: '茶没了。', en: 'No tea.' } }],
    [{ tea: { status: 409, zh: '茶没了。', en: 'No tea.' } }],
    [{ 'tea.cold': { status: 200, zh: '茶凉了。', en: 'Cold tea.' } }],
    [{ 'tea.cold': { status: 409, zh: '茶凉了。', en: ' ' } }],
    [{ 'tea.cold': { status: 409, zh: '{name}凉了。', en: 'Cold tea.' } }],
  ])('does not take %j', (entries) => {
    expect(() => defineRefusals(entries)).toThrow(Fault);
  });

  it('takes the same definition twice, as a reloaded module brings it', () => {
    const again = {
      'tea.gone': { status: 410, zh: '茶喝完了。请再泡一壶。', en: 'The tea is gone. Make another pot.' },
    };
    expect(defineRefusals(again)).toBe(again);
  });
});

describe('assert', () => {
  it('throws a fault with its message', () => {
    expect(() => assert(false, 'the sky is above')).toThrow(new Fault('the sky is above'));
    assert(true, 'fine');
    expect(present(0, 'zero')).toBe(0);
    expect(() => present(null, 'a value')).toThrow(Fault);
  });
});
