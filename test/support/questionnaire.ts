import type { Content, Question, QuestionKind } from '../../src/feedback/questionnaire/content-contract.ts';

const blank = { zh: '', en: '' };
const say = (zh: string, en = '') => ({ zh, en });
const options = (...labels: string[]) => labels.map((label, at) => ({ id: `o${at + 1}`, label: say(label) }));

/** A question with nothing but what is given. */
export function ask(id: string, kind: QuestionKind, given: object = {}): Question {
  const asked = { id, kind, title: say(`题目${id}`, `Question ${id}`), required: true };
  const own = {
    single: { options: options('是', '否'), skips: [] },
    multiple: { options: options('排队', '材料', '态度'), most: 2, skips: [] },
    scale: { points: 5, low: say('很差', 'bad'), high: say('很好', 'good'), skips: [] },
    nps: { skips: [] },
    text: { suggestion: false },
  }[kind];
  return { ...asked, ...own, ...given } as Question;
}

export function contentWith(...sections: readonly (readonly Question[])[]): Content {
  return {
    title: say('大厅服务问卷', 'Hall questionnaire'),
    intro: say('请填写'),
    sections: sections.map((questions, at) => ({
      title: at === 0 ? blank : say(`第${at + 1}部分`),
      questions: [...questions],
    })),
  };
}

/** Came with a matter? Then how it went; what was bad only for low marks; a word at the end. */
export function hallContent(): Content {
  return contentWith(
    [ask('q1', 'single', { skips: [{ values: ['o2'], to: 'q5' }] })],
    [
      ask('q2', 'scale', { skips: [{ values: ['4', '5'], to: 'q4' }] }),
      ask('q3', 'multiple'),
      ask('q4', 'nps', { required: false }),
    ],
    [ask('q5', 'text', { required: false, suggestion: true })],
  );
}
