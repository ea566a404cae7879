import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';

/** A table within a document; shares of the width add up to 100. */
export interface OutDocTable {
  readonly kind: 'table';
  readonly columns: readonly { readonly title: string; readonly share: number; readonly right?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** A piece of an official document, from the top of the page down. */
export type OutBlock =
  | { readonly kind: 'title' | 'subtitle' | 'address' | 'heading' | 'text' | 'note'; readonly text: string }
  | { readonly kind: 'signature'; readonly lines: readonly string[] }
  | OutDocTable;

/** Official documents (公文), each beginning on a page of its own. */
export interface OutDocument {
  readonly title: string;
  readonly lang: 'zh-CN' | 'en';
  readonly documents: readonly (readonly OutBlock[])[];
  /** small print at the foot of every page, besides its number */
  readonly foot?: readonly string[];
}

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

// GB/T 9704-2012: A4, margins 37, 26, 35, 28 mm, 22 lines of 28 characters; in twentieths of a point.
const PAGE = { width: 11906, height: 16838 };
const MARGIN = { top: 2098, right: 1474, bottom: 1984, left: 1588 };
const WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
const LINE = 560;
const INDENT = 640;

/** Fonts of an official document; a machine without them falls back to its own Song and Fangsong. */
const font = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
});
const TITLE = { font: font('方正小标宋简体'), size: 44 };
const HEADING = { font: font('黑体'), size: 32 };
const BODY = { font: font('仿宋'), size: 32 };
const TINY = { font: font('仿宋'), size: 14 };
const SMALL = { font: font('仿宋'), size: 21 };

/** The document as docx (Office Open XML). */
export async function writeDocx({ title, lang, documents, foot = [] }: OutDocument): Promise<Buffer> {
  const document = new Document({
    title,
    creator: '一评',
    styles: { default: { document: { run: { ...BODY, language: { value: 'en-US', eastAsia: 'zh-CN' } } } } },
    sections: documents.map((blocks) => ({
      properties: { page: { size: PAGE, margin: MARGIN, pageNumbers: { start: 1 } } },
      footers: { default: footer(foot) },
      children: blocks.flatMap((block) => drawn(block, lang)),
    })),
  });
  return await Packer.toBuffer(document);
}

function footer(foot: readonly string[]): Footer {
  const number = new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font('宋体'), size: 28 });
  const small = foot.map((text) => line(text, TINY, { spacing: spaced(200, 0, 0) }));
  return new Footer({
    children: [...small, new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })],
  });
}

function drawn(block: OutBlock, lang: OutDocument['lang']): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title':
      return [line(block.text, TITLE, { alignment: AlignmentType.CENTER, spacing: spaced(640, 0, 120) })];
    case 'subtitle':
      return [line(block.text, BODY, { alignment: AlignmentType.CENTER, spacing: spaced(LINE, 0, 240) })];
    case 'address':
      return [line(block.text, BODY, { keepNext: true })];
    case 'heading':
      return [line(block.text, HEADING, { ...indented(lang), keepNext: true })];
    case 'text':
      return [line(block.text, BODY, { ...indented(lang), alignment: AlignmentType.BOTH })];
    case 'note':
      return [line(block.text, SMALL, { spacing: spaced(340, 60, 0) })];
    case 'signature':
      return signature(block.lines);
    case 'table':
      return [gap(120), table(block), gap(240)];
  }
}

type Look = typeof BODY;

function line(text: string, look: Look, more: IParagraphOptions = {}): Paragraph {
  const children = [new TextRun({ text: clean(text), ...look })];
  return new Paragraph({ spacing: spaced(LINE, 0, 0), ...more, children });
}

function spaced(height: number, before: number, after: number) {
  return { line: height, lineRule: LineRuleType.EXACT, before, after };
}

/** Room above and below a table; what introduces the table stays with it. */
function gap(height: number): Paragraph {
  return line('', SMALL, { spacing: spaced(height, 0, 0), keepNext: height < 240 });
}

/** Chinese paragraphs begin two characters in. */
function indented(lang: OutDocument['lang']): IParagraphOptions {
  return lang === 'zh-CN' ? { indent: { firstLine: INDENT } } : {};
}

/**
 * Who issued it and when, kept together: the office in the middle above the date, the date about four
 * characters from the right, where the seal is set over both (GB/T 9704, 7.3.5).
 */
function signature(lines: readonly string[]): Paragraph[] {
  const widest = Math.max(...lines.map(widthOf));
  const right = Math.max(INDENT / 2, INDENT * 1.5 - Math.round((widest - widthOf(lines.at(-1) ?? '')) / 2));
  const left = Math.max(0, WIDTH - right - widest - INDENT);
  return lines.map((text, at) =>
    line(text, BODY, {
      alignment: AlignmentType.CENTER,
      indent: { left, right },
      spacing: spaced(LINE, at === 0 ? LINE : 0, at === lines.length - 1 ? LINE : 0),
      keepNext: at < lines.length - 1,
      keepLines: true,
    }),
  );
}

/** About how wide a line of body text is: Chinese characters are square, others half as wide. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += char.charCodeAt(0) > 0xff ? INDENT / 2 : INDENT / 4;
  return width;
}

function table({ columns, rows }: OutDocTable): Table {
  const widths = columns.map(({ share }) => Math.round((WIDTH * share) / 100));
  const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  const cell = (text: string, at: number, look: Look, right: boolean) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: [
        line(text, look, {
          alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
          spacing: spaced(340, 0, 0),
        }),
      ],
    });
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ title, right = false }, at) =>
      cell(title, at, { font: font('黑体'), size: 21 }, right),
    ),
  });
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: columns.map(({ right = false }, at) => cell(row[at] ?? '', at, SMALL, right)),
      }),
  );
  return new Table({
    width: { size: WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      top: edge,
      bottom: edge,
      left: edge,
      right: edge,
      insideHorizontal: edge,
      insideVertical: edge,
    },
    rows: [head, ...body],
  });
}

/** XML has no room for control characters. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
