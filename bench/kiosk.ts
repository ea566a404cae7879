import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { UPLOAD_SIZE } from '../src/feedback/rating/kiosk-contract.ts';
import { cliActor } from '../src/oversight/access/index.ts';
import { createDevice, issueCode, pair } from '../src/registry/device/actions.ts';
import type { Bench } from './bench.ts';
import { windowCode } from './hall.ts';
import { BenchError, print, timed } from './line.ts';
import { freshRecords } from './submissions.ts';

const NAME = 'kiosk';
/** Queued on a tablet that was cut off for a day or two. */
const QUEUED = 500;

/** The tablet's page: what its first visit weighs, and how long a long queue takes when the line is back. */
export async function kiosk(bench: Bench): Promise<void> {
  await firstLoad(bench);
  await uploads(bench);
}

/** The page and whatever it, its style and its worker fetch, as a browser gets it: compressed. */
async function firstLoad({ instance }: Bench): Promise<void> {
  const page = await fetched(instance.port, '/kiosk/');
  const assets = page.text.match(/\/kiosk\/assets\/[\w.-]+/g) ?? [];
  const others = ['worker.js', 'manifest.webmanifest', 'icon.svg', 'icon-192.png'];
  const files = [...new Set(assets), ...others.map((name) => `/kiosk/${name}`)];
  if (assets.length < 2) throw new BenchError(`${NAME}: the page names too few files.`);
  let bytes = page.bytes;
  for (const file of files) bytes += (await fetched(instance.port, file)).bytes;
  const note = `${files.length + 1} files, headers aside`;
  print({ bench: NAME, metric: 'first_load', value: bytes / 1024, unit: 'KB', note });
}

/** A file with the bytes that travelled in gzip. */
async function fetched(port: number, path: string): Promise<{ text: string; bytes: number }> {
  const bytes = await new Promise<number>((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip' };
    get({ host: '127.0.0.1', port, path, headers }, (answer) => {
      let read = 0;
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length;
      });
      answer.on('end', () => resolve(read));
    }).on('error', reject);
  });
  const text = await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  return { text, bytes };
}

async function uploads({ deps, instance }: Bench): Promise<void> {
  const { cityCode } = deps.config;
  const actor = cliActor(cityCode);
  const given = { kind: 'tablet' as const, windowCode: windowCode(0), name: 'bench' };
  const device = await createDevice(deps, actor, given);
  const { credential } = await pair(deps, (await issueCode(deps, actor, device.id)).code);
  const records = await freshRecords(deps, QUEUED);
  const { rows } = await deps.db.owner.query<{ id: string }>(
    `INSERT INTO intake.window_invitation
       (city_code, invitation_id, step_id, window_code, asked_by, asked_at, device_id, shown_at)
     SELECT $1, gen_random_uuid(), $2::bigint + n, $3, 'bench', $4, $5, $4
     FROM generate_series(0, $6::int - 1) n RETURNING invitation_id AS id`,
    [cityCode, String(records.firstStep), given.windowCode, deps.clock.now(), device.id, records.count],
  );
  const items = rows.map(({ id: invitation }) => ({
    id: randomUUID(),
    invitation,
    satisfaction: 5,
    evalDetail: ['510'],
  }));
  const { seconds } = await timed(async () => {
    for (let at = 0; at < items.length; at += UPLOAD_SIZE) {
      await upload(instance.port, credential, items.slice(at, at + UPLOAD_SIZE));
    }
  });
  const note = `${QUEUED} ratings, one batch after the other`;
  print({ bench: NAME, metric: 'queue_upload', value: seconds, unit: 's', note });
}

async function upload(port: number, credential: string, items: readonly object[]): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/kiosk/api/ratings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-device-credential': credential },
    body: JSON.stringify({ items }),
  });
  const said = (await answer.json()) as { items?: { outcome: string }[] };
  const recorded = said.items?.filter(({ outcome }) => outcome === 'recorded').length ?? 0;
  if (recorded !== items.length) {
    throw new BenchError(`${NAME}: ${recorded} of ${items.length} ratings were recorded (${answer.status}).`);
  }
}
