import { unreachable } from '../kernel/assert.ts';
import type { OutBlock, OutDocTable, OutDocument } from './files-docx.ts';
import { type Html, html, printPolicy, raw } from './html.ts';

/** A4 with the margins of GB/T 9704; on a screen a sheet of paper that gives way on a phone. */
const stylesheet = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
* { box-sizing: border-box; }
html { background: #e8eaee; color: #000; }
body { margin: 0; font: 16pt/28pt "Times New Roman", FangSong, "FangSong_GB2312", STFangsong, serif; }
main { background: #fff; width: 210mm; max-width: 100%; min-height: 297mm; margin: 16px auto;
  padding: 37mm 26mm 35mm 28mm; }
h1 { font: 22pt/32pt "FZXiaoBiaoSong-B05S", "方正小标宋简体", STZhongsong, SimSun, "Songti SC",
  "Noto Serif CJK SC", serif; font-weight: normal; text-align: center; margin: 0 0 6pt; }
h2 { font: 16pt/28pt SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; font-weight: normal; margin: 0;
  break-after: avoid; }
p { margin: 0; overflow-wrap: anywhere; }
.subtitle { text-align: center; margin-bottom: 12pt; }
:lang(zh) h2, :lang(zh) .text { text-indent: 2em; }
.text { text-align: justify; }
.note { font-size: 10.5pt; line-height: 17pt; margin-top: 3pt; white-space: pre-wrap; }
.text { white-space: pre-wrap; }
.foot { font-size: 8pt; line-height: 12pt; margin-top: 12pt; padding-top: 3pt; border-top: 1px solid #000; }
.signature { width: fit-content; margin: 28pt 4em 28pt auto; text-align: center; break-inside: avoid; }
.signature p { white-space: nowrap; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 10.5pt; line-height: 17pt;
  margin: 6pt 0 12pt; }
th, td { border: 1px solid #000; padding: 2pt 4pt; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { font-family: SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; font-weight: normal; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print {
  html { background: none; }
  main { width: auto; min-height: 0; margin: 0; padding: 0; }
  main + main { break-before: page; }
}
@media screen and (max-width: 600px) {
  body { font-size: 13pt; line-height: 22pt; }
  main { padding: 24px 16px; min-height: 0; margin: 0; }
  h1 { font-size: 17pt; line-height: 26pt; }
  .signature { margin-right: 0; }
  h2 { font-size: 13pt; line-height: 22pt; }
  table { table-layout: auto; font-size: 9pt; line-height: 15pt; }
  th, td { overflow-wrap: break-word; }
}
`;

/** What a browser lets the page do. */
export const DOCUMENT_POLICY = printPolicy(stylesheet);

/** Official documents as a page to be printed. It needs no script. */
export function documentPage({ title, lang, documents, foot = [] }: OutDocument): Html {
  const small = foot.map((text) => html`<p class="foot">${text}</p>`);
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(stylesheet)}</style>
</head>
<body>
${documents.map((blocks) => html`<main>${blocks.map(drawn)}${small}</main>`)}
</body>
</html>
`;
}

function drawn(block: OutBlock): Html {
  switch (block.kind) {
    case 'title':
      return html`<h1>${block.text}</h1>`;
    case 'heading':
      return html`<h2>${block.text}</h2>`;
    case 'subtitle':
    case 'address':
    case 'text':
    case 'note':
      return html`<p class="${block.kind}">${block.text}</p>`;
    case 'signature':
      return html`<div class="signature">${block.lines.map((line) => html`<p>${line}</p>`)}</div>`;
    case 'table':
      return table(block);
    default:
      return unreachable(block);
  }
}

function table({ columns, rows }: OutDocTable): Html {
  const look = (at: number) => (columns[at]?.right ? raw(' class="number"') : '');
  const cell = (text: string, at: number) => html`<td${look(at)}>${text}</td>`;
  return html`<table>
<colgroup>${columns.map(({ share }) => html`<col width="${share}%">`)}</colgroup>
<thead><tr>${columns.map(({ title }, at) => html`<th scope="col"${look(at)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
</table>`;
}
