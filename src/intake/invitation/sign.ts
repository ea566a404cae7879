import { BASE32_ALPHABET, encodeBase32, normalizeBase32 } from '../../kernel/base32.ts';

/** Random bytes of a sign's code. */
export const SIGN_BYTES = 5;
const CITY_CHARS = 4;
const LENGTH = 12;

/**
 * The code of a sign: the city in four characters of base32, so that it is looked for where it stands, then
 * 40 random bits, so that nobody finds a sign by counting.
 */
export function signCodeOf(cityCode: string, random: Uint8Array): string {
  let [rest, city] = [Number(cityCode), ''];
  for (let at = 0; at < CITY_CHARS; at += 1) {
    city = BASE32_ALPHABET.charAt(rest & 31) + city;
    rest >>= 5;
  }
  return city + encodeBase32(random);
}

/** A code in any of the forms people type, with the city that it names; undefined when it is none. */
export function readSignCode(text: string): { code: string; cityCode: string } | undefined {
  const code = normalizeBase32(text, LENGTH);
  if (code === undefined) return undefined;
  let city = 0;
  for (const character of code.slice(0, CITY_CHARS)) city = city * 32 + BASE32_ALPHABET.indexOf(character);
  return { code, cityCode: String(city).padStart(6, '0') };
}
