import { zipStored } from '../../src/platform/files-zip.ts';

/** A form with one file as a browser sends it. */
export function fileForm(name: string, content: Buffer): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'yiping-test-form';
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
    'content-type: application/octet-stream\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

/** A form as a browser sends it: what was typed, and files in the field `file`. */
export function formWith(
  fields: Readonly<Record<string, string>>,
  files: readonly (readonly [name: string, content: Buffer])[],
): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'yiping-test-form';
  const part = (disposition: string, content: Buffer) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n`),
    ...(disposition.includes('filename') ? [Buffer.from('content-type: application/octet-stream\r\n')] : []),
    Buffer.from('\r\n'),
    content,
    Buffer.from('\r\n'),
  ];
  const body = Buffer.concat([
    ...files.flatMap(([name, content]) => part(`name="file"; filename="${name}"`, content)),
    ...Object.entries(fields).flatMap(([name, value]) => part(`name="${name}"`, Buffer.from(value))),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

const PNG_HEAD = '89504e470d0a1a0a0000000d49484452';
const PNG_END = '0000000049454e44ae426082';

/** Files that begin and end as their types do. */
export const samples = {
  pdf: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n'),
  png: Buffer.from(`${PNG_HEAD}${'00'.repeat(32)}${PNG_END}`, 'hex'),
  jpg: Buffer.from(`ffd8ffe0${'00'.repeat(64)}ffd9`, 'hex'),
  docx: office('word/document.xml'),
  xlsx: office('xl/workbook.xml'),
};

/** An office file with these parts beside the list of contents. */
export function office(...parts: string[]): Buffer {
  const names = ['[Content_Types].xml', ...parts];
  return zipStored(new Map(names.map((name) => [name, Buffer.from(`<${name.length}/>`)])));
}
