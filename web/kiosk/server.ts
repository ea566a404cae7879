import type {
  KioskRating,
  KioskState,
  KioskWords,
  ShownInvitationView,
  UploadOutcome,
} from '../../src/feedback/rating/kiosk-contract.ts';
import type { Lang } from '../../src/kernel/lang.ts';

/** The server said no, with its sentence. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}

/** How long an answer may take before the line counts as cut. */
const PATIENCE_MS = 15_000;

let language: Lang = 'zh-CN';

/** The language in which refusals are worded. */
export function speak(lang: Lang): void {
  language = lang;
}

/** Rejects with `Refused`, or with anything else when the line is cut. */
async function call<T>(path: string, body?: object): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(`/kiosk/api/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'accept-language': language, ...(body ? { 'content-type': 'application/json' } : {}) },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: patience.signal,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const said = (await answer.json()) as T & { code?: string; detail?: string };
    if (answer.ok) return said;
    // A server that is away says so through its proxy: that is a cut line, not a refusal.
    if (answer.status >= 500) throw new Error(`answered ${answer.status}`);
    throw new Refused(answer.status, said.code ?? '', said.detail ?? '');
  } finally {
    clearTimeout(timer);
  }
}

export const pair = (code: string): Promise<unknown> => call('pair', { code });
export const askState = (waiting: number): Promise<KioskState> => call(`state?waiting=${waiting}`);
export const askWords = (): Promise<KioskWords> => call('words');
export const show = (id: string): Promise<ShownInvitationView> => call(`invitations/${id}/shown`, {});

export async function upload(items: readonly KioskRating[]): Promise<UploadOutcome[]> {
  return (await call<{ items: UploadOutcome[] }>('ratings', { items })).items;
}

/** Whether the server no longer takes this device for one of its own. */
export function isUnpaired(error: unknown): error is Refused {
  return error instanceof Refused && error.status === 401;
}
