import { randomUUID } from 'node:crypto';
import { parseLang } from '../../kernel/lang.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type SendOutcome, sendMail } from '../../platform/mail.ts';
import { ROBOT_A_MINUTE, ROBOT_REST_MS, type RobotText, sendToRobot } from '../../platform/robot.ts';
import { retryAt } from './choice.ts';
import { findChoices } from './choice-store.ts';
import {
  type Channel,
  type DeliveryRow,
  dropRead,
  endBatch,
  lockDue,
  markSending,
  postponeBatch,
} from './delivery-store.ts';
import { KINDS, kindOf } from './kind.ts';
import { findRobot, noteSending, type RobotRow, takeTurn } from './robot-store.ts';
import { messageText, TITLES } from './words.ts';

/** What one look takes out of the outbox. */
const AT_ONCE = 200;
/** An attempt that takes longer was cut off with its worker. */
const GIVEN_UP_MS = 300_000;
const MINUTE_MS = 60_000;

interface Batch {
  readonly id: string;
  readonly channel: Channel;
  readonly target: string;
  readonly rows: readonly DeliveryRow[];
}

/**
 * Sends what is due: all that waits for one target goes as one mail or post. At least once: an attempt that
 * was cut off is repeated under the number it had. Two workers never take the same.
 */
export async function deliverDue(deps: Deps, cityCode: string): Promise<void> {
  let [claimed, isDown] = [AT_ONCE, false];
  while (claimed >= AT_ONCE) {
    const batches = await claim(deps, cityCode, deps.clock.now());
    claimed = batches.reduce((sum, { rows }) => sum + rows.length, 0);
    for (const batch of batches) {
      if (batch.channel === 'robot') await sendByRobot(deps, cityCode, batch);
      // One mail that finds no server is enough to know; the others wait a minute.
      else if (isDown) await putOff(deps, cityCode, batch, MINUTE_MS);
      else isDown = isUnreached(await sendByMail(deps, cityCode, batch));
    }
  }
}

/** The server itself can't be reached or doesn't let us in. */
function isUnreached(outcome: SendOutcome | undefined): boolean {
  return outcome?.kind === 'later' && !outcome.code.startsWith('smtp_');
}

/** Not now: the batch waits, and nothing was attempted. */
async function putOff(deps: Deps, cityCode: string, { id }: Batch, ms: number): Promise<void> {
  const at = new Date(deps.clock.now().getTime() + ms);
  await inTx(deps.db, (tx) => postponeBatch(tx, cityCode, { id, at, error: null, attempted: false }));
}

async function claim(deps: Deps, cityCode: string, now: Date): Promise<Batch[]> {
  const until = new Date(now.getTime() + GIVEN_UP_MS);
  return await inTx(deps.db, async (tx) => {
    await dropRead(tx, cityCode, now);
    const batches = batchesOf(await lockDue(tx, cityCode, now, AT_ONCE));
    for (const { id, rows } of batches) {
      await markSending(tx, cityCode, { id, ids: rows.map((row) => row.delivery_id), until });
    }
    return batches;
  });
}

/** What was tried together stays together; everything new for a target goes together. */
function batchesOf(rows: readonly DeliveryRow[]): Batch[] {
  const groups = new Map<string, DeliveryRow[]>();
  for (const row of rows) {
    const key = row.batch_id ?? `${row.channel} ${row.target}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { batch_id: id, channel, target } = first;
    return [{ id: id ?? randomUUID(), channel, target, rows: group }];
  });
}

async function sendByMail(deps: Deps, cityCode: string, batch: Batch): Promise<SendOutcome | undefined> {
  const [choice] = await findChoices(deps.db.app, cityCode, [batch.target]);
  const sealed = choice?.address_sealed ?? null;
  if (choice === undefined || sealed === null) {
    await drop(deps, cityCode, batch);
    return undefined;
  }
  const lang = parseLang(choice.lang) ?? 'zh-CN';
  const lines = linesOf(deps, batch, lang);
  const outcome = await sendMail(deps, {
    to: deps.keys.open('message.address', sealed),
    subject: lines.length === 1 ? (lines[0]?.text ?? '') : TITLES.many[lang](lines.length),
    text: [...lines.map(({ text, url }) => `${text}\n${url}`), TITLES.foot[lang]].join('\n\n'),
    messageId: batch.id,
  });
  await inTx(deps.db, (tx) => settle(tx, deps, { cityCode, batch, outcome }));
  return outcome;
}

function linesOf({ config }: Deps, { rows }: Batch, lang: 'zh-CN' | 'en') {
  return rows.map(({ kind, params, link }) => ({
    text: messageText(kind, params, lang),
    url: `${config.publicUrl}/admin${link}`,
  }));
}

async function sendByRobot(deps: Deps, cityCode: string, batch: Batch): Promise<void> {
  const robot = await findRobot(deps.db.app, cityCode, batch.target);
  if (robot?.enabled !== true) return await drop(deps, cityCode, batch);
  const now = deps.clock.now();
  if (!(await mayTurn(deps, cityCode, robot))) {
    const rests = (robot.rests_until?.getTime() ?? 0) - now.getTime();
    return await putOff(deps, cityCode, batch, Math.max(MINUTE_MS, rests));
  }
  const urgent = batch.rows.some(({ kind }) => KINDS[kindOf(kind) ?? 'order_closed'].urgent === true);
  const { lang } = deps.config;
  const lines = linesOf(deps, batch, lang);
  const outcome = await postTo(deps, robot, { title: TITLES.robot[lang](lines.length), lines, urgent });
  await inTx(deps.db, async (tx) => {
    await settle(tx, deps, { cityCode, batch, outcome });
    await noteOutcome(tx, deps, { cityCode, robot, outcome });
  });
}

/** Whether the robot may send one more within the minute; if so, that one is taken. */
export async function mayTurn(deps: Deps, cityCode: string, robot: RobotRow): Promise<boolean> {
  const now = deps.clock.now();
  const since = new Date(now.getTime() - MINUTE_MS);
  const turn = { robotId: robot.robot_id, now, since, most: ROBOT_A_MINUTE };
  return await inTx(deps.db, (tx) => takeTurn(tx, cityCode, turn));
}

/** Posts to a robot's group; people are called by name only when it is urgent. */
export async function postTo(
  deps: Deps,
  robot: RobotRow,
  { urgent, ...text }: Pick<RobotText, 'title' | 'lines'> & { urgent: boolean },
): Promise<SendOutcome> {
  const open = (context: string, sealed: Buffer | null): string | null =>
    sealed === null ? null : deps.keys.open(context, sealed);
  const phones = urgent ? (open('robot.phones', robot.phones_sealed)?.split(',') ?? []) : [];
  const address = {
    provider: robot.provider,
    url: deps.keys.open('robot.url', robot.url_sealed),
    secret: open('robot.secret', robot.secret_sealed),
  };
  return await sendToRobot(deps, address, { ...text, phones, everybody: urgent && robot.everybody });
}

/** Keeps on the robot what became of a sending, for whoever looks after it. */
export async function noteOutcome(
  tx: Tx,
  { clock }: Deps,
  { cityCode, robot, outcome }: { cityCode: string; robot: RobotRow; outcome: SendOutcome },
): Promise<void> {
  const at = clock.now();
  const error = outcome.kind === 'accepted' ? null : outcome.code;
  const restsUntil = outcome.kind === 'slow' ? new Date(at.getTime() + ROBOT_REST_MS) : null;
  await noteSending(tx, cityCode, { robotId: robot.robot_id, at, error, restsUntil });
}

async function settle(
  tx: Tx,
  { clock, log }: Deps,
  { cityCode, batch, outcome }: { cityCode: string; batch: Batch; outcome: SendOutcome },
): Promise<void> {
  const at = clock.now();
  const { id } = batch;
  if (outcome.kind === 'accepted')
    return await endBatch(tx, cityCode, { id, state: 'sent', error: null, at });
  const { code: error } = outcome;
  // The provider counted too many: that is no fault of this message.
  if (outcome.kind === 'slow') {
    const later = new Date(at.getTime() + ROBOT_REST_MS);
    return await postponeBatch(tx, cityCode, { id, at: later, error, attempted: false });
  }
  const attempts = Math.max(...batch.rows.map((row) => row.attempts)) + 1;
  const again = outcome.kind === 'later' ? retryAt(at, attempts) : undefined;
  if (again !== undefined) {
    return await postponeBatch(tx, cityCode, { id, at: again, error, attempted: true });
  }
  log.warn({ event: 'message', channel: batch.channel, error }, 'a message could not be delivered');
  await endBatch(tx, cityCode, { id, state: 'dead', error, at });
}

async function drop(deps: Deps, cityCode: string, { id }: Batch): Promise<void> {
  const end = { id, state: 'dropped', error: null, at: deps.clock.now() } as const;
  await inTx(deps.db, (tx) => endBatch(tx, cityCode, end));
}
