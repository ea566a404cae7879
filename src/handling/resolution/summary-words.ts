import type { Lang } from '../../kernel/lang.ts';
import type { SummaryView } from './summary-contract.ts';

type Group = keyof SummaryView['groups'];

/** What the report says. */
export interface SummaryWords {
  title: (month: string) => string;
  overview: (view: SummaryView) => string;
  groups: Readonly<Record<Group, string>>;
  group: string;
  name: string;
  count: string;
  onTime: string;
  overdue: string;
  unnamed: string;
  repeated: string;
  repeatedAt: (department: string, cause: string, count: number) => string;
  open: string;
  none: string;
}

const zh: SummaryWords = {
  title: (month) => `“办不成事”反映窗口${month.replace('-', '年').replace('年0', '年')}月情况汇总`,
  overview: (view) =>
    `本月共登记“办不成事”反映${view.received}件，其中不属受理范围、当场告知办法${view.told}件，立单办理` +
    `${view.handled}件。立单的，已办结${view.ended}件，撤销${view.withdrawn}件；按期答复${view.onTime}件，` +
    `超期${view.overdue}件，延期${view.extended}件；群众不满意重新办理${view.reopened}件；多部门协办` +
    `${view.joint}件，召开会商${view.meetings}次。`,
  groups: {
    category: '按情形',
    cause: '按根本原因',
    department: '按承办部门',
    window: '按窗口',
    item: '按事项',
  },
  group: '分类',
  name: '名称',
  count: '件数',
  onTime: '按期答复',
  overdue: '超期',
  unnamed: '未注明',
  repeated: '反复出现的原因和办理措施',
  repeatedAt: (department, cause, count) => `${department}：${cause}，${count}件。`,
  open: '尚未答复',
  none: '本月没有同一部门反复出现的原因。',
};

const en: SummaryWords = {
  title: (month) => `Stuck matters in ${month}`,
  overview: (view) =>
    `${view.received} stuck matters were registered; ${view.told} could not be taken up and were told the ` +
    `remedy, ${view.handled} became orders. Of these ${view.ended} ended and ${view.withdrawn} were ` +
    `withdrawn; ${view.onTime} were answered on time, ${view.overdue} were overdue, ${view.extended} ` +
    `extended; ${view.reopened} were reopened; ${view.joint} took several departments, which met ` +
    `${view.meetings} times.`,
  groups: {
    category: 'By case',
    cause: 'By root cause',
    department: 'By department',
    window: 'By window',
    item: 'By item',
  },
  group: 'Group',
  name: 'Name',
  count: 'Matters',
  onTime: 'On time',
  overdue: 'Overdue',
  unnamed: 'Not said',
  repeated: 'Causes that came again, and what was done',
  repeatedAt: (department, cause, count) => `${department}: ${cause}, ${count} matters.`,
  open: 'not answered yet',
  none: 'No cause came up twice at one department this month.',
};

export function summaryWords(lang: Lang): SummaryWords {
  return lang === 'en' ? en : zh;
}

/** The groups in the order of the report. */
export function groupNames(say: SummaryWords): (readonly [Group, string])[] {
  const order = ['category', 'cause', 'department', 'window', 'item'] as const;
  return order.map((group) => [group, say.groups[group]] as const);
}
