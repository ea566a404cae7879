import { equalBytes, type Keys } from '../../platform/crypto.ts';

const [ID, TIME, MAC] = [16, 4, 8];
const SECOND_MS = 1000;

/**
 * The address of somebody's own progress page after they have named number and phone: which voice, until
 * when, and a keyed code. It says nothing about a person and soon opens nothing any more.
 */
export function followToken(keys: Keys, voiceId: string, until: Date): string {
  const body = Buffer.alloc(ID + TIME);
  body.write(voiceId.replaceAll('-', ''), 'hex');
  body.writeUInt32BE(Math.floor(until.getTime() / SECOND_MS), ID);
  return Buffer.concat([body, codeOf(keys, body)]).toString('base64url');
}

/** The voice of an address; undefined when it is none of ours or no longer holds. */
export function readFollowToken(keys: Keys, token: string, now: Date): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID + TIME + MAC) return undefined;
  const body = bytes.subarray(0, ID + TIME);
  if (!equalBytes(codeOf(keys, body), bytes.subarray(ID + TIME))) return undefined;
  if (body.readUInt32BE(ID) * SECOND_MS < now.getTime()) return undefined;
  return body.toString('hex', 0, ID).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function codeOf(keys: Keys, body: Uint8Array): Buffer {
  return keys.mac8('page', Buffer.concat([Buffer.from('follow'), body]));
}
