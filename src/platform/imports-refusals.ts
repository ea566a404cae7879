import { defineRefusals } from '../kernel/refusal.ts';

defineRefusals({
  'import.unknown_kind': {
    status: 404,
    zh: '没有“{kind}”这一类导入。可用的有：{kinds}。',
    en: 'There is no import called "{kind}". There are: {kinds}.',
  },
  'import.no_file': {
    status: 422,
    zh: '没有收到文件。请选择一个 CSV 或 xlsx 文件后重新提交。',
    en: 'No file was received. Choose a CSV or xlsx file and send it again.',
  },
  'import.no_header': {
    status: 422,
    zh: '第一行里没有一个认识的列名，没有导入。第一行应为：{columns}。',
    en: 'The first row holds no known column name, so nothing was imported. It should be: {columns}.',
  },
  'import.unknown_columns': {
    status: 422,
    zh: '不认识这些列：{columns}，没有导入。请删去或改正列名。',
    en: 'These columns are not known: {columns}. Nothing was imported; remove them or correct their names.',
  },
  'import.missing_columns': {
    status: 422,
    zh: '缺少这些列：{columns}，没有导入。请补上后重新导入。',
    en: 'These columns are missing: {columns}. Nothing was imported; add them and import again.',
  },
  'import.repeated_columns': {
    status: 422,
    zh: '这些列出现了不止一次：{columns}，没有导入。请只保留一列。',
    en: 'These columns appear more than once: {columns}. Nothing was imported; keep one of each.',
  },
  'import.rows_refused': {
    status: 422,
    zh: '有 {count} 行不符合要求，什么也没有导入。请按所列行号改正，或只导入正确的行（命令行加 --partial）。',
    en:
      '{count} rows break a rule and nothing was imported. Correct the lines listed, or load the good ' +
      'rows only (--partial on the command line).',
  },
  'import.would_be_refused': {
    status: 422,
    zh:
      '试导入：有 {count} 行不符合要求，正式导入时什么也不会导入。请按所列行号改正，' +
      '或只导入正确的行（命令行加 --partial）。',
    en:
      'Tried only: {count} rows break a rule, so nothing would be imported. Correct the lines listed, or ' +
      'load the good rows only (--partial on the command line).',
  },
  'import.duplicate_key': {
    status: 422,
    zh: '与第 {other} 行的键相同而内容不同，请只保留正确的一行。',
    en: 'This row has the key of line {other} but other content; keep the right one.',
  },
  'import.out_of_scope': {
    status: 403,
    zh: '这一行不在您的数据范围内，不能导入。',
    en: 'This row lies outside your data scope and cannot be imported.',
  },
});
