import type { Lang } from '../../kernel/lang.ts';
import { type Html, html, printPolicy, raw } from '../../platform/html.ts';
import { qrSvg } from '../invitation/index.ts';
import type { Verb } from './contract.ts';
import type { Slip } from './slip-actions.ts';

const stylesheet = `
@page { size: A5; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 124mm; padding: 6mm 0; color: #10151c; background: #fff;
  font: 11pt/1.6 "Songti SC", "SimSun", "Noto Serif CJK SC", "Noto Sans CJK SC", serif; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 1mm; }
.number { text-align: center; margin: 0 0 5mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 4mm; margin: 0 0 4mm; }
dt { color: #38434f; }
dd { margin: 0; overflow-wrap: anywhere; }
ol { margin: 0 0 4mm; padding-left: 7mm; }
p { margin: 0 0 3mm; }
.rate { display: grid; grid-template-columns: 34mm 1fr; gap: 5mm; align-items: center; margin-top: 5mm;
  border-top: 0.3mm solid #8a94a2; padding-top: 4mm; break-inside: avoid; }
.rate svg { display: block; width: 34mm; height: 34mm; }
.code { font: 14pt ui-monospace, Consolas, "DejaVu Sans Mono", monospace; }
.sign { display: flex; justify-content: space-between; margin-top: 8mm; }
`;

/** What a browser lets the page do. */
export const SLIP_POLICY = printPolicy(stylesheet);

interface Words {
  readonly titles: Partial<Record<Verb, string>>;
  readonly number: (noticeNo: string) => string;
  readonly fields: Readonly<
    Record<'case' | 'item' | 'applicant' | 'window' | 'at' | 'by' | 'due' | 'until' | 'remark', string>
  >;
  readonly missing: string;
  readonly told: string;
  readonly rate: string;
  readonly fair: string;
  readonly code: (code: string, window: string) => string;
  readonly signed: readonly [string, string];
}

const words: Readonly<Record<Lang, Words>> = {
  'zh-CN': {
    titles: {
      consult: '咨询答复单',
      notice: '一次性告知书',
      accept: '受理通知书',
      accept_lacking: '容缺受理通知书',
      refuse: '不予受理通知书',
      supplement: '材料接收凭证',
      approve: '办理结果通知单',
      reject: '办理结果通知单',
      hand_out: '出件回执',
      mail: '出件回执（寄递）',
    },
    number: (noticeNo) => `告知〔${noticeNo.replace('-', '〕')}号`,
    fields: {
      case: '办件编号',
      item: '事项',
      applicant: '申请人',
      window: '窗口',
      at: '时间',
      by: '经办人',
      due: '承诺办结',
      until: '补齐期限',
      remark: '说明',
    },
    missing: '需要补齐的材料：',
    told: '以上为需要补正的全部内容，不再另行要求。补齐后可以到大厅任一综合窗口继续办理。',
    rate: '扫一扫，评价本次办理',
    fair: '自愿评价，好坏直说；工作人员不得代评，也看不到是谁评的。',
    code: (code, window) => `评价码 ${code}，窗口 ${window}`,
    signed: ['申请人签字：', '日期：'],
  },
  en: {
    titles: {
      consult: 'Answer to a question',
      notice: 'One-time notice of what is missing',
      accept: 'Receipt of acceptance',
      accept_lacking: 'Receipt of acceptance, papers to follow',
      refuse: 'Notice of refusal',
      supplement: 'Receipt for papers',
      approve: 'Result',
      reject: 'Result',
      hand_out: 'Receipt for the result',
      mail: 'Receipt for the result, by mail',
    },
    number: (noticeNo) => `No. ${noticeNo}`,
    fields: {
      case: 'Case',
      item: 'Item',
      applicant: 'Applicant',
      window: 'Window',
      at: 'Time',
      by: 'Handled by',
      due: 'Promised by',
      until: 'Papers until',
      remark: 'Remark',
    },
    missing: 'Still to be handed in:',
    told: 'This is everything; nothing else will be asked for. Go on at any general window of the hall.',
    rate: 'Scan to rate this service',
    fair: 'Your choice, good or bad. Staff never rate for you nor see who rated.',
    code: (code, window) => `Rating code ${code}, window ${window}`,
    signed: ['Signed by the applicant:', 'Date:'],
  },
};

/** A slip to print, with the way to rate the moment (domain §2). No script is needed. */
export async function slipPage(slip: Slip, lang: Lang): Promise<Html> {
  const said = words[lang];
  const { view, verb } = slip;
  const title = said.titles[verb] ?? verb;
  const { fields } = said;
  const missing = verb === 'notice' || verb === 'accept_lacking' ? stillMissing(slip) : [];
  const rows: [string, string | null][] = [
    [fields.case, view.projectNo],
    [fields.item, view.itemName],
    [fields.applicant, view.applicant],
    [fields.window, view.windowCode],
    [fields.at, slip.at],
    [fields.by, slip.by],
    [fields.due, verb.startsWith('accept') ? view.dueDay : null],
    [fields.until, verb === 'accept_lacking' ? view.lackingUntil : null],
    [fields.remark, slip.remark],
  ];
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} ${view.projectNo}</title>
<style>${raw(stylesheet)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${slip.noticeNo ? html`<p class="number">${said.number(slip.noticeNo)}</p>` : ''}
<dl>${rows.map(([name, value]) => (value === null ? '' : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl>
${listOf(said.missing, missing)}
${verb === 'notice' ? html`<p>${said.told}</p>` : ''}
<section class="rate">
<div role="img" aria-label="${slip.ratingUrl}">${raw(await qrSvg(slip.ratingUrl))}</div>
<div>
<p><strong>${said.rate}</strong></p>
<p class="code">${said.code(slip.shortCode, view.windowCode)}</p>
<p>${said.fair}</p>
</div>
</section>
<div class="sign"><span>${said.signed[0]}</span><span>${said.signed[1]}</span></div>
</main>
</body>
</html>
`;
}

function listOf(title: string, names: readonly string[]): Html | string {
  if (names.length === 0) return '';
  return html`<p>${title}</p><ol>${names.map((name) => html`<li>${name}</li>`)}</ol>`;
}

/** What a notice named; papers that follow are those which aren't there yet. */
function stillMissing({ noticeNo, view }: Slip): string[] {
  const notice = view.notices.find((one) => one.noticeNo === noticeNo);
  return notice?.missing ?? view.papers.filter((paper) => !paper.handed).map((paper) => paper.name);
}
