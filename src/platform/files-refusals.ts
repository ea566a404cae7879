import { defineRefusals } from '../kernel/refusal.ts';

/** What can be wrong with a file as a whole; its rows have refusals of their own. */
defineRefusals({
  'import.file_too_large': {
    status: 413,
    zh: '文件超过 {limit} MB，没有导入。请拆成几个较小的文件分别导入。',
    en: 'The file is larger than {limit} MB and was not imported. Split it into smaller files.',
  },
  'import.file_empty': {
    status: 422,
    zh: '文件里没有表头，没有导入。第一行应为列名。',
    en: 'The file has no header and was not imported. Its first row must name the columns.',
  },
  'import.file_type': {
    status: 415,
    zh: '只能导入 CSV 或 xlsx 文件。旧版 .xls 或加密文件请先另存为未加密的 .xlsx。',
    en:
      'Only CSV and xlsx files can be imported. Save an old .xls or a protected file as a plain .xlsx ' +
      'first.',
  },
  'import.encoding': {
    status: 422,
    zh: '第 {line} 行附近的文字编码不对，没有导入。请把文件另存为 UTF-8（或 GB18030）编码的 CSV。',
    en:
      'The text near line {line} is in an unknown encoding, so nothing was imported. Save the CSV as ' +
      'UTF-8 or GB18030.',
  },
  'import.csv_quotes': {
    status: 422,
    zh: '第 {line} 行的引号不成对，没有导入。请检查这一行的引号后重新导入。',
    en:
      'The quotes beginning in line {line} are not closed properly, so nothing was imported. Correct ' +
      'that line.',
  },
  'import.xlsx_damaged': {
    status: 422,
    zh: 'xlsx 文件不完整或已损坏，没有导入。请重新保存或重新上传该文件。',
    en: 'The xlsx file is incomplete or damaged and was not imported. Save or send it again.',
  },
  'import.xlsx_expands': {
    status: 422,
    zh: 'xlsx 文件解压后过大，没有导入。请删去空白区域或另存为 CSV 后再导入。',
    en: 'The xlsx file unpacks to far too much and was not imported. Clear unused areas or save it as CSV.',
  },
  'import.too_many_rows': {
    status: 422,
    zh: '文件超过 {limit} 行，没有导入。请拆成几个文件。',
    en: 'The file has more than {limit} rows and was not imported. Split it.',
  },
  'import.too_many_problems': {
    status: 422,
    zh: '到第 {line} 行为止已有超过 {limit} 处错误，没有导入。请检查文件是否选对、各列是否对齐。',
    en:
      'Up to line {line} there are more than {limit} errors; nothing was imported. Is it the right ' +
      'file, in the right columns?',
  },
  'import.too_many_columns': {
    status: 422,
    zh: '文件超过 {limit} 列，没有导入。请删去多余的列。',
    en: 'The file has more than {limit} columns and was not imported. Remove those that are not needed.',
  },
  'import.cell_too_long': {
    status: 422,
    zh: '内容超过 {limit} 个字符，请缩短。',
    en: 'The content is longer than {limit} characters; shorten it.',
  },
  'import.row_too_wide': {
    status: 422,
    zh: '这一行的列数多于表头，请检查是否有多余的逗号。',
    en: 'This row has more cells than the header; look for stray commas.',
  },
  'import.row_too_narrow': {
    status: 422,
    zh: '这一行的列数少于表头，请检查是否被截断。',
    en: 'This row has fewer cells than the header; see whether it was cut off.',
  },
  'import.formula': {
    status: 422,
    zh: '这一格是公式。请把公式换成它的值（选择性粘贴为数值）。',
    en: 'This cell is a formula; replace it by its value (paste as values).',
  },
  'import.number_precision': {
    status: 422,
    zh: '数字位数过多，末几位已丢失。请把该列设为文本格式后重新填写。',
    en: 'The number has too many digits to be exact. Format the column as text and enter it again.',
  },
});
