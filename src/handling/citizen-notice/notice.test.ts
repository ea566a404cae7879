import { expect, it } from 'vitest';
import { NOTICE_KINDS, noticeMessage } from './notice.ts';

const until = new Date('2026-03-11T17:30:00+08:00');

it.each(NOTICE_KINDS)(
  'tells %s with the number, and every place of the template stands in the text',
  (kind) => {
    const { template, params, text } = noticeMessage({
      kind,
      number: 'TS2026-000001',
      until,
      url: 'https://x/f',
    });
    expect(template).toBe(`notice_${kind}`);
    expect(params[0]).toBe('TS2026-000001');
    for (const param of params) expect(text).toContain(param);
  },
);
