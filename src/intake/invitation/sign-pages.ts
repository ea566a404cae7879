import type { Lang } from '../../kernel/lang.ts';
import { type Html, html, printPolicy, raw } from '../../platform/html.ts';
import { qrSvg } from './link-actions.ts';
import type { PrintedSign } from './sign-actions.ts';
import type { SignSize } from './sign-contract.ts';

/**
 * Sheets of A4 and A5, and cards that are folded from A4 so that they stand. All measures hang on one unit,
 * `--u`, which is a millimetre on A4.
 */
const stylesheet = `
@page a4 { size: A4; margin: 0; }
@page a5 { size: A5; margin: 0; }
@page card { size: A4; margin: 0; }
* { box-sizing: border-box; }
html { background: #dfe3e8; color: #10151c; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC",
  "Liberation Sans", sans-serif; }
.hint { max-width: 210mm; margin: 6mm auto; padding: 0 4mm; font-size: 11pt; line-height: 1.5; }
main { display: block; }
.sheet { background: #fff; margin: 0 auto 8mm; overflow: hidden; break-inside: avoid; break-after: page; }
.a4 .sheet { --u: 1mm; page: a4; width: 210mm; height: 297mm; }
.a5 .sheet { --u: 0.705mm; page: a5; width: 148mm; height: 210mm; }
.card .sheet { --u: 0.72mm; page: card; width: 210mm; height: 297mm; }
.face { display: flex; flex-direction: column; align-items: center; text-align: center; height: 100%;
  padding: calc(16 * var(--u)) calc(14 * var(--u)) calc(12 * var(--u)); }
.card .face { height: 50%; display: grid; grid-template: "head qr" auto "foot qr" auto / 1fr auto;
  text-align: left; align-content: center; column-gap: 8mm; row-gap: 3mm; padding: 8mm 10mm 8mm 13mm; }
.card .face + .face { border-top: 0.3mm dashed #8a94a2; }
.card .turned { transform: rotate(180deg); border-bottom: 0; }
.head { grid-area: head; }
.foot { grid-area: foot; }
.card .head { align-self: end; }
.card .foot { align-self: start; }
.brand { font-size: calc(6.4 * var(--u)); line-height: 1.35; margin: 0; font-weight: 600; color: #1456b8; }
.brand small { display: block; font-size: calc(4.4 * var(--u)); font-weight: 400; }
.window { font-size: calc(30 * var(--u)); line-height: 1.1; font-weight: 700; margin: calc(6 * var(--u)) 0 0;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.name { font-size: calc(9 * var(--u)); line-height: 1.3; margin: calc(2 * var(--u)) 0 0; font-weight: 600; }
.department { font-size: calc(5 * var(--u)); line-height: 1.4; margin: calc(1 * var(--u)) 0 0; }
.qr { grid-area: qr; align-self: center; width: calc(122 * var(--u)); margin: calc(5 * var(--u)) 0; }
.a4 .qr, .a5 .qr { margin: auto; }
.card .qr { width: 84mm; margin: 0; }
.qr svg { display: block; width: 100%; height: auto; }
.call { font-size: calc(9 * var(--u)); line-height: 1.35; font-weight: 700; margin: 0; }
.call small { display: block; font-size: calc(5.6 * var(--u)); font-weight: 400; }
.how { font-size: calc(4.8 * var(--u)); line-height: 1.5; margin: calc(3 * var(--u)) 0 0; }
.fair { font-size: calc(4.4 * var(--u)); line-height: 1.5; margin: calc(3 * var(--u)) 0 0; color: #38434f; }
.code { font: calc(4 * var(--u))/1.4 ui-monospace, Consolas, "DejaVu Sans Mono", monospace;
  margin: calc(3 * var(--u)) 0 0; color: #38434f; }
@media print {
  html { background: none; }
  .hint { display: none; }
  .sheet { margin: 0; }
  .sheet:last-child { break-after: auto; }
}
@media screen and (max-width: 230mm) { .sheet { zoom: 0.42; } }
`;

/** What a browser lets the page do. */
export const SIGN_POLICY = printPolicy(stylesheet);

/** Both languages stand on each sign; a citizen at the window chooses none beforehand. */
const RATING = {
  brand: ['政务服务“好差评”', 'Rate public services'],
  call: ['扫一扫，评价本次办理', 'Scan to rate your service'],
  how: [
    '输入凭条上的评价码，或办件编号后四位和手机号；没有办件也可以点评窗口。',
    'Enter the code on your slip, or the end of your case number and your phone.',
  ],
  fair: [
    '自愿评价，好坏直说；工作人员不得代评，也看不到是谁评的。',
    'Your choice, good or bad. Staff never rate for you nor see who rated.',
  ],
} as const;

type SignWords = Readonly<Record<keyof typeof RATING, readonly [zh: string, en: string]>>;

/** What a sign asks for: to rate, or to answer the questionnaire that is open at the window. */
const WORDS = {
  rating: RATING,
  questionnaire: {
    brand: ['政务服务现场问卷', 'Questionnaire on public services'],
    call: ['扫一扫，填写问卷', 'Scan to answer a few questions'],
    how: ['匿名填写，几分钟就好。', 'Anonymous, and done in a few minutes.'],
    fair: [
      '自愿填写，好坏直说；只记录窗口号和日期。',
      'Your choice, good or bad. Only the window and the day are kept.',
    ],
  },
} as const satisfies Record<string, SignWords>;

const hints: Readonly<Record<Lang, { title: string; text: (count: number) => string }>> = {
  'zh-CN': {
    title: '窗口评价码牌',
    text: (count) =>
      `共 ${count} 张。请用浏览器的“打印”输出，缩放选100%，边距选“无”；存为PDF也在打印窗口中。`,
  },
  en: {
    title: 'Signs for windows',
    text: (count) =>
      `${count} ${count === 1 ? 'sign' : 'signs'}. Print from the browser at 100 % and without margins; ` +
      'saving as PDF is in the same dialog.',
  },
};

/** Signs as sheets to print, one after the other. No script is needed. */
export async function signSheets(
  signs: readonly PrintedSign[],
  { size, lang, asks = 'rating' }: { size: SignSize; lang: Lang; asks?: keyof typeof WORDS },
): Promise<Html> {
  const sheets: Html[] = [];
  for (const sign of signs)
    sheets.push(sheet(sign, { size, words: WORDS[asks], qr: raw(await qrSvg(sign.url)) }));
  const hint = hints[lang];
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${hint.title}</title>
<style>${raw(stylesheet)}</style>
</head>
<body>
<header class="hint"><p>${hint.text(signs.length)}</p></header>
<main class="${size}">${sheets}</main>
</body>
</html>
`;
}

interface Drawn {
  readonly size: SignSize;
  readonly words: SignWords;
  readonly qr: Html;
}

function sheet(sign: PrintedSign, drawn: Drawn): Html {
  if (drawn.size !== 'card') return html`<section class="sheet">${face(sign, drawn, '')}</section>`;
  // Folded in the middle, both faces stand upright.
  return html`<section class="sheet">${face(sign, drawn, 'turned')}${face(sign, drawn, '')}</section>`;
}

function face(sign: PrintedSign, { words, qr }: Drawn, turned: string): Html {
  const english = (text: string): Html => html`<small lang="en">${text}</small>`;
  return html`
<div class="face ${turned}" lang="zh-CN"${turned ? raw(' aria-hidden="true"') : ''}>
<div class="head">
<p class="brand">${words.brand[0]}${english(words.brand[1])}</p>
<h1 class="window">${sign.windowCode}</h1>
<p class="name">${sign.windowName}</p>
<p class="department">${sign.departmentName}</p>
</div>
<div class="qr" role="img" aria-label="${sign.url}">${qr}</div>
<div class="foot">
<p class="call">${words.call[0]}${english(words.call[1])}</p>
<p class="how">${words.how[0]}<br><span lang="en">${words.how[1]}</span></p>
<p class="fair">${words.fair[0]}<br><span lang="en">${words.fair[1]}</span></p>
<p class="code">${sign.code}</p>
</div>
</div>`;
}
