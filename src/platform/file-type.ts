/** What a file is, by its content: a name proves nothing. Pure; it sees the beginning and the end only. */

export const FILE_TYPES = ['pdf', 'jpg', 'png', 'docx', 'xlsx'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Bytes of the end that are needed to judge a file: an office file keeps its directory there. */
export const TAIL_BYTES = 256 * 1024;
/** Bytes of the beginning that are needed. */
export const HEAD_BYTES = 1024;

/** A file that isn't one of ours, or is one of ours but doesn't end as it should. */
export type Judged = { kind: 'file'; type: FileType } | { kind: 'unknown' } | { kind: 'damaged' };

export interface Sample {
  readonly head: Buffer;
  /** the last bytes, at most TAIL_BYTES */
  readonly tail: Buffer;
  readonly size: number;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_END = Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const JPG = Buffer.from([0xff, 0xd8, 0xff]);
const JPG_END = Buffer.from([0xff, 0xd9]);
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/** Judges a file by how it begins and ends. */
export function judgeFile({ head, tail, size }: Sample): Judged {
  if (head.subarray(0, PNG.length).equals(PNG)) return whole('png', tail.subarray(-PNG_END.length), PNG_END);
  // A camera may pad behind the picture's end.
  if (head.subarray(0, JPG.length).equals(JPG)) return whole('jpg', tail.subarray(-4096), JPG_END);
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') {
    return whole('pdf', tail.subarray(-2048), Buffer.from('%%EOF'));
  }
  return head.subarray(0, ZIP.length).equals(ZIP) ? judgeOffice(tail, size) : { kind: 'unknown' };
}

function whole(type: FileType, end: Buffer, mark: Buffer): Judged {
  return end.includes(mark) ? { kind: 'file', type } : { kind: 'damaged' };
}

/** An office file is an archive whose directory names its main part; one with macros isn't taken. */
function judgeOffice(tail: Buffer, size: number): Judged {
  const names = directoryOf(tail, size);
  if (names === undefined) return { kind: 'damaged' };
  if (!names.has('[Content_Types].xml') || names.has('word/vbaProject.bin') || names.has('xl/vbaProject.bin'))
    return { kind: 'unknown' };
  if (names.has('word/document.xml')) return { kind: 'file', type: 'docx' };
  return names.has('xl/workbook.xml') ? { kind: 'file', type: 'xlsx' } : { kind: 'unknown' };
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;

/** Names in the central directory; undefined when it isn't where the end record says. */
function directoryOf(tail: Buffer, size: number): Set<string> | undefined {
  const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + 22 > tail.length || tail.readUInt32LE(end) !== END) return undefined;
  const before = size - tail.length;
  let at = tail.readUInt32LE(end + 16) - before;
  const names = new Set<string>();
  for (let left = tail.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at < 0 || at + 46 > end || tail.readUInt32LE(at) !== CENTRAL) return undefined;
    const length = tail.readUInt16LE(at + 28);
    names.add(tail.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  }
  return at === end ? names : undefined;
}

const LONGEST_NAME = 120;

/**
 * A name under which the file can be saved anywhere: no path, nothing that isn't printed, not too long, and
 * the ending that its content has.
 */
export function fileName(given: string, type: FileType): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const printable = last.replace(/[\p{C}\p{Zl}\p{Zp}"<>:|?*]/gu, '').replace(/^[.\s]+|[.\s]+$/g, '');
  const endings = type === 'jpg' ? /\.(jpg|jpeg)$/i : new RegExp(`\\.${type}$`, 'i');
  const stem = [...printable.replace(endings, '')].slice(0, LONGEST_NAME).join('');
  return `${stem === '' ? 'file' : stem}.${type}`;
}
