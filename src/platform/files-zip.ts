import { crc32, inflateRawSync } from 'node:zlib';
import { Refusal } from '../kernel/refusal.ts';
import './files-refusals.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

const MAX_ENTRIES = 2000;
/** Bytes that all entries together may unpack to. */
const MAX_UNPACKED = 256 * 1024 * 1024;
/**
 * Spreadsheets pack 10 to 40 to 1; above this only emptiness can be inside. Small entries may be what they
 * like.
 */
const MAX_RATIO = 200;
const SMALL = 1024 * 1024;

interface Entry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
  offset: number;
}

/**
 * Unpacks a zip archive by its central directory, which is checked before anything is inflated; each entry
 * may then inflate to its declared size and no further.
 * @throws Refusal `import.xlsx_damaged` or `import.xlsx_expands`
 */
export function unzip(bytes: Buffer, wanted: (name: string) => boolean): Map<string, Buffer> {
  const entries = readDirectory(bytes);
  if (entries.length > MAX_ENTRIES) throw new Refusal('import.xlsx_expands');
  let total = 0;
  for (const entry of entries) {
    total += entry.unpacked;
    const bloated = entry.unpacked > SMALL && entry.unpacked > entry.packed * MAX_RATIO;
    if (bloated || total > MAX_UNPACKED) throw new Refusal('import.xlsx_expands');
  }
  const files = new Map<string, Buffer>();
  for (const entry of entries) {
    if (!wanted(entry.name)) continue;
    if (files.has(entry.name)) throw damaged();
    files.set(entry.name, inflate(bytes, entry));
  }
  return files;
}

function damaged(): Refusal {
  return new Refusal('import.xlsx_damaged');
}

function readDirectory(bytes: Buffer): Entry[] {
  const end = findEnd(bytes);
  if (end === undefined) throw damaged();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) throw damaged();
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** The end record stands within the last 64 KB, behind it nothing but its comment. */
function findEnd(bytes: Buffer): number | undefined {
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) === END && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  }
  return undefined;
}

function inflate(bytes: Buffer, entry: Entry): Buffer {
  const { offset, packed, unpacked } = entry;
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) throw damaged();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const encrypted = (entry.flags & 1) === 1;
  if (encrypted || start + packed > bytes.length) throw damaged();
  const body = bytes.subarray(start, start + packed);
  const plain = entry.method === 0 ? body : entry.method === 8 ? inflateTo(body, unpacked) : undefined;
  if (plain?.length !== unpacked || crc32(plain) !== entry.crc) throw damaged();
  return plain;
}

function inflateTo(body: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    // More comes out than the directory declares: whoever made it meant to get past the check above.
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('import.xlsx_expands');
    return undefined;
  }
}

/**
 * Packs files without compressing them. A reader that follows local headers sees in it exactly what was
 * checked, and nothing that the central directory of the original kept quiet about.
 */
export function zipStored(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, body] of files) {
    const nameBytes = Buffer.from(name);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(CENTRAL, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(20, 6);
    head.writeUInt32LE(crc32(body), 16);
    head.writeUInt32LE(body.length, 20);
    head.writeUInt32LE(body.length, 24);
    head.writeUInt16LE(nameBytes.length, 28);
    head.writeUInt32LE(offset, 42);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    head.copy(local, 4, 6, 30);
    parts.push(local, nameBytes, body);
    directory.push(head, nameBytes);
    offset += local.length + nameBytes.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
