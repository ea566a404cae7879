/** The provider of short messages as it publishes itself, on this machine. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export const SETTINGS = {
  secretId: 'AKIDexample',
  secretKey: 'a secret of the provider',
  appId: '1400006666',
};

export interface Heard {
  phone: string;
  template: string;
  params: string[];
}

export interface SmsProvider {
  readonly endpoint: string;
  readonly heard: Heard[];
  /** What was wrong with a request: each header is checked, and the signature computed anew. */
  readonly faults: string[];
  /** What the server does next: answers with a code, cuts the line, or answers 503. */
  behaviour: string | 'cut' | 'down';
}

/** Opens the provider for the file that calls this at its top. */
export async function openSmsProvider(): Promise<SmsProvider> {
  const heard: Heard[] = [];
  const faults: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const wrong = wrongIn(request, body);
      if (wrong !== undefined) faults.push(wrong);
      const sent = JSON.parse(body) as Record<string, unknown>;
      const [phone = ''] = sent.PhoneNumberSet as string[];
      heard.push({ phone, template: String(sent.TemplateId), params: sent.TemplateParamSet as string[] });
      if (provider.behaviour === 'cut') return void request.socket.destroy();
      if (provider.behaviour === 'down') return void response.writeHead(503).end('away');
      const status = { SerialNo: `no-${heard.length}`, PhoneNumber: phone, Fee: 1, Code: provider.behaviour };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ Response: { SendStatusSet: [status], RequestId: 'r' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const provider: SmsProvider = { endpoint, heard, faults, behaviour: 'Ok' };
  return provider;
}

function wrongIn({ method, url, headers }: IncomingMessage, body: string): string | undefined {
  if (method !== 'POST' || url !== '/') return 'address';
  if (headers['x-tc-action'] !== 'SendSms' || headers['x-tc-version'] !== '2021-01-11') return 'action';
  const stamp = String(headers['x-tc-timestamp']);
  const date = new Date(Number(stamp) * 1000).toISOString().slice(0, 10);
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const signed = `content-type:${headers['content-type']}\nhost:${headers.host}\nx-tc-action:sendsms\n`;
  const names = 'content-type;host;x-tc-action';
  const canonical = `POST\n/\n\n${signed}\n${names}\n${hash(body)}`;
  const toSign = `TC3-HMAC-SHA256\n${stamp}\n${date}/sms/tc3_request\n${hash(canonical)}`;
  let key = createHmac('sha256', `TC3${SETTINGS.secretKey}`).update(date).digest();
  for (const part of ['sms', 'tc3_request']) key = createHmac('sha256', key).update(part).digest();
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const expected =
    `TC3-HMAC-SHA256 Credential=${SETTINGS.secretId}/${date}/sms/tc3_request, ` +
    `SignedHeaders=${names}, Signature=${signature}`;
  return headers.authorization === expected ? undefined : `signature ${headers.authorization}`;
}
