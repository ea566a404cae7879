import { unreachable } from '../../kernel/assert.ts';
import type { LineKind } from '../../kernel/assessment.ts';
import type { Lang } from '../../kernel/lang.ts';
import { formatPoints } from '../../kernel/points.ts';

type About = Readonly<Record<string, number | string>>;

/** What a derived line says, in the reader's language; an entry says its rule's name and how often. */
export function lineText(kind: LineKind, about: About, name: string, lang: Lang): string {
  const [zh, en] = sentences(kind, about, name);
  return lang === 'en' ? en : zh;
}

/** What a deduction says that waits for the verdict on its rating: it isn't upheld yet. */
export function pendingText(level: string, lang: Lang): string {
  return lang === 'en'
    ? `Rating “${level}” awaits its verdict: this is deducted only if it is upheld`
    : `“${level}”的评价待核实：属实才扣分`;
}

function sentences(kind: LineKind, about: About, name: string): readonly [string, string] {
  const count = (key: string): string => String(about[key] ?? '');
  const points = (key: string): string => formatPoints(Number(about[key] ?? 0));
  switch (kind) {
    case 'base':
      return ['基础分', 'Base points'];
    case 'inherited':
      return [
        `所在窗口进驻分按天平均（${count('windows')}）`,
        `Mean by days of the windows' stationing (${count('windows')})`,
      ];
    case 'mean':
      return [`${count('subjects')} 个下属对象的平均分`, `Mean of ${count('subjects')} subjects below`];
    case 'good_rate':
      return goodRate(about);
    case 'entry': {
      const times = Number(about.quantity ?? 1);
      return times === 1 ? [name, name] : [`${name} ×${times}`, `${name} ×${times}`];
    }
    case 'one_event':
      return [
        `同一办件只扣最重的一次：${name} 不另扣分`,
        `One event, one deduction: ${name} gives way to the heaviest`,
      ];
    case 'repeat':
      return [
        `${name}：第 ${count('from_occurrence')} 次起加倍（${count('times')} 次）`,
        `${name}: doubled from occurrence ${count('from_occurrence')} on (${count('times')} times)`,
      ];
    case 'chief_half':
      return [
        `首席代表分担窗口 ${count('window')} 的扣分 ${points('deduction')}：${name}`,
        `Chief representative's share of ${points('deduction')} at window ${count('window')}: ${name}`,
      ];
    case 'floor':
      return [`不低于 0 分（原为 ${points('sum')}）`, `Not below 0 (was ${points('sum')})`];
    case 'cap':
    case 'item_cap':
      return [`不高于上限（原为 ${points('sum')}）`, `Not above the maximum (was ${points('sum')})`];
    case 'highest_only':
      return [`只计最高一项 ${points('highest')}`, `Only the highest counts: ${points('highest')}`];
    case 'bonus_cap':
      return [
        `加分合计不高于上限（原为 ${points('sum')}）`,
        `Bonus not above its maximum (was ${points('sum')})`,
      ];
    case 'total_cap':
      return [
        `总分不高于上限（原为 ${points('sum')}）`,
        `Total not above its maximum (was ${points('sum')})`,
      ];
    case 'superseded':
      return [
        `所更正的那一行已不再扣分或少扣，多出部分不重复退还`,
        'The line that this was given for takes less by now: nothing is given back twice',
      ];
    case 'rescored':
      return rescored(about);
    case 'redress':
      return [`以前月份的更正：${name}`, `Redress for an earlier month: ${name}`];
    default:
      return unreachable(kind);
  }
}

function goodRate(about: About): readonly [string, string] {
  const counts = `${about.good ?? 0}/${about.rated ?? 0}`;
  if (about.fewest !== undefined) {
    return [
      `评价不足 ${about.fewest} 条，不计好评率得分（好评 ${counts}）`,
      `Fewer than ${about.fewest} ratings: no good-rate term (good ${counts})`,
    ];
  }
  return [`好评率得分（好评 ${counts}）`, `Good-rate term (good ${counts})`];
}

/** How what a sealed month owes comes about, and what is left of it when it doesn't fit into this month. */
function rescored(about: About): readonly [string, string] {
  const points = (key: string): string => formatPoints(Number(about[key] ?? 0));
  const [sealed, anew, before] = [points('sealed'), points('rescored'), points('before')];
  const zh = `${about.month} 按现有认定重算：封存 ${sealed}，应为 ${anew}，此前已补 ${before}，本月补 ${points('given')}`;
  const en =
    `${about.month} scored anew by what was decided since: sealed ${sealed}, now ${anew}, given before ` +
    `${before}, given here ${points('given')}`;
  const left = Number(about.due ?? 0) - Number(about.given ?? 0);
  if (left === 0) return [zh, en];
  return [
    `${zh}，余 ${formatPoints(left)} 以后月份再补`,
    `${en}, ${formatPoints(left)} left for later months`,
  ];
}
