import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll } from 'vitest';

// For localhost only, made for the tests: it protects nothing.
const CERT = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUH6gaVXYMSdxC3Wf13TqLvhbVs+kwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNzEyNTQxMVoYDzIxMjYxMTAz
MTI1NDExWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASwWRiaj7VY62kaPdOs2ylnXk30eMM1cslz7CK/V/4t7d6yOoxCNE/b
TdzyRov4me9maUOrHglLX32wop0/fK+go28wbTAdBgNVHQ4EFgQUlwf9V6JiotyL
FS+4yea+96I7hcgwHwYDVR0jBBgwFoAUlwf9V6JiotyLFS+4yea+96I7hcgwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAPLZ8LV9I4XlnyPCmlr9jKCz/aSJ67aSTLFGXXXaRiBXAiEA
k6Qu0p15iHP1TWzQ8bVcqQIEhlXcWA06BSDwyO1azts=
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNZAiBEpt4EL/7s8A
/DohOGpt3bTpQjIbcvtp/vBBq5KhRANCAASwWRiaj7VY62kaPdOs2ylnXk30eMM1
cslz7CK/V/4t7d6yOoxCNE/bTdzyRov4me9maUOrHglLX32wop0/fK+g
-----END PRIVATE KEY-----
`;

interface Received {
  to: string[];
  user: string | null;
  secure: boolean;
  /** Headers and body as they came. */
  raw: string;
}

export interface MailServer {
  port: number;
  mails: Received[];
  /** What the server says next to a recipient: null takes it. */
  refuse: { code: number; text: string } | null;
}

/** A real SMTP server on this machine, for the file that calls this at its top. */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const opened: MailServer = { port: 0, mails: [], refuse: null };
  const server = new SMTPServer({
    cert: CERT,
    key: KEY,
    disableReverseLookup: true,
    authOptional: options.onAuth === undefined,
    onRcptTo(_address, _session, done) {
      if (opened.refuse === null) return done();
      done(Object.assign(new Error(opened.refuse.text), { responseCode: opened.refuse.code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        opened.mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          user: session.user === undefined ? null : String(session.user),
          secure: session.secure,
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
    ...options,
  });
  // A client that breaks off because it doesn't trust us is no fault of the test.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  opened.port = typeof address === 'object' && address ? address.port : 0;
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return opened;
}

/** The server's certificate as a file, for those who trust it. */
export function certificateIn(folder: string): string {
  const path = join(folder, 'mail-ca.pem');
  writeFileSync(path, CERT);
  return path;
}

/** The text of a mail, whatever its encoding. */
export function textOf({ raw }: Received): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const encoding = /content-transfer-encoding: (\S+)/i.exec(head)?.[1]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => `%${hex}`);
  return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, '%25'));
}
