import { describe, expect, it } from 'vitest';
import { isMeant } from './audience.ts';
import { GROUPS, KINDS, type MessageKind } from './kind.ts';
import { messageText } from './words.ts';

describe('words', () => {
  it('exist for every kind in both languages and name every place that they have', () => {
    for (const kind of Object.keys(KINDS) as MessageKind[]) {
      expect(GROUPS).toContain(KINDS[kind].group);
      for (const lang of ['zh-CN', 'en'] as const) {
        const params = { number: 'GD1', step: 'sign', due: '2026-05-06T17:30:00+08:00', month: '2026-04' };
        const text = messageText(kind, { ...params, until: params.due }, lang);
        expect(text, kind).not.toMatch(/[{}—]/);
        expect(/\p{Script=Han}/u.test(text), kind).toBe(lang === 'zh-CN');
      }
    }
  });

  it('show times as people read them, and a kind of a later version as a message', () => {
    const card = { number: 'CP2026-000001', step: 'answer', due: '2026-05-11T17:30:00+08:00' };
    expect(messageText('duty_red', card, 'zh-CN')).toBe(
      '红牌警示：CP2026-000001 的“办结答复”已超期，期限是 2026-05-11 17:30。',
    );
    expect(messageText('of_tomorrow', {}, 'en')).toBe('There is a new message.');
  });
});

describe('an audience', () => {
  const person = { id: 'u1', staffNo: 'S1' };
  it.each([
    ['everybody whose account fits', {}, person, true],
    ['a department', { department: 'D1' }, { ...person, departmentCode: 'D1' }, true],
    ['another department', { department: 'D1' }, { ...person, departmentCode: 'D2' }, false],
    ['the whole city over a region', { over: { regionCode: '370811' } }, person, true],
    ['the region itself', { over: { regionCode: '370811' } }, { ...person, regionPrefix: '370811' }, true],
    ['another region', { over: { regionCode: '370811' } }, { ...person, regionPrefix: '370812' }, false],
    [
      'a part where the city is meant',
      { over: { regionCode: null } },
      { ...person, regionPrefix: '37' },
      false,
    ],
    [
      'a department as an office',
      { over: { regionCode: '370811' } },
      { ...person, departmentCode: 'D1' },
      false,
    ],
    ['whoever did it', { except: { accounts: ['u1'] } }, person, false],
    ['whoever it concerns', { except: { staff: ['S1'] } }, person, false],
  ])('%s', (_name, audience, who, meant) => {
    expect(isMeant(audience, who)).toBe(meant);
  });
});
