import type { Content } from '../../src/feedback/questionnaire/index.ts';
import type { Random } from './random.ts';

const blank = { zh: '', en: '' };
const say = (zh: string, en: string) => ({ zh, en });
const option = (id: string, zh: string, en: string) => ({ id, label: say(zh, en) });

/** An invented questionnaire of the demo hall, with a skip of each kind. */
export const demoContent: Content = {
  title: say('大厅服务体验问卷（演示）', 'How was your visit? (demo)'),
  intro: say('占用您两分钟，帮我们把大厅办得更好。', 'Two minutes of your time help us do better.'),
  sections: [
    {
      title: blank,
      questions: [
        {
          id: 'q1',
          kind: 'single',
          title: say('您今天来办什么？', 'What brought you here today?'),
          required: true,
          options: [
            option('o1', '办理业务', 'To apply for something'),
            option('o2', '咨询', 'To ask something'),
            option('o3', '陪同他人', 'With somebody else'),
          ],
          skips: [{ values: ['o3'], to: 'q5' }],
        },
      ],
    },
    {
      title: say('办理过程', 'Your visit'),
      questions: [
        {
          id: 'q2',
          kind: 'scale',
          title: say('您对等候时间满意吗？', 'How do you find the waiting time?'),
          required: true,
          points: 5,
          low: say('很不满意', 'very bad'),
          high: say('很满意', 'very good'),
          skips: [{ values: ['4', '5'], to: 'q4' }],
        },
        {
          id: 'q3',
          kind: 'multiple',
          title: say('哪些地方让您等得久？', 'What took long?'),
          required: true,
          options: [
            option('o1', '取号', 'Getting a number'),
            option('o2', '排队', 'The queue'),
            option('o3', '补材料', 'Missing papers'),
            option('o4', '窗口办理', 'The counter itself'),
          ],
          most: 2,
          skips: [],
        },
        {
          id: 'q4',
          kind: 'nps',
          title: say('您有多大可能向亲友推荐来大厅办事？', 'How likely are you to recommend this hall?'),
          required: false,
          skips: [],
        },
      ],
    },
    {
      title: say('您的建议', 'Your ideas'),
      questions: [
        {
          id: 'q5',
          kind: 'text',
          title: say('还有什么想说的？', 'Anything else?'),
          required: false,
          suggestion: true,
        },
      ],
    },
  ],
};

/** An invented sheet: at which of the windows, how many days ago, and what was answered. */
export interface DemoSheet {
  readonly window: number;
  readonly daysAgo: number;
  readonly answers: Record<string, string[]>;
}

/** Enough for figures of every window but the last; two of them say something. */
export function demoSheets(chance: Random, windows: number): DemoSheet[] {
  const texts = ['（演示）希望等候区多几把椅子。', '（演示）自助机旁边最好有人指导老人。'];
  return Array.from({ length: windows }, (_, window) => window).flatMap((window) => {
    const count = window === windows - 1 ? 2 : chance.between(6, 12);
    return Array.from({ length: count }, (_, at) => {
      const words = at === 0 ? texts[window] : undefined;
      return { window, daysAgo: chance.between(0, 13), answers: answersOf(chance, words) };
    });
  });
}

type Given = Record<string, string[]>;

function answersOf(chance: Random, words: string | undefined): Given {
  const said: Given = words === undefined ? {} : { q5: [words] };
  const q1 = chance.weighted(['o1', 'o2', 'o3'], [70, 20, 10]);
  if (q1 === 'o3') return { q1: [q1], ...said };
  const q2 = chance.weighted(['5', '4', '3', '2', '1'], [45, 30, 15, 7, 3]);
  const slow = chance.shuffled(['o1', 'o2', 'o3', 'o4']).slice(0, chance.between(1, 2));
  const q3: Given = Number(q2) <= 3 ? { q3: slow } : {};
  const likely = chance.weighted(['10', '9', '8', '7', '6', '4', '2'], [34, 24, 16, 10, 8, 5, 3]);
  const q4: Given = chance.chance(0.85) ? { q4: [likely] } : {};
  return { q1: [q1], q2: [q2], ...q3, ...q4, ...said };
}
