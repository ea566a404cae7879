import { randomUUID } from 'node:crypto';
import { maskPhone } from '../../kernel/codes.ts';
import { isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { robotOrigins, robotUrl } from '../../platform/robot.ts';
import { type Actor, parseScope, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { mayTurn, noteOutcome, postTo } from './deliver-actions.ts';
import { type ListedDelivery, listDeliveries, reviveDelivery } from './delivery-store.ts';
import type { DeliveryQuery, DeliveryView, RobotForm, RobotView } from './robot-contract.ts';
import { deleteRobot, findRobot, keepRobot, listRobots, lockRobot, type RobotRow } from './robot-store.ts';
import { messageText, TITLES } from './words.ts';

const ID = /^[0-9a-f-]{36}$/;

/** The city's group robots; addresses and secrets are never shown again. */
export async function robotsOf(deps: Deps, actor: Actor): Promise<{ items: RobotView[]; mail: boolean }> {
  requirePermission(actor, 'robot.manage');
  const rows = await listRobots(deps.db.app, actor.cityCode);
  return { items: rows.map((row) => viewOf(deps, row)), mail: deps.config.mail !== null };
}

function viewOf({ keys }: Deps, row: RobotRow): RobotView {
  const phones = row.phones_sealed === null ? [] : keys.open('robot.phones', row.phones_sealed).split(',');
  return {
    id: row.robot_id,
    provider: row.provider,
    name: row.name,
    scope: row.scope_code,
    address: row.url_shown,
    signed: row.secret_sealed !== null,
    groups: [...row.groups],
    everybody: row.everybody,
    phones: phones.map(maskPhone),
    enabled: row.enabled,
    restsUntil: row.rests_until && isoMoment(row.rests_until),
    sentAt: row.sent_at && isoMoment(row.sent_at),
    lastError: row.last_error,
    lastErrorAt: row.last_error_at && isoMoment(row.last_error_at),
  };
}

/**
 * Registers a group robot, or changes one: what is left out of its address, secret and phones stays.
 * @throws Refusal `robot.unknown`, `robot.known`, `robot.address`, `robot.scope`, `robot.secret`
 */
export async function saveRobot(deps: Deps, actor: Actor, id: string | null, form: RobotForm): Promise<void> {
  requirePermission(actor, 'robot.manage');
  const { cityCode } = actor;
  const at = deps.clock.now();
  refuseScope(form, cityCode);
  await inTx(deps.db, async (tx) => {
    const before = id === null ? undefined : await lockRobot(tx, cityCode, id);
    if (id !== null && before === undefined) throw new Refusal('robot.unknown');
    const robot = {
      robot_id: id ?? randomUUID(),
      provider: before?.provider ?? form.provider,
      name: form.name,
      scope_code: form.scope || null,
      ...addressOf(deps, form, before),
      secret_sealed: secretOf(deps, form, before),
      phones_sealed: phonesOf(deps, form, before),
      everybody: form.everybody,
      groups: [...new Set(form.groups)],
      enabled: form.enabled,
    };
    if (!(await keepRobot(tx, cityCode, robot, { by: actor.name, at }))) {
      throw new Refusal('robot.known', {}, { field: 'name' });
    }
    await note(tx, actor, {
      action: before === undefined ? 'robot.added' : 'robot.changed',
      robot,
      at,
      detail: {
        provider: robot.provider,
        scope: robot.scope_code,
        groups: robot.groups,
        enabled: robot.enabled,
        address: form.url !== undefined,
        secret: form.secret !== undefined,
        phones: form.phones !== undefined,
      },
    });
  });
}

function refuseScope({ scope }: RobotForm, cityCode: string): void {
  if (scope && parseScope(scope, cityCode) === undefined) {
    throw new Refusal('robot.scope', {}, { field: 'scope' });
  }
}

function addressOf(
  deps: Deps,
  { url: text, provider: asked }: RobotForm,
  before: RobotRow | undefined,
): Pick<RobotRow, 'url_sealed' | 'url_shown'> {
  const provider = before?.provider ?? asked;
  if (!text && before !== undefined) return { url_sealed: before.url_sealed, url_shown: before.url_shown };
  const url = robotUrl(deps, provider, text ?? '');
  if (url === undefined) {
    const origins = robotOrigins(deps, provider).join('、');
    throw new Refusal('robot.address', { origins }, { field: 'url' });
  }
  return {
    url_sealed: deps.keys.seal('robot.url', url.href),
    url_shown: `${url.host} …${url.href.slice(-4)}`,
  };
}

function secretOf(deps: Deps, { secret, provider }: RobotForm, before: RobotRow | undefined): Buffer | null {
  if (secret === undefined) return before?.secret_sealed ?? null;
  if (secret === '') return null;
  if ((before?.provider ?? provider) === 'wecom') throw new Refusal('robot.secret', {}, { field: 'secret' });
  return deps.keys.seal('robot.secret', secret);
}

function phonesOf(deps: Deps, { phones }: RobotForm, before: RobotRow | undefined): Buffer | null {
  if (phones === undefined) return before?.phones_sealed ?? null;
  return phones.length === 0 ? null : deps.keys.seal('robot.phones', [...new Set(phones)].join(','));
}

/** Takes a robot away; what still waits for it is dropped. @throws Refusal `robot.unknown` */
export async function removeRobot(deps: Deps, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'robot.manage');
  const { cityCode } = actor;
  await inTx(deps.db, async (tx) => {
    const robot = await lockRobot(tx, cityCode, id);
    if (robot === undefined) throw new Refusal('robot.unknown');
    await deleteRobot(tx, cityCode, id);
    await note(tx, actor, { action: 'robot.removed', robot, at: deps.clock.now(), detail: {} });
  });
}

/**
 * Sends a test to the group now; it counts as one of the minute.
 * @throws Refusal `robot.unknown`, `robot.busy`
 */
export async function testRobot(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<{ accepted: boolean; code: string | null }> {
  requirePermission(actor, 'robot.manage');
  const { cityCode } = actor;
  const robot = await findRobot(deps.db.app, cityCode, id);
  if (robot === undefined) throw new Refusal('robot.unknown');
  if (!(await mayTurn(deps, cityCode, robot))) throw new Refusal('robot.busy');
  const { lang, publicUrl } = deps.config;
  const lines = [{ text: TITLES.test[lang], url: `${publicUrl}/admin/robots` }];
  const outcome = await postTo(deps, robot, { title: TITLES.robot[lang](1), lines, urgent: false });
  const code = outcome.kind === 'accepted' ? null : outcome.code;
  await inTx(deps.db, async (tx) => {
    await noteOutcome(tx, deps, { cityCode, robot, outcome });
    const detail = { outcome: code ?? 'accepted' };
    await note(tx, actor, { action: 'robot.tested', robot, at: deps.clock.now(), detail });
  });
  return { accepted: code === null, code };
}

async function note(
  tx: Tx,
  actor: Actor,
  given: {
    action: string;
    robot: Pick<RobotRow, 'name'>;
    at: Date;
    detail: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { action, robot, at, detail } = given;
  const { cityCode } = actor;
  await audit(tx, { actor, action, subjectKind: 'robot', subjectId: robot.name, detail, cityCode, at });
}

/** What goes out by e-mail and robot, the newest first; to whom, but never to which address. */
export async function deliveriesOf(
  deps: Deps,
  actor: Actor,
  { state, cursor, limit }: DeliveryQuery,
  lang: Lang,
): Promise<{ items: DeliveryView[]; next: string | null }> {
  requirePermission(actor, 'robot.manage');
  const after = decodeMomentCursor(cursor, ID);
  const rows = await listDeliveries(deps.db.app, actor.cityCode, { state, after, limit: limit + 1 });
  return pageOf(
    rows,
    limit,
    (row) => deliveryOf(row, lang),
    (row) => [row.created_at.toISOString(), row.delivery_id],
  );
}

function deliveryOf(row: ListedDelivery, lang: Lang): DeliveryView {
  return {
    id: row.delivery_id,
    channel: row.channel,
    target: row.target_name,
    text: messageText(row.kind, row.params, lang),
    state: row.state as DeliveryView['state'],
    attempts: row.attempts,
    dueAt: isoMoment(row.due_at),
    createdAt: isoMoment(row.created_at),
    lastError: row.last_error,
  };
}

/** Gives what was given up another round of attempts. @throws Refusal `delivery.not_dead` */
export async function retryDelivery(deps: Deps, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'robot.manage');
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    if (!(await reviveDelivery(tx, cityCode, id, at))) throw new Refusal('delivery.not_dead');
    await audit(tx, {
      actor,
      action: 'delivery.retried',
      subjectKind: 'delivery',
      subjectId: id,
      detail: {},
      cityCode,
      at,
    });
  });
}
