import { describe, expect, it } from 'vitest';
import { mailSettingsOf, originOfText } from './message-settings.ts';
import { fitted } from './robot.ts';

const rest = { from: 'pj@example.gov.cn', caFile: null };

describe('a mail server', () => {
  it.each([
    ['smtps://u:p%40ss@mail.example', { port: 465, tls: 'implicit', auth: { user: 'u', pass: 'p@ss' } }],
    ['smtp://u:p@mail.example', { port: 587, tls: 'starttls' }],
    ['smtp://mail.example:25?tls=none', { port: 25, tls: 'none', auth: null }],
  ])('is read from %s', (text, expected) => {
    expect(mailSettingsOf(text, rest)).toMatchObject({ host: 'mail.example', ...expected });
  });

  it.each([
    'mail.example',
    'https://mail.example',
    'smtp://u:p@mail.example?tls=none',
    'smtps://mail.example?tls=none',
    'smtp://mail.example?tls=off',
    'smtp://mail.example?rejectUnauthorized=false',
  ])('is refused as %s', (text) => {
    expect(mailSettingsOf(text, rest)).toBeUndefined();
  });
});

describe('an origin', () => {
  it('is bare', () => {
    expect(originOfText('https://im.example.gov.cn/')).toBe('https://im.example.gov.cn');
    for (const text of ['im.example', 'ftp://im.example', 'https://u@im.example', 'https://im.example/x']) {
      expect(originOfText(text), text).toBeUndefined();
    }
  });
});

describe('a message to a group', () => {
  it('holds whole lines only and counts the others, by bytes and not by characters', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `第${index}条：工单待签收`);
    const text = fitted('消息', lines, 300);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(300);
    const shown = text.split('\n\n').length - 2;
    expect(text.endsWith(`… +${40 - shown}`)).toBe(true);
    expect(fitted('消息', lines.slice(0, 2), 300)).not.toContain('…');
  });
});
