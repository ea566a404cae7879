import { randomUUID } from 'node:crypto';
import { dayOf } from '../../kernel/day.ts';
import type { WorkingDays } from '../../kernel/deadline.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import { parseScope } from '../access/index.ts';
import { modeOf } from './choice.ts';
import { type ChoiceRow, findChoices } from './choice-store.ts';
import { type Channel, insertDeliveries, type NewDelivery } from './delivery-store.ts';
import { KINDS, type MessageKind, type Params } from './kind.ts';
import { nextDigest, type Quiet, wakeAt } from './quiet.ts';
import { listRobots, type RobotRow } from './robot-store.ts';
import { messageRulesOn } from './rules.ts';

/** The working days of the city; `app/` knows them from the register. */
export type CalendarOf = (reader: Reader) => Promise<WorkingDays>;

/** Where a fact belongs, for the robots of that part of the hall. */
export interface Place {
  readonly regionCode: string | null;
  readonly departmentCode: string | null;
}

export interface Told {
  readonly cityCode: string;
  readonly kind: MessageKind;
  readonly factKey: string;
  readonly params: Params;
  readonly link: string;
  /** null: no group robot is told */
  readonly place: Place | null;
}

/** Plans what goes out besides the inbox: by e-mail to those who want it, by the robots of the place. */
export async function planDeliveries(
  tx: Tx,
  told: Told,
  { userIds, at, calendarOf }: { userIds: readonly string[]; at: Date; calendarOf: CalendarOf },
): Promise<number> {
  const { cityCode, kind, factKey, params, link } = told;
  const choices = (await findChoices(tx, cityCode, userIds)).filter(
    (one) => one.address_sealed !== null && modeOf(one.by_mail, KINDS[kind].group) !== 'off',
  );
  const robots = (await robotsFor(tx, told)).filter(({ enabled }) => enabled);
  if (choices.length + robots.length === 0) return 0;
  const calendar = await calendarOf(tx);
  const { quiet } = messageRulesOn(dayOf(at));
  const row = (channel: Channel, target: string, dueAt: Date): NewDelivery => ({
    delivery_id: randomUUID(),
    channel,
    target,
    kind,
    fact_key: factKey,
    params,
    link,
    due_at: dueAt.toISOString(),
  });
  const urgent = KINDS[kind].urgent === true;
  return await insertDeliveries(
    tx,
    cityCode,
    [
      ...choices.map((one) => row('mail', one.user_id, mailAt(one, { kind, at, calendar }))),
      ...robots.map((one) => row('robot', one.robot_id, urgent ? at : wakeAt(at, quiet, calendar))),
    ],
    at,
  );
}

/** What is urgent and wanted at once goes at once; otherwise quiet hours, or the day's digest. */
function mailAt(
  choice: ChoiceRow,
  { kind, at, calendar }: { kind: MessageKind; at: Date; calendar: WorkingDays },
): Date {
  const { group, urgent = false } = KINDS[kind];
  const quiet = quietOf(choice, at);
  if (modeOf(choice.by_mail, group) === 'now') return urgent ? at : wakeAt(at, quiet, calendar);
  return nextDigest(at, choice.digest_at ?? messageRulesOn(dayOf(at)).digestAt, quiet, calendar);
}

/** A person's quiet hours: the own ones, or those of the city's rule. */
function quietOf(choice: ChoiceRow, at: Date): Quiet {
  const { quiet } = messageRulesOn(dayOf(at));
  return {
    from: choice.quiet_from ?? quiet.from,
    to: choice.quiet_to ?? quiet.to,
    restDays: choice.quiet_rest_days ?? quiet.restDays,
  };
}

async function robotsFor(tx: Tx, { cityCode, kind, place }: Told): Promise<RobotRow[]> {
  const { group, open = false } = KINDS[kind];
  if (place === null || !open) return [];
  const robots = await listRobots(tx, cityCode);
  return robots.filter((one) => one.groups.includes(group) && isAt(one, place, cityCode));
}

function isAt({ scope_code: code }: RobotRow, place: Place, cityCode: string): boolean {
  if (code === null) return true;
  const scope = parseScope(code, cityCode);
  if (scope === undefined) return false;
  const { departmentCode, regionPrefix } = scope;
  if (departmentCode !== undefined) return departmentCode === place.departmentCode;
  return (place.regionCode ?? '').startsWith(regionPrefix ?? '');
}
