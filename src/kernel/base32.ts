/** Crockford's alphabet: no I, L, O, U, so that a code survives being read aloud or typed from paper. */
export const BASE32_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Bytes as base32, highest bits first, the last character filled with zero bits: 10 bytes give 16
 * characters.
 */
export function encodeBase32(bytes: Uint8Array): string {
  let [text, buffer, bits] = ['', 0, 0];
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32_ALPHABET.charAt((buffer >> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32_ALPHABET.charAt((buffer << (5 - bits)) & 31);
}

/**
 * The bytes of a base32 text in any of the forms people type; undefined when a character is none of the
 * alphabet.
 */
export function decodeBase32(text: string): Uint8Array | undefined {
  const normal = normalizeBase32(text);
  if (normal === undefined) return undefined;
  const bytes = new Uint8Array(Math.floor((normal.length * 5) / 8));
  let [buffer, bits, at] = [0, 0, 0];
  for (const character of normal) {
    buffer = (buffer << 5) | BASE32_ALPHABET.indexOf(character);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 255;
      buffer &= (1 << bits) - 1;
    }
  }
  return bytes;
}

/**
 * The one spelling of a code: upper case, without spaces and dashes, O read as 0, I and L as 1.
 *
 * @param length how many characters the code must have
 */
export function normalizeBase32(text: string, length?: number): string | undefined {
  const normal = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―_.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]+$/.test(normal)) return undefined;
  return length === undefined || normal.length === length ? normal : undefined;
}

/** 'ABCDEFGH' → 'ABCD-EFGH', for reading. */
export function groupBase32(text: string, size = 4): string {
  return text.match(new RegExp(`.{1,${size}}`, 'g'))?.join('-') ?? '';
}
