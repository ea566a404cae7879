import { constants, crc32, deflateRawSync } from 'node:zlib';
import { assert } from '../kernel/assert.ts';

/**
 * A page that is the same for everybody but for a few short places. Its fixed parts are compressed once; a
 * page is put together from them and the filled places (as stored blocks), so that serving it costs no
 * compression.
 */
export interface PageTemplate {
  /** The page as text. */
  text(values: readonly string[]): string;
  /** The page as one gzip stream (RFC 1952). */
  gzip(values: readonly string[]): Buffer;
}

const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty last block. */
const END = Buffer.from([0x03, 0x00]);
const LONGEST_STORED = 0xffff;

/** @param place the mark at which the page is cut; every occurrence is one place */
export function pageTemplate(page: string, place: string): PageTemplate {
  const texts = page.split(place);
  const bytes = texts.map((text) => Buffer.from(text));
  // A full flush ends each part on a byte's border and lets nothing refer back over it.
  const parts = bytes.map((part) => deflateRawSync(part, { level: 9, finishFlush: constants.Z_FULL_FLUSH }));
  const check = (values: readonly string[]): void =>
    assert(values.length === texts.length - 1, 'each place of the page is filled');
  return {
    text(values) {
      check(values);
      return texts.reduce((text, part, at) => text + (values[at - 1] ?? '') + part);
    },
    gzip(values) {
      check(values);
      const out: Buffer[] = [HEADER];
      let crc = 0;
      let length = 0;
      for (const [at, part] of bytes.entries()) {
        out.push(parts[at] ?? END);
        crc = crc32(part, crc);
        length += part.length;
        const value = values[at];
        if (value === undefined || value === '') continue;
        const filled = Buffer.from(value);
        out.push(...storedBlock(filled));
        crc = crc32(filled, crc);
        length += filled.length;
      }
      const trailer = Buffer.alloc(8);
      trailer.writeUInt32LE(crc, 0);
      trailer.writeUInt32LE(length % 2 ** 32, 4);
      out.push(END, trailer);
      return Buffer.concat(out);
    },
  };
}

function storedBlock(bytes: Buffer): Buffer[] {
  assert(bytes.length <= LONGEST_STORED, 'a place of a page is short');
  const head = Buffer.alloc(5);
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(~bytes.length & LONGEST_STORED, 3);
  return [head, bytes];
}
