import { assert } from '../../kernel/assert.ts';
import { currentRegion, parseItemCode } from '../../kernel/codes.ts';
import { addDays, dayOf, endOfDay, parseMoment } from '../../kernel/day.ts';
import type { RegionCode } from '../../kernel/ids.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { holdsMonth } from '../../kernel/record-number.ts';
import type { ServiceRecord } from './contract.ts';

/** Clocks of other systems run a little ahead; a service time may lie this far in the future. */
export const CLOCK_SKEW_MS = 10 * 60_000;

/** A step that has passed every rule which needs no register. */
export interface Step {
  projectNo: string;
  projectName: string | null;
  serviceNumber: number;
  serviceMonth: Month;
  serviceTime: Date;
  serviceName: string;
  areaCode: string;
  deptCode: string;
  taskCode: string;
  taskName: string;
  windowCode: string | null;
  staffNo: string | null;
  proStatus: number;
  proChannel: number;
  acceptDate: Date | null;
  resultDate: Date | null;
  promiseDay: number | null;
  userProp: number | null;
  details: Record<string, string | number> | null;
  ratableUntil: Date;
  person: Person;
}

/** Personal fields; sealed before they are written. */
export interface Person {
  userName: string | null;
  userPageType: string | null;
  certKey: string | null;
  mobile: string | null;
  agent: { name: string | null; pageType: string | null; pageCode: string | null } | null;
}

export type StepOutcome = { kind: 'step'; step: Step } | { kind: 'refused'; code: string; field: string };

/**
 * The first instant at which a step can't be rated any more: after the last of `days` natural days that
 * follow.
 */
export function ratableUntil(serviceTime: Date, days: number): Date {
  return endOfDay(addDays(dayOf(serviceTime), days));
}

export interface StepRules {
  now: Date;
  /** Natural days after the day of service in which it can be rated, in force on that day. */
  ratingDaysOn: (serviceTime: Date) => number;
}

/**
 * Applies the rules of domain §2 that concern one record alone. A region in its old code becomes the
 * present one.
 * @param aliases old region prefix → new one
 */
export function toStep(
  record: ServiceRecord,
  rules: StepRules,
  aliases: ReadonlyMap<string, string>,
): StepOutcome {
  const serviceTime = moment(record.serviceTime);
  const acceptDate = record.acceptDate === undefined ? null : moment(record.acceptDate);
  const resultDate = record.resultDate === undefined ? null : moment(record.resultDate);
  if (serviceTime.getTime() > rules.now.getTime() + CLOCK_SKEW_MS)
    return refused('service_record.in_future', 'serviceTime');
  const month = monthOf(dayOf(serviceTime));
  if (!holdsMonth(month)) return refused('service_record.too_old', 'serviceTime');
  if (acceptDate && resultDate && resultDate < acceptDate)
    return refused('service_record.dates_reversed', 'resultDate');
  const item = parseItemCode(record.taskCode);
  if (item.kind === 'item' && !item.ratable) return refused('service_record.not_ratable', 'taskCode');
  return {
    kind: 'step',
    step: {
      projectNo: record.projectNo,
      projectName: record.projectName ?? null,
      serviceNumber: record.serviceNumber,
      serviceMonth: month,
      serviceTime,
      serviceName: record.serviceName,
      areaCode: currentRegion(record.areaCode as RegionCode, aliases),
      deptCode: record.deptCode,
      taskCode: record.taskCode,
      taskName: record.taskName,
      windowCode: record.windowCode ?? null,
      staffNo: record.staffNo ?? null,
      proStatus: record.proStatus,
      proChannel: record.proChannel,
      acceptDate,
      resultDate,
      promiseDay: record.promiseDay ?? null,
      userProp: record.userProp ?? null,
      details: detailsOf(record),
      ratableUntil: ratableUntil(serviceTime, rules.ratingDaysOn(serviceTime)),
      person: personOf(record),
    },
  };
}

function refused(code: string, field: string): StepOutcome {
  return { kind: 'refused', code, field };
}

/** The contract has checked the form; a text that isn't a moment can't come this far. */
function moment(text: string): Date {
  const parsed = parseMoment(text);
  assert(parsed !== undefined, 'a moment that the contract let through can be read');
  return parsed;
}

const furtherFields = [
  'projectType',
  'taskHandleItem',
  'subMatter',
  'taskType',
  'promiseTime',
  'promiseDayType',
  'anticipateDay',
  'anticipateDayType',
  'proManager',
  'dataSource',
] as const;

function detailsOf(record: ServiceRecord): Record<string, string | number> | null {
  const given = furtherFields.flatMap((name) => {
    const value = record[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return given.length === 0 ? null : Object.fromEntries(given);
}

function personOf(record: ServiceRecord): Person {
  const { handleUserName, handleUserPageType, handleUserPageCode } = record;
  const hasAgent = handleUserName ?? handleUserPageType ?? handleUserPageCode;
  return {
    userName: record.userName ?? null,
    userPageType: record.userPageType ?? null,
    certKey: record.certKey ?? null,
    mobile: record.mobile ?? null,
    agent:
      hasAgent === undefined
        ? null
        : {
            name: handleUserName ?? null,
            pageType: handleUserPageType ?? null,
            pageCode: handleUserPageCode ?? null,
          },
  };
}

/** The record in one canonical text: two submissions are the same exactly if these are equal. */
export function canonicalText(step: Step): string {
  const { ratableUntil: _, serviceMonth: __, ...content } = step;
  return JSON.stringify(content);
}

/** Key of a record within its city. */
export function recordKey(step: { projectNo: string; serviceNumber: number }): string {
  return `${step.projectNo}\n${step.serviceNumber}`;
}

export function serviceMonthDay(month: Month): string {
  return firstDay(month);
}
