import { type Day, dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, sqlState, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { devicesOf } from '../../registry/device/index.ts';
import { inReach } from '../../registry/region/index.ts';
import { ownDesk } from '../acceptance/index.ts';
import { lastServedAt } from '../case/index.ts';
import { askAtWindow } from '../invitation/index.ts';
import type { DrawForm, DrawnTicket, FinishedTicket, QueueView, TicketView } from './contract.ts';
import {
  callAgain,
  countFinished,
  drawTicketNumber,
  findTicket,
  insertTicket,
  listGroups,
  listTickets,
  lockCalled,
  saveTicket,
  type TicketRow,
  takeNext,
} from './store.ts';
import { ticketNo } from './ticket.ts';

/** As many as a clerk looks through; more of them are only counted. */
const SHOWN = 50;
const UNIQUE_VIOLATION = '23505';

/**
 * Draws a ticket for a group of items; the same id again answers the ticket that it has drawn. Who holds it
 * is not asked: older people and others whom the law favours are called first when the desk says so.
 * @throws Refusal `ticket.unknown_group`
 */
export async function drawTicket(deps: Deps, actor: Actor, form: DrawForm): Promise<DrawnTicket> {
  requirePermission(actor, 'ticket.draw');
  const { cityCode } = actor;
  const known = await findTicket(deps.db.app, cityCode, form.id);
  if (known === undefined) {
    const group = (await listGroups(deps.db.app, cityCode)).find((one) => one.code === form.group);
    const { regionPrefix } = actor.scope;
    if (
      group === undefined ||
      !inReach(regionPrefix ? { regionPrefix } : {}, { regionCode: group.region_code })
    )
      throw new Refusal('ticket.unknown_group', {}, { field: 'group' });
    const at = deps.clock.now();
    const day = dayOf(at);
    const series = `ticket ${group.region_code} ${group.prefix} ${day}`;
    const number = await drawTicketNumber(deps.db.app, cityCode, series);
    await inTx(deps.db, async (tx) => {
      await insertTicket(tx, cityCode, {
        ...{ id: form.id, day, regionCode: group.region_code, groupCode: group.code },
        ...{ ticketNo: ticketNo(group.prefix, number), priority: form.priority, at },
      });
    });
  }
  const drawn = known ?? (await findTicket(deps.db.app, cityCode, form.id));
  if (drawn === undefined) throw new Refusal('ticket.unknown');
  const { ticket_id: id, ticket_no, group_name: groupName, before } = drawn;
  return { id, ticketNo: ticket_no, groupName, before };
}

/** The queue as the own window sees it. */
export async function queueAt(deps: Deps, actor: Actor, window: string): Promise<QueueView> {
  const { desk } = await ownDesk(deps, actor, window);
  const { cityCode } = actor;
  const day = dayOf(deps.clock.now());
  const reader = deps.db.app;
  const of = (state: string) => listTickets(reader, cityCode, { day, window, states: [state], limit: SHOWN });
  const [called, waiting, skipped, finished, groups] = await Promise.all([
    of('called'),
    of('waiting'),
    of('skipped'),
    countFinished(reader, cityCode, { day, window }),
    listGroups(reader, cityCode, { hall: desk.region_code.slice(0, 6) }),
  ]);
  return {
    current: called[0] ? viewOf(called[0]) : null,
    waiting: waiting.map(viewOf),
    skipped: skipped.map(viewOf),
    finished,
    groups: groups.map(({ code, name }) => ({ code, name })),
  };
}

/**
 * Calls the next ticket to the own window, or a certain one. Of two windows that call at once each gets
 * another; of two that want the same one wins.
 * @throws Refusal `ticket.nobody`, `ticket.taken`, `ticket.still_called`
 */
export async function callTicket(
  deps: Deps,
  actor: Actor,
  { window, ticket }: { window: string; ticket?: string | undefined },
): Promise<TicketView> {
  const { worker } = await ownDesk(deps, actor, window);
  const { cityCode } = actor;
  const at = deps.clock.now();
  const day = dayOf(at);
  try {
    return await inTx(deps.db, async (tx) => {
      const busy = await lockCalled(tx, cityCode, { day, window });
      if (busy) throw new Refusal('ticket.still_called', { ticket: busy.ticket_no });
      const call = { day, window, staffNo: worker.staffNo, at, ticketId: ticket ?? null };
      const id = await takeNext(tx, cityCode, call);
      if (id === undefined) throw new Refusal(ticket === undefined ? 'ticket.nobody' : 'ticket.taken');
      const called = await findTicket(tx, cityCode, id);
      if (called === undefined) throw new Refusal('ticket.unknown');
      await told(tx, actor, 'ticket.called', called, { window, at });
      return viewOf(called);
    });
  } catch (error) {
    // The same window called twice in one moment: the second press finds the first one's ticket.
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw new Refusal('ticket.still_called', { ticket: '' });
  }
}

/** Calls the same person once more: the hall's screen shows the call anew. */
export async function recallTicket(deps: Deps, actor: Actor, window: string): Promise<TicketView> {
  return await onCalled(deps, actor, window, async (tx, row, at) => {
    await callAgain(tx, actor.cityCode, row.ticket_id, at);
  });
}

/** Nobody came: the ticket is passed by, and may still be called by its number. */
export async function skipTicket(deps: Deps, actor: Actor, window: string): Promise<TicketView> {
  return await onCalled(deps, actor, window, async (tx, row, at) => {
    await saveTicket(tx, actor.cityCode, row.ticket_id, { state: 'skipped', at });
    await told(tx, actor, 'ticket.skipped', row, { window, at });
  });
}

/** Sends the person to another queue, with the time that was waited already. */
export async function transferTicket(
  deps: Deps,
  actor: Actor,
  { window, group }: { window: string; group: string },
): Promise<TicketView> {
  const groups = await listGroups(deps.db.app, actor.cityCode);
  const wanted = groups.find((one) => one.code === group);
  return await onCalled(deps, actor, window, async (tx, row, at) => {
    const from = groups.find((one) => one.code === row.group_code);
    if (wanted === undefined || wanted.region_code !== from?.region_code)
      throw new Refusal('ticket.unknown_group', {}, { field: 'group' });
    await saveTicket(tx, actor.cityCode, row.ticket_id, { state: 'waiting', groupCode: group, at });
    await told(tx, actor, 'ticket.transferred', row, { window, at });
  });
}

/**
 * Ends the visit and asks for a rating: the tablet at the window shows the last moment that was served there
 * to this visitor (domain §2). Where nothing was recorded or no device stands there, it only ends.
 */
export async function finishTicket(deps: Deps, actor: Actor, window: string): Promise<FinishedTicket> {
  const { worker } = await ownDesk(deps, actor, window);
  const { cityCode } = actor;
  const at = deps.clock.now();
  const devices = await devicesOf(deps, cityCode, [window]);
  return await inTx(deps.db, async (tx) => {
    const row = await lockCalled(tx, cityCode, { day: dayOf(at), window });
    if (row === undefined || row.called_at === null) throw new Refusal('ticket.none_called');
    await saveTicket(tx, cityCode, row.ticket_id, { state: 'finished', at });
    const sought = { windowCode: window, staffNo: worker.staffNo, since: row.called_at };
    const served = await lastServedAt(tx, cityCode, sought);
    await told(tx, actor, 'ticket.finished', row, { window, at });
    if (served === undefined) return { ticketNo: row.ticket_no, invited: null, why: 'nothing_served' };
    if (devices.length === 0) return { ticketNo: row.ticket_no, invited: null, why: 'no_device' };
    const by = actor.kind === 'user' ? actor.username : actor.name;
    const invitation = await askAtWindow(tx, cityCode, {
      stepId: served.step_id,
      windowCode: window,
      by,
      at,
    });
    await audit(tx, {
      actor,
      action: 'rating.invited',
      subjectKind: 'service_record',
      subjectId: served.step_id,
      detail: { window, invitation },
      cityCode,
      at,
    });
    const { project_no: projectNo, service_name: serviceName } = served;
    return { ticketNo: row.ticket_no, invited: { projectNo, serviceName }, why: 'invited' };
  });
}

async function onCalled(
  deps: Deps,
  actor: Actor,
  window: string,
  act: (tx: Tx, row: TicketRow, at: Date) => Promise<void>,
): Promise<TicketView> {
  await ownDesk(deps, actor, window);
  const at = deps.clock.now();
  const day: Day = dayOf(at);
  return await inTx(deps.db, async (tx) => {
    const row = await lockCalled(tx, actor.cityCode, { day, window });
    if (row === undefined) throw new Refusal('ticket.none_called');
    await act(tx, row, at);
    const after = await findTicket(tx, actor.cityCode, row.ticket_id);
    return viewOf(after ?? row);
  });
}

async function told(
  tx: Tx,
  actor: Actor,
  action: string,
  row: TicketRow,
  { window, at }: { window: string; at: Date },
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'ticket',
    subjectId: row.ticket_no,
    detail: { window },
    cityCode: actor.cityCode,
    at,
  });
}

function viewOf(row: TicketRow): TicketView {
  return {
    id: row.ticket_id,
    ticketNo: row.ticket_no,
    groupCode: row.group_code,
    groupName: row.group_name,
    priority: row.priority,
    state: row.state,
    drawnAt: isoMoment(row.drawn_at),
    calledAt: row.called_at && isoMoment(row.called_at),
    windowCode: row.window_code,
  };
}
