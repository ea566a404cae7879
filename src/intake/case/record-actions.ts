import { normalizeBase32 } from '../../kernel/base32.ts';
import { maskCertificate, maskName, maskPhone } from '../../kernel/codes.ts';
import { day, endOfDay, formatSecond, isoMoment, startOfDay } from '../../kernel/day.ts';
import type { StepId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, ratedAs, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import type { Reader } from '../../platform/db.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { channelOf, ratingUrl } from '../invitation/index.ts';
import type { Person } from './case.ts';
import type { IdentityView, MaskedIdentity, RecordQuery, RecordView } from './contract.ts';
import { stepsByPhone } from './phone-store.ts';
import {
  listRecords,
  type PageRow,
  pageRow,
  type RecordFilter,
  type RecordRow,
  type SealedPerson,
  sealedPerson,
  stepByShortCode,
} from './store.ts';

/** What a citizen's page says about a step. */
export interface StepForPage {
  stepId: StepId;
  serviceTime: Date;
  ratableUntil: Date;
  taskName: string;
  serviceName: string;
  windowCode: string | null;
  windowName: string | null;
  hasMobile: boolean;
}

/** The step as its rating page shows it; null when there is none. One row is read, none is written. */
export async function findStepForPage(
  reader: Reader,
  cityCode: string,
  stepId: StepId,
): Promise<StepForPage | null> {
  const row = await pageRow(reader, cityCode, stepId);
  return row ? toPage(row) : null;
}

/**
 * The step of a short code at the window whose code stands on the sign: one without the other opens
 * nothing.
 */
export async function findByShortCode(
  reader: Reader,
  cityCode: string,
  sought: { shortCode: string; windowCode: string },
): Promise<StepForPage | null> {
  const shortCode = normalizeBase32(sought.shortCode, 6);
  const windowCode = sought.windowCode.trim().normalize('NFKC');
  if (shortCode === undefined || windowCode === '') return null;
  const row = await stepByShortCode(reader, cityCode, { shortCode, windowCode });
  return row ? toPage(row) : null;
}

/** Services of one phone at one window on the last days: more are never meant. */
const OF_ONE_PHONE = 20;

/**
 * The services at a window that the holder of the phone can still rate, in a case whose number ends in these
 * four; none when anything of it is wrong, and it isn't told what.
 */
export async function findByPhone(
  reader: Reader,
  keys: Deps['keys'],
  cityCode: string,
  sought: { windowCode: string; tail: string; phone: string; now: Date },
): Promise<StepForPage[]> {
  const { windowCode, tail, phone, now } = sought;
  const mobileHash = keys.hash('mobile', phone);
  const rows = await stepsByPhone(reader, cityCode, {
    ...{ windowCode, tail, mobileHash, now },
    limit: OF_ONE_PHONE,
  });
  return rows.map(toPage);
}

function toPage(row: PageRow): StepForPage {
  return {
    stepId: row.step_id as StepId,
    serviceTime: row.service_time,
    ratableUntil: row.ratable_until,
    taskName: row.task_name,
    serviceName: row.service_name,
    windowCode: row.window_code,
    windowName: row.window_name,
    hasMobile: row.has_mobile,
  };
}

/** What an actor may see: the scope, and for a clerk the own records only. */
function reach(
  actor: Actor,
): Pick<RecordFilter, 'cityCode' | 'regionPrefix' | 'departmentCode' | 'onlyStaff'> {
  const own = actor.kind === 'user' && actor.roles.includes('clerk');
  return { ...actor.scope, cityCode: actor.cityCode, ...(own ? { onlyStaff: actor.staffNo ?? '' } : {}) };
}

export interface RecordList extends Omit<RecordQuery, 'cursor' | 'format' | 'lang'> {
  after?: { at: Date; id: string } | undefined;
}

/** Records within the actor's reach, the newest first. */
export async function records(deps: Deps, actor: Actor, list: RecordList): Promise<RecordRow[]> {
  return listRecords(deps.db.read, {
    ...reach(actor),
    q: list.q,
    window: list.window,
    staff: list.staff,
    department: list.department,
    channel: list.channel,
    from: list.from ? startOfDay(day(list.from)) : undefined,
    to: list.to ? endOfDay(day(list.to)) : undefined,
    after: list.after ? { time: list.after.at, stepId: list.after.id } : undefined,
    limit: list.limit,
  });
}

/** One record within reach. @throws Refusal `service_record.unknown`. */
export async function recordBy(
  deps: Deps,
  actor: Actor,
  key: { stepId: string } | { projectNo: string; serviceNumber: number },
): Promise<RecordRow> {
  const [row] = await listRecords(deps.db.app, { ...reach(actor), ...key, limit: 1 });
  if (!row) throw new Refusal('service_record.unknown');
  return row;
}

/** The person's fields in masked form, such as 138****1234; nothing of them to whoever served the person. */
export async function maskedPerson(deps: Deps, actor: Actor, record: RecordRow): Promise<MaskedIdentity> {
  if (isOwn(actor, record)) return { userName: null, certKey: null, mobile: null };
  const person = open(deps, await sealedPerson(deps.db.app, actor.cityCode, record.step_id));
  return {
    userName: person.userName && maskName(person.userName),
    certKey: person.certKey && maskCertificate(person.certKey),
    mobile: person.mobile && maskPhone(person.mobile),
  };
}

function isOwn(actor: Actor, record: RecordRow): boolean {
  const own = ratedAs(actor);
  return own !== undefined && record.staff_no === own;
}

/** What the identity needs to know from downstream: whether whoever rated the step wished to be unknown. */
export type AnonymityCheck = (cityCode: string, stepId: string) => Promise<boolean>;

/**
 * Opens the person's fields for a stated reason. Each view is audited before it is answered.
 * @throws Refusal `service_record.unknown` when the record is out of reach, `service_record.own_service`
 *   for whoever served the person, `service_record.anonymous` where the rater chose to be unknown.
 */
export async function openPerson(
  deps: Deps,
  actor: Actor,
  { stepId, reason }: { stepId: string; reason: string },
  isAnonymous: AnonymityCheck,
): Promise<IdentityView> {
  requirePermission(actor, 'record.identity');
  const record = await recordBy(deps, actor, { stepId });
  if (isOwn(actor, record)) throw new Refusal('service_record.own_service');
  if (await isAnonymous(actor.cityCode, stepId)) throw new Refusal('service_record.anonymous');
  const sealed = await inTx(deps.db, async (tx) => {
    await audit(tx, {
      actor,
      action: 'record.identity_viewed',
      subjectKind: 'service_record',
      subjectId: stepId,
      reason,
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    });
    return sealedPerson(tx, actor.cityCode, stepId);
  });
  return open(deps, sealed);
}

/**
 * Name and phone of the person behind a step, for somebody who calls back; the caller has checked the right
 * and notes the reason.
 */
export async function contactOf(
  reader: Reader,
  deps: Pick<Deps, 'keys'>,
  cityCode: string,
  stepId: string,
): Promise<{ name: string | null; phone: string | null }> {
  const person = open(deps, await sealedPerson(reader, cityCode, stepId));
  return { name: person.userName, phone: person.mobile };
}

/** The person behind a step as it was handed in, to be sealed beside the case's next moment too. */
export async function personOf(
  reader: Reader,
  deps: Pick<Deps, 'keys'>,
  cityCode: string,
  stepId: string,
): Promise<Person> {
  const sealed = await sealedPerson(reader, cityCode, stepId);
  const { userName, userPageType, certKey, mobile } = open(deps, sealed);
  const agent = sealed?.agent_enc ? deps.keys.open('applicant.agent', sealed.agent_enc) : null;
  return { userName, userPageType, certKey, mobile, agent: agent === null ? null : JSON.parse(agent) };
}

function open({ keys }: Pick<Deps, 'keys'>, sealed: SealedPerson | undefined): IdentityView {
  const field = (column: string, bytes: Buffer | null | undefined): string | null =>
    bytes ? keys.open(`applicant.${column}`, bytes) : null;
  const agent = field('agent', sealed?.agent_enc);
  return {
    userName: field('user_name', sealed?.user_name_enc),
    userPageType: sealed?.user_page_type ?? null,
    certKey: field('cert_key', sealed?.cert_key_enc),
    mobile: field('mobile', sealed?.mobile_enc),
    agentName: agent === null ? null : ((JSON.parse(agent) as { name: string | null }).name ?? null),
    pseudonymisedAt: sealed?.pseudonymised_at ? formatSecond(sealed.pseudonymised_at) : null,
  };
}

export function recordView(deps: Deps, row: RecordRow): RecordView {
  return {
    stepId: row.step_id,
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    serviceName: row.service_name,
    areaCode: row.area_code,
    deptCode: row.dept_code,
    deptName: row.dept_name,
    taskCode: row.task_code,
    taskName: row.task_name,
    windowCode: row.window_code,
    windowName: row.window_name,
    staffNo: row.staff_no,
    staffName: row.staff_name,
    proStatus: row.pro_status,
    proChannel: row.pro_channel,
    serviceTime: isoMoment(row.service_time),
    acceptDate: row.accept_date && isoMoment(row.accept_date),
    resultDate: row.result_date && isoMoment(row.result_date),
    promiseDay: row.promise_day,
    ratableUntil: isoMoment(row.ratable_until),
    hasMobile: row.has_mobile,
    source: row.source,
    ratingUrl: ratingUrl(deps, row.step_id as StepId, channelOf(row.pro_channel)),
    shortCode: row.short_code,
  };
}
