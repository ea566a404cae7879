import {
  type Content,
  END,
  type Question,
  type QuestionKind,
} from '../../../../src/feedback/questionnaire/content-contract.ts';

const blank = { zh: '', en: '' };

export const blankContent: Content = {
  title: blank,
  intro: blank,
  sections: [{ title: blank, questions: [] }],
};

export function allQuestions(content: Content): Question[] {
  return content.sections.flatMap((section) => section.questions);
}

/** The lowest of `q1`, `q2`… that isn't taken; old answers keep to their version, so one may come again. */
function freeId(taken: readonly string[], letter: string): string {
  for (let at = 1; ; at += 1) if (!taken.includes(`${letter}${at}`)) return `${letter}${at}`;
}

function newQuestion(content: Content, kind: QuestionKind): Question {
  const id = freeId(
    allQuestions(content).map((question) => question.id),
    'q',
  );
  const asked = { id, title: blank, required: kind !== 'text' };
  const options = ['o1', 'o2'].map((option) => ({ id: option, label: blank }));
  switch (kind) {
    case 'single':
      return { ...asked, kind, options, skips: [] };
    case 'multiple':
      return { ...asked, kind, options, most: null, skips: [] };
    case 'scale':
      return { ...asked, kind, points: 5, low: blank, high: blank, skips: [] };
    case 'nps':
      return { ...asked, kind, skips: [] };
    case 'text':
      return { ...asked, kind, suggestion: false };
  }
}

type Section = Content['sections'][number];

function withSection(content: Content, at: number, change: (section: Section) => Section): Content {
  return {
    ...content,
    sections: content.sections.map((section, place) => (place === at ? change(section) : section)),
  };
}

export function titleSection(content: Content, at: number, title: Section['title']): Content {
  return withSection(content, at, (section) => ({ ...section, title }));
}

export function addSection(content: Content): Content {
  return { ...content, sections: [...content.sections, { title: blank, questions: [] }] };
}

/** An empty section goes; one with questions stays. */
export function removeSection(content: Content, at: number): Content {
  const sections = content.sections.filter((section, place) => place !== at || section.questions.length > 0);
  return sections.length === 0 ? content : { ...content, sections };
}

export function addQuestion(content: Content, at: number, kind: QuestionKind): Content {
  const question = newQuestion(content, kind);
  return withSection(content, at, (section) => ({ ...section, questions: [...section.questions, question] }));
}

export function changeQuestion(content: Content, question: Question): Content {
  return eachQuestion(content, (one) => [one.id === question.id ? question : one]);
}

/** Takes a question out, and the skips that led to it. */
export function removeQuestion(content: Content, id: string): Content {
  return eachQuestion(content, (one) => {
    if (one.id === id) return [];
    if (one.kind === 'text') return [one];
    return [{ ...one, skips: one.skips.filter(({ to }) => to !== id) }];
  });
}

function eachQuestion(content: Content, change: (question: Question) => Question[]): Content {
  const sections = content.sections.map((section) => ({
    ...section,
    questions: section.questions.flatMap(change),
  }));
  return { ...content, sections };
}

/** One place up or down; beyond its section's end it goes into the next one. */
export function moveQuestion(content: Content, id: string, by: -1 | 1): Content {
  const from = content.sections.findIndex(({ questions }) => questions.some((one) => one.id === id));
  const section = content.sections[from];
  const at = section?.questions.findIndex((one) => one.id === id) ?? -1;
  const question = section?.questions[at];
  if (section === undefined || question === undefined) return content;
  const others = section.questions.filter((one) => one.id !== id);
  const to = at + by;
  if (to >= 0 && to < section.questions.length) {
    const questions = [...others.slice(0, to), question, ...others.slice(to)];
    return withSection(content, from, (one) => ({ ...one, questions }));
  }
  if (content.sections[from + by] === undefined) return content;
  const left = withSection(content, from, (one) => ({ ...one, questions: others }));
  return withSection(left, from + by, (one) => ({
    ...one,
    questions: by === 1 ? [question, ...one.questions] : [...one.questions, question],
  }));
}

/** Where a skip of the question may lead: later questions, then the end. */
export function targetsAfter(content: Content, id: string): (Question | typeof END)[] {
  const questions = allQuestions(content);
  return [...questions.slice(questions.findIndex((one) => one.id === id) + 1), END];
}

/** The answers of a question that a skip can hang on. */
export function valuesOf(question: Question): string[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options.map(({ id }) => id);
    case 'scale':
      return Array.from({ length: question.points }, (_, at) => String(at + 1));
    case 'nps':
      return Array.from({ length: 11 }, (_, at) => String(at));
    case 'text':
      return [];
  }
}

export function addOption(question: Extract<Question, { kind: 'single' | 'multiple' }>): Question {
  const id = freeId(
    question.options.map((option) => option.id),
    'o',
  );
  return { ...question, options: [...question.options, { id, label: blank }] };
}
