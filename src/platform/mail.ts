/** E-mail through the operator's SMTP server (RFC 5321), over TLS unless the server is a relay next door. */
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { Deps } from './deps.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Stays the same when a mail is sent again, so that a mailbox can tell that it has it. */
  readonly messageId: string;
}

/** `refused` is final; `later` may go out another time. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' | 'later' | 'slow'; readonly code: string };

const TIMEOUT_MS = 15_000;

type Ground = Pick<Deps, 'config'>;

/** Sends one mail; never throws for what the server or the line does. */
export async function sendMail({ config }: Ground, { messageId, ...mail }: Mail): Promise<SendOutcome> {
  const { mail: settings } = config;
  if (settings === null) return { kind: 'later', code: 'not_set_up' };
  const { host, port, tls, auth, caFile, from } = settings;
  try {
    const transport = createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(auth === null ? {} : { auth }),
      tls: { minVersion: 'TLSv1.2', ...(caFile === null ? {} : { ca: readFileSync(caFile) }) },
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // A mail is put together from text only.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // Machine-made mail: no out-of-office notes in answer (RFC 3834).
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport.sendMail({ ...mail, from, messageId: `<${messageId}@yiping>`, headers });
    return { kind: 'accepted' };
  } catch (error) {
    return failureOf(error as { code?: string; responseCode?: number; command?: string });
  }
}

/** Only what the server says of the mail or its address is final; anything else somebody can mend. */
function failureOf({ code, responseCode, command = '' }: FailedSending): SendOutcome {
  const final = responseCode !== undefined && responseCode >= 500 && /^(RCPT TO|DATA)/.test(command);
  const told = responseCode === undefined ? (code ?? 'no_answer') : `smtp_${responseCode}`;
  return { kind: final ? 'refused' : 'later', code: code === 'EAUTH' ? 'sign_in_refused' : told };
}

interface FailedSending {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}
