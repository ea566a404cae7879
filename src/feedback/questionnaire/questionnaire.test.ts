import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, contentWith, hallContent } from '../../../test/support/questionnaire.ts';
import type { Content, Question } from './content-contract.ts';
import { type Answers, alongPath, differing, faultOf, pagesOf, pathOf, sheetFaults } from './path.ts';
import { faultsOf, questionsOf, regionsCovering, stateOn, valuesOf } from './questionnaire.ts';

const LIMITS = { questions: 60, options: 20, text: 10 };
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id).join(' ');

describe('skips', () => {
  it.each<[string, Answers, string, string]>([
    ['nothing answered: every question', {}, 'q1 q2 q3 q4 q5', 'q1 | q2 | q3 q4 | q5'],
    ['over to the end of it', { q1: ['o2'] }, 'q1 q5', 'q1 | q5'],
    ['a good mark asks for no reason', { q1: ['o1'], q2: ['5'] }, 'q1 q2 q4 q5', 'q1 | q2 | q4 | q5'],
    ['a bad one does', { q1: ['o1'], q2: ['2'] }, 'q1 q2 q3 q4 q5', 'q1 | q2 | q3 q4 | q5'],
    ['an answer that there is none of', { q1: ['o9'] }, 'q1 q2 q3 q4 q5', 'q1 | q2 | q3 q4 | q5'],
  ])('%s', (_, answers, path, pages) => {
    expect(ids(pathOf(hallContent(), answers))).toBe(path);
    const shown = pagesOf(hallContent(), answers).map(({ questions }) => ids(questions));
    expect(shown.join(' | ')).toBe(pages);
  });

  it('lead to the end at once', () => {
    const content = contentWith([
      ask('a', 'single', { skips: [{ values: ['o1'], to: 'end' }] }),
      ask('b', 'nps'),
    ]);
    expect(ids(pathOf(content, { a: ['o1'] }))).toBe('a');
  });
});

describe('a draft', () => {
  const codes = (content: Content) => faultsOf(content, LIMITS).map(({ field, code }) => `${field} ${code}`);

  it('that is sound has no fault', () => expect(codes(hallContent())).toEqual([]));

  it.each<[string, Question[], string]>([
    ['no question', [], 'sections questionnaire.no_question'],
    [
      'back to an earlier one',
      [ask('a', 'nps'), ask('b', 'nps', { skips: [{ values: ['1'], to: 'a' }] })],
      'b questionnaire.skip_backward',
    ],
    [
      'to itself',
      [ask('a', 'nps', { skips: [{ values: ['1'], to: 'a' }] })],
      'a questionnaire.skip_backward',
    ],
    [
      'to nowhere',
      [ask('a', 'nps', { skips: [{ values: ['1'], to: 'z' }] })],
      'a questionnaire.skip_unknown',
    ],
    [
      'after no answer',
      [ask('a', 'nps', { skips: [{ values: ['11'], to: 'end' }] })],
      'a questionnaire.skip_value',
    ],
    ['twice one code', [ask('a', 'nps'), ask('a', 'nps')], 'a questionnaire.duplicate_question'],
    ['a choice of nothing', [ask('a', 'single', { options: [] })], 'a questionnaire.few_options'],
    ['no words', [ask('a', 'nps', { title: { zh: '', en: 'x' } })], 'a questionnaire.title_missing'],
    [
      'twice one option',
      [
        ask('a', 'single', {
          options: ['o1', 'o2'].map((id) => ({ id, label: { zh: '是', en: '' } })),
        }),
      ],
      'a questionnaire.same_option',
    ],
    [
      'too many questions',
      Array.from({ length: 61 }, (_, at) => ask(`q${at}`, 'nps')),
      'sections questionnaire.too_many_questions',
    ],
  ])('is told: %s', (_, questions, fault) => expect(codes(contentWith(questions))).toEqual([fault]));
});

describe('an answer', () => {
  it.each<[string, Question, string[], string | undefined]>([
    ['needed and missing', ask('q', 'single'), [], 'questionnaire.answer_missing'],
    ['blank', ask('q', 'text'), [' \n'], 'questionnaire.answer_missing'],
    ['not needed', ask('q', 'text', { required: false }), [], undefined],
    ['two for one', ask('q', 'single'), ['o1', 'o2'], 'questionnaire.not_one'],
    ['none of the options', ask('q', 'single'), ['o7'], 'questionnaire.unknown_answer'],
    ['beyond the scale', ask('q', 'scale'), ['6'], 'questionnaire.unknown_answer'],
    ['beyond ten', ask('q', 'nps'), ['11'], 'questionnaire.unknown_answer'],
    ['no number', ask('q', 'nps'), ['０'], 'questionnaire.unknown_answer'],
    ['zero', ask('q', 'nps'), ['0'], undefined],
    ['too many', ask('q', 'multiple'), ['o1', 'o2', 'o3'], 'questionnaire.too_many_ticked'],
    ['the same twice', ask('q', 'multiple'), ['o1', 'o1'], 'questionnaire.not_one'],
    ['ten signs', ask('q', 'text'), ['一二三四五六七八九𠀀'], undefined],
    ['eleven signs', ask('q', 'text'), ['一二三四五六七八九十一'], 'questionnaire.text_too_long'],
  ])('%s', (_, question, chosen, code) => {
    expect(faultOf(question, { q: chosen }, LIMITS)?.code).toBe(code);
  });

  it('beside the path or to nothing is wrong', () => {
    const told = sheetFaults(hallContent(), { q1: ['o2'], q2: ['3'], zz: ['1'] }, LIMITS);
    expect(told.map(({ field, code }) => [field, code])).toEqual([
      ['q2', 'questionnaire.skipped'],
      ['zz', 'questionnaire.unknown_question'],
    ]);
  });
});

/** Questionnaires whose skips lead anywhere at all, and answers of any kind. */
const anyContent = fc
  .array(
    fc.record({
      kind: fc.constantFrom('single' as const, 'nps' as const, 'scale' as const, 'multiple' as const),
      skips: fc.array(fc.record({ values: fc.array(fc.nat(11), { minLength: 1 }), to: fc.nat(12) }), {
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drawn) => {
    const questions = drawn.map(({ kind, skips }, at) => {
      const plain = ask(`q${at}`, kind);
      const known = valuesOf(plain);
      return ask(`q${at}`, kind, {
        skips: skips.map(({ values, to }) => ({
          values: values.map((value) => known[value % known.length]),
          to: to >= drawn.length ? 'end' : `q${to}`,
        })),
      });
    });
    const half = Math.ceil(questions.length / 2);
    return contentWith(questions.slice(0, half), questions.slice(half));
  });

describe('whatever is asked and answered', () => {
  const picks = fc.array(fc.nat(20), { minLength: 12, maxLength: 12 });
  const answersTo = (content: Content, drawn: readonly number[]): Answers =>
    Object.fromEntries(
      questionsOf(content).flatMap((question, at) => {
        const values = valuesOf(question);
        const value = values[(drawn[at] ?? 0) % (values.length + 1)];
        return value === undefined ? [] : [[question.id, [value]]];
      }),
    );

  it('the way ends, only goes forward, and never visits what was skipped', () => {
    fc.assert(
      fc.property(anyContent, picks, (content, drawn) => {
        const answers = answersTo(content, drawn);
        const order = questionsOf(content).map(({ id }) => id);
        const visited = pathOf(content, answers).map(({ id }) => order.indexOf(id));
        expect(visited).toEqual([...new Set(visited)].sort((one, other) => one - other));
        for (const [step, at] of visited.entries()) {
          const question = questionsOf(content)[at];
          if (question === undefined || question.kind === 'text') continue;
          const taken = question.skips.find(({ values }) =>
            values.some((value) => answers[question.id]?.includes(value)),
          );
          const target = taken ? (taken.to === 'end' ? order.length : order.indexOf(taken.to)) : at + 1;
          const next = visited[step + 1] ?? order.length;
          // Between a question and where its answer leads nothing is visited.
          expect(next).toBe(Math.max(target, at + 1));
        }
      }),
    );
  });

  it('pages hold the path in order, and what is kept can be handed in', () => {
    fc.assert(
      fc.property(anyContent, picks, (content, drawn) => {
        const answers = answersTo(content, drawn);
        const path = pathOf(content, answers);
        expect(pagesOf(content, answers).flatMap(({ questions }) => questions)).toEqual(path);
        const kept = alongPath(content, answers);
        expect(Object.keys(kept)).toEqual(path.map(({ id }) => id));
        const codes = sheetFaults(content, kept, LIMITS).map(({ code }) => code);
        expect(codes.filter((code) => code !== 'questionnaire.answer_missing')).toEqual([]);
        expect(differing(content, kept, kept).differs).toEqual([]);
      }),
    );
  });
});

it('two typings of a sheet differ where a tick does, not where words do', () => {
  const content = hallContent();
  const first = { q1: ['o1'], q2: ['2'], q3: ['o1', 'o3'], q4: [], q5: ['好'] };
  const same = { q1: ['o1'], q2: ['2'], q3: ['o3', 'o1'], q4: [], q5: ['很好'] };
  expect(differing(content, first, same)).toEqual({ compared: 4, differs: [] });
  expect(differing(content, first, { q1: ['o2'], q5: [] })).toEqual({
    compared: 4,
    differs: ['q1', 'q2', 'q3', 'q4'],
  });
});

it.each([
  ['370800000000', ['370800000000']],
  ['370811000000', ['370811000000']],
  ['370811005000', ['370811005000', '370811000000']],
  ['370811005012', ['370811005012', '370811005000', '370811000000']],
])('a window at %s is covered by its own halls', (region, covering) => {
  expect(regionsCovering(region)).toEqual(covering);
});

it.each([
  [null, 'draft'],
  [{ from: '2026-03-12', until: '2026-03-20', closed: false }, 'planned'],
  [{ from: '2026-03-11', until: '2026-03-11', closed: false }, 'open'],
  [{ from: '2026-03-01', until: '2026-03-10', closed: false }, 'over'],
  [{ from: '2026-03-01', until: '2026-03-20', closed: true }, 'closed'],
] as const)('%j stands as %s', (opening, state) => {
  expect(stateOn(opening, '2026-03-11')).toBe(state);
});
