const CR = 13;
const ZERO = 48;

/** As much of an answer of HTTP/1.1 as a load generator needs to know. */
export interface Answer {
  status: number;
  /** Bytes of the whole answer. */
  length: number;
  /** Bytes of its body as sent. */
  body: number;
}

/** The complete answer at the start of `bytes`; undefined while some of it is missing. */
export function answerAt(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const status = 100 * digitAt(bytes, 9) + 10 * digitAt(bytes, 10) + digitAt(bytes, 11);
  const at = bytes.indexOf('content-length: ');
  if (at >= 0 && at < end) {
    let body = 0;
    for (let index = at + 16; bytes[index] !== CR; index += 1) body = body * 10 + digitAt(bytes, index);
    return bytes.length < end + 4 + body ? undefined : { status, length: end + 4 + body, body };
  }
  if (status === 204 || status === 304) return { status, length: end + 4, body: 0 };
  // In chunks: the last one is empty.
  const last = bytes.indexOf('\r\n0\r\n\r\n', end);
  return last < 0 ? undefined : { status, length: last + 7, body: last - end };
}

function digitAt(bytes: Buffer, at: number): number {
  return (bytes[at] ?? ZERO) - ZERO;
}
