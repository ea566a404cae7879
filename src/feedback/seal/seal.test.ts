import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, dayOf, daysBetween, timeOn } from '../../kernel/day.ts';
import { hasherOf } from '../../platform/crypto.ts';
import { compareKeys, leafText } from './leaf.ts';
import { sealRules } from './rules.ts';
import { dueDays, headerText, nextSealing, type SealHeader, sealHash, sealMoment } from './seal.ts';

const sha = hasherOf('sha-256');
const at = (text: string) => new Date(`${text}+08:00`);
const clock = (now: Date) => ({ today: dayOf(now), timeOf: sealRules().timeOf });

const header: SealHeader = {
  city: '370800',
  number: 2,
  day: day('2026-03-11'),
  sealedAt: sealMoment(at('2026-03-11T23:50:00')),
  algorithm: 'sha-256',
  leafVersion: 1,
  size: 1,
  root: 'ab'.repeat(32),
  afterBatch: '7',
  throughBatch: '9',
  previous: 'cd'.repeat(32),
};

describe('what is hashed', () => {
  it('is the header as documented', () => {
    expect(headerText(header)).toBe(
      '{"seal":1,"city":"370800","number":2,"day":"2026-03-11","sealedAt":"2026-03-11T15:50:00.000000Z",' +
        `"algorithm":"sha-256","leafVersion":1,"size":1,"root":"${'ab'.repeat(32)}","afterBatch":"7",` +
        `"throughBatch":"9","previous":"${'cd'.repeat(32)}"}`,
    );
  });

  it('is the leaf as documented', () => {
    const leaf = leafText(1, {
      ...{ city: '370800', step: '6523', month: '2026-03-01', assess: 1, batch: '7', position: 0 },
      ...{ receipt: '00112233445566778899', level: 2, process: null, efficiency: 1, attitude: null },
      ...{ tags: [213, 214], channel: 3, realName: false, mode: 'onsite', source: 'citizen' },
      ...{ recordedAt: '2026-03-11T02:00:00.123000Z', assessedAt: '2026-03-11T02:00:00.123000Z' },
      ...{ deviceAt: null, textHash: 'ef'.repeat(32), clientHash: null },
    });
    expect(leaf).toBe(
      '{"leaf":1,"city":"370800","step":"6523","month":"2026-03","assess":1,"batch":"7","position":0,' +
        '"receipt":"00112233445566778899","level":2,"process":null,"efficiency":1,"attitude":null,' +
        '"tags":[213,214],"channel":3,"realName":false,"mode":"onsite","source":"citizen",' +
        '"recordedAt":"2026-03-11T02:00:00.123000Z","assessedAt":"2026-03-11T02:00:00.123000Z",' +
        `"deviceAt":null,"textHash":"${'ef'.repeat(32)}","clientHash":null}`,
    );
  });

  it('changes with every field, and with any seal before', () => {
    const changed: Partial<SealHeader>[] = [
      ...[{ city: '370100' }, { number: 3 }, { day: day('2026-03-12') }, { sealedAt: 'x' }, { size: 2 }],
      ...[{ algorithm: 'sm3' as const }, { leafVersion: 2 }, { root: 'ac'.repeat(32) }, { afterBatch: '8' }],
      ...[{ throughBatch: '10' }, { previous: null }],
    ];
    const own = sealHash(sha, header);
    for (const one of changed) expect(sealHash(sha, { ...header, ...one })).not.toBe(own);
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 30 }), (bent, length) => {
        const chain = (root: (number: number) => string): string => {
          let previous: string | null = null;
          for (let number = 1; number <= length; number += 1) {
            previous = sealHash(sha, { ...header, number, previous, root: root(number) });
          }
          return previous ?? '';
        };
        const plain = chain(() => 'aa'.repeat(32));
        const other = chain((number) => (number === bent ? 'ab' : 'aa').repeat(32));
        expect(plain === other).toBe(bent < 1 || bent > length);
      }),
    );
  });

  it('stands in the order of batch and place, whatever the length of the numbers', () => {
    const key = (batch: string, position = 0, step = '5', assess = 1) => ({ batch, position, step, assess });
    const keys = [key('9'), key('10'), key('10', 2), key('10', 2, '40'), key('10', 2, '40', 2), key('100')];
    expect([...keys].reverse().sort(compareKeys)).toEqual(keys);
    expect(compareKeys(key('7'), key('7'))).toBe(0);
  });
});

describe('when a seal is due', () => {
  it('is each night, once', () => {
    const last = { day: day('2026-03-10'), sealedAt: at('2026-03-10T23:50:01') };
    expect(dueDays(last, at('2026-03-11T23:49:59'), clock(at('2026-03-11T23:49:59')))).toEqual([]);
    const night = at('2026-03-11T23:50:00');
    expect(dueDays(last, night, clock(night))).toEqual(['2026-03-11']);
    expect(dueDays({ day: day('2026-03-11'), sealedAt: night }, night, clock(night))).toEqual([]);
  });

  it('is made good for every night that was missed', () => {
    const last = { day: day('2026-03-10'), sealedAt: at('2026-03-10T23:50:01') };
    const late = at('2026-03-14T09:00:00');
    expect(dueDays(last, late, clock(late))).toEqual(['2026-03-11', '2026-03-12', '2026-03-13']);
    const resumed = { day: day('2026-03-11'), sealedAt: late };
    expect(dueDays(resumed, late, clock(late))).toEqual(['2026-03-12', '2026-03-13']);
  });

  it('is still to come for a day that was sealed in between', () => {
    const last = { day: day('2026-03-11'), sealedAt: at('2026-03-11T12:00:00') };
    const night = at('2026-03-11T23:51:00');
    expect(dueDays(last, night, clock(night))).toEqual(['2026-03-11']);
  });

  it('begins with the last night, and never goes back', () => {
    const now = at('2026-03-11T10:00:00');
    expect(dueDays(undefined, now, clock(now))).toEqual(['2026-03-10']);
    expect(dueDays({ day: day('2026-04-01'), sealedAt: at('2026-04-01T23:50:00') }, now, clock(now))).toEqual(
      [],
    );
  });

  it('leaves no day out and takes none twice', () => {
    const first = day('2026-01-01');
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 30 }), (hours) => {
        let now = timeOn(first, '10:00');
        let last: { day: typeof first; sealedAt: Date } | undefined;
        const made: string[] = [];
        for (const passed of hours) {
          now = new Date(now.getTime() + passed * 3_600_000);
          for (const due of dueDays(last, now, clock(now))) {
            made.push(due);
            last = { day: due, sealedAt: now };
          }
        }
        const [begin] = made;
        if (begin === undefined) return;
        const days = daysBetween(day(begin), day(made.at(-1) ?? begin)) + 1;
        expect(made).toEqual(Array.from({ length: days }, (_, n) => addDays(day(begin), n)));
      }),
    );
  });

  it('is told to whoever waits for it', () => {
    const now = at('2026-03-11T10:00:00');
    expect(nextSealing(now, clock(now))).toEqual(at('2026-03-11T23:50:00'));
    const night = at('2026-03-11T23:55:00');
    expect(nextSealing(night, clock(night))).toEqual(at('2026-03-12T23:50:00'));
  });
});
