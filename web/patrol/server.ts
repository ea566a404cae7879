import type { PatrolKit } from '../../src/conduct/inspection/desk-contract.ts';
import type { Entry, Photo } from './store.ts';
import { language } from './texts.ts';

/** The server said no, with its sentence. */
export class No extends Error {
  override readonly name = 'No';
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** How long an answer may take before the line counts as cut; photos take their time. */
const PATIENCE_MS = 30_000;

/** Rejects with `No`, or with anything else when the line is cut. */
async function call<T>(path: string, body?: object): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  const isForm = body instanceof FormData;
  try {
    const answer = await fetch(`/admin/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'accept-language': language(),
        ...(body ? { 'x-yiping': '1' } : {}),
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: patience.signal,
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
    const said = (await answer.json()) as T & { detail?: string };
    if (answer.ok) return said;
    // A server that is away says so through its proxy, and a busy one later takes it: no refusal.
    if (answer.status >= 500 || answer.status === 429) throw new Error(`answered ${answer.status}`);
    throw new No(answer.status, said.detail ?? '');
  } finally {
    clearTimeout(timer);
  }
}

export const askKit = (): Promise<PatrolKit> => call('/patrol');

/** Who is signed in on this phone; null when nobody is. */
export async function askWho(): Promise<{ id: string; name: string } | null> {
  const { me } = await call<{ me: { id: string; name: string } | null }>('/session');
  return me && { id: me.id, name: me.name };
}

/** Sends a finding and then its photos; whatever has arrived before changes nothing. */
export async function send({ form, photos }: Entry): Promise<void> {
  const { id } = await call<{ id: string }>('/findings', form);
  for (const photo of photos) await call(`/findings/${encodeURIComponent(id)}/photos`, formOf(photo));
}

function formOf({ name, blob }: Photo): FormData {
  const body = new FormData();
  body.append('file', blob, name);
  return body;
}
