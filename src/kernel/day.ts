import { assert } from './assert.ts';

/** A calendar day in China, 'YYYY-MM-DD'; days compare as text. */
export type Day = string & { readonly __brand: 'Day' };

const DAY_MS = 86_400_000;

/** China keeps +08:00 all year and everywhere; the product knows no other zone. */
const OFFSET_MS = 8 * 3_600_000;

/** The day written as 'YYYY-MM-DD' between 1900 and 2999, if the calendar has it. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2999 || date < 1) return undefined;
  return date <= daysInMonth(year, month) ? (text as Day) : undefined;
}

/** The day that the program itself wrote; a fault when it is none. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  assert(parsed !== undefined, `${text} is not a day`);
  return parsed;
}

export function addDays(from: Day, days: number): Day {
  assert(Number.isInteger(days), 'days are whole');
  return new Date(utcOf(from) + days * DAY_MS).toISOString().slice(0, 10) as Day;
}

/** Days from one to the other; negative when `to` is earlier, 0 for the same day. */
export function daysBetween(from: Day, to: Day): number {
  return (utcOf(to) - utcOf(from)) / DAY_MS;
}

/** 1 Monday … 7 Sunday (ISO 8601). */
export function weekday(of: Day): number {
  return new Date(utcOf(of)).getUTCDay() || 7;
}

/** The day in China on which the instant lies. */
export function dayOf(instant: Date): Day {
  return local(instant).slice(0, 10) as Day;
}

/** 00:00:00.000 +08:00 of the day. */
export function startOfDay(of: Day): Date {
  return new Date(utcOf(of) - OFFSET_MS);
}

/** The first instant after the day; use it as an exclusive bound: start <= t < end. */
export function endOfDay(of: Day): Date {
  return new Date(utcOf(of) - OFFSET_MS + DAY_MS);
}

/** The instant of a clock time 'HH:mm' in China on that day. */
export function timeOn(of: Day, time: string): Date {
  const moment = parseMoment(`${of} ${time}:00`);
  assert(moment !== undefined, `${time} is not a time of day`);
  return moment;
}

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?(Z|[+-]\d{2}:?\d{2}))?)?$/i;

/**
 * An instant as other systems write it: 'yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd' (its first instant), ISO 8601
 * with a zone or without one. What has no zone is Asia/Shanghai. Parts of a millisecond are cut off.
 */
export function parseMoment(text: string): Date | undefined {
  const match = MOMENT.exec(text.trim());
  if (match === null) return undefined;
  const [, dayText = '', hour = '00', minute = '00', second = '00', fraction = '', zone] = match;
  const on = parseDay(dayText);
  const offset = offsetOf(zone);
  if (on === undefined || offset === undefined) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const clock = (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000;
  return new Date(utcOf(on) + clock + Number(fraction.padEnd(3, '0').slice(0, 3)) - offset);
}

/** '2026-06-01 10:20' in China, for reading. */
export function formatMoment(instant: Date): string {
  return local(instant).slice(0, 16).replace('T', ' ');
}

/** '2026-06-01 10:20:00' in China: the national form of a time. */
export function formatSecond(instant: Date): string {
  return local(instant).slice(0, 19).replace('T', ' ');
}

/** '10:20' in China. */
export function formatTime(instant: Date): string {
  return local(instant).slice(11, 16);
}

/** '2026-06-01T10:20:00+08:00': the form in which the API answers. */
export function isoMoment(instant: Date): string {
  return `${local(instant).slice(0, 19)}+08:00`;
}

function local(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString();
}

function utcOf(of: Day): number {
  return Date.parse(`${of}T00:00:00Z`);
}

/** 0 for a month that there is none of. Every imported time is checked by this, so it makes no Date. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return OFFSET_MS;
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
